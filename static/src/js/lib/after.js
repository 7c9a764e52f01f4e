/** Call `work` once after `ms`; answers a function that cancels it. Whoever uses it must do so in the end. */
export function after(ms, work) {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
}
