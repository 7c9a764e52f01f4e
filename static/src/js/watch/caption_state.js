/** What the caption view says besides the captions: in the corner, and as a sentence. */

const BACK = "captions_back";

export class CaptionState {
  /** `live`, `paused` and `without` (no live captions in this take) as the page was sent. */
  constructor({ live, paused = false, without = false }) {
    Object.assign(this, { live, paused, without, away: false, refused: "", trouble: "", hasText: false });
  }

  /** Take a message of the server; those that say nothing about the state change nothing. */
  take(message) {
    if (message.type === "hello") Object.assign(this, { live: message.live, paused: message.paused });
    else if (message.type === "paused") this.paused = message.paused;
    else if (message.type === "changed") this.live = message.state === "recording";
    else if (message.type === "notice") this.trouble = message.code === BACK ? "" : message.message;
    else if (message.type === "final" || message.type === "caption") this.hasText ||= Boolean(message.text);
  }

  get badge() {
    if (!this.live) return "Ended";
    if (this.away) return "Not connected";
    return this.paused ? "Paused" : "Live";
  }

  /** Whether something is being recorded and heard at this moment. */
  get isOnAir() {
    return this.badge === "Live";
  }

  get sentence() {
    if (this.refused) return this.refused;
    if (!this.live) return "The recording has ended.";
    if (this.away) return "The connection is away. Captions go on as soon as it is back.";
    if (this.paused) return "The recording is paused.";
    if (this.without) return "This recording runs without live captions. Its text comes afterwards.";
    return this.trouble || (this.hasText ? "" : "Captions appear here as soon as somebody speaks.");
  }
}
