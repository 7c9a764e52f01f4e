/** Keep the screen on while a take runs: phones stop recording when it goes off. */

/** Held until the scope closes. Browsers take it away from hidden pages, so it is asked for again. */
export function keepAwake(scope, lock = navigator.wakeLock) {
  if (!lock) return;
  let sentinel = null;
  const ask = async () => {
    if (document.visibilityState !== "visible" || scope.closed) return;
    sentinel = await lock.request("screen").catch(() => null);
    if (scope.closed) sentinel?.release();
  };
  scope.listen(document, "visibilitychange", ask);
  scope.add(() => sentinel?.release());
  ask();
}
