const BUDGET_MS = 2_000;

/** An expression that did not come to an end in time. */
export class TooSlowError extends Error {
  constructor() {
    super("This expression takes too long. Make it simpler, for example without one + or * inside another.");
    this.name = "TooSlowError";
  }
}

/**
 * Runs expressions in a worker. One that takes too long is stopped with its worker; a newer search stops an
 * older one, which then answers null. `makeWorker` and `after(ms, work)` (answering its cancellation) are the edges.
 */
export class FindElsewhere {
  #worker = null;
  #giveUp = null;

  constructor({ makeWorker, after }) {
    Object.assign(this, { makeWorker, after });
  }

  /** The spans of every text, or null where another search came between. Throws TooSlowError. */
  search({ source, flags }, texts) {
    this.#giveUp?.();
    this.#worker ??= this.makeWorker();
    return new Promise((resolve, reject) => {
      const stop = this.after(BUDGET_MS, () => this.#end(() => reject(new TooSlowError())));
      this.#giveUp = () => this.#end(() => resolve(null), stop);
      this.#worker.onmessage = ({ data }) => {
        stop();
        this.#giveUp = null;
        resolve(data);
      };
      this.#worker.onerror = () => this.#end(() => reject(new TooSlowError()), stop);
      this.#worker.postMessage({ source, flags, texts });
    });
  }

  close() {
    this.#giveUp?.();
    this.#worker?.terminate();
    this.#worker = null;
  }

  #end(answer, stop = () => {}) {
    stop();
    this.#giveUp = null;
    this.#worker.terminate();
    this.#worker = null;
    answer();
  }
}
