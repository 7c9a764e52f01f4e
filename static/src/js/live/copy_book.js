/**
 * The browser's own recording of a take, kept slice by slice until the take is safe.
 *
 * Only what came from the first opening of the microphone makes one file that can be played; from the second
 * on nothing is kept any more.
 */
export class CopyBook {
  constructor({ store, take }) {
    Object.assign(this, { store, take });
  }

  /** The microphone was opened: for the first time, or again. */
  opened() {
    this.take.copy.openings += 1;
  }

  async add(bytes) {
    const { copy, id } = this.take;
    if (copy.openings !== 1 || copy.isBroken) return;
    copy.slices += 1;
    try {
      await this.store.addSlice(id, copy.slices - 1, bytes);
    } catch {
      copy.isBroken = true;
    }
  }
}
