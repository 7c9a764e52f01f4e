/**
 * Everything opened is owned by a scope that closes it: listeners, timers, requests, child scopes.
 *
 * `close()` runs the clean-up in reverse order of opening, exactly once; what is added to a closed scope
 * is closed at once.
 */
export class Scope {
  #undo = new Set();
  #abort = new AbortController();

  /** Aborted when the scope closes; hand it to fetch and to anything else that takes a signal. */
  get signal() {
    return this.#abort.signal;
  }

  get closed() {
    return this.#abort.signal.aborted;
  }

  /** Call `undo` when the scope closes. */
  add(undo) {
    if (this.closed) undo();
    else this.#undo.add(undo);
  }

  listen(target, type, handler, options = {}) {
    target.addEventListener(type, handler, { ...options, signal: this.signal });
  }

  /** Call `work` once after `ms`; returns a function that cancels it. */
  after(ms, work) {
    const cancel = () => {
      clearTimeout(timer);
      this.#undo.delete(cancel);
    };
    const timer = setTimeout(() => {
      this.#undo.delete(cancel);
      work();
    }, ms);
    this.add(cancel);
    return cancel;
  }

  every(ms, work) {
    const timer = setInterval(work, ms);
    this.add(() => clearInterval(timer));
  }

  frame(work) {
    const frame = requestAnimationFrame(work);
    this.add(() => cancelAnimationFrame(frame));
  }

  /** Own an observer (anything with `disconnect`) and return it. */
  observe(observer) {
    this.add(() => observer.disconnect());
    return observer;
  }

  /** A scope that closes with this one, or earlier. */
  child() {
    const child = new Scope();
    this.add(() => child.close());
    return child;
  }

  close() {
    if (this.closed) return;
    this.#abort.abort();
    const undo = [...this.#undo].reverse();
    this.#undo.clear();
    for (const one of undo) one();
  }
}
