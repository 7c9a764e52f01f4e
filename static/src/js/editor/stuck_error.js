/** `code` is stable, the message a sentence for people: nothing more can be sent from this text as it is. */
export class StuckError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}
