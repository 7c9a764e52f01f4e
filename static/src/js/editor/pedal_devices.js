import { labelOf, PEDAL_FILTERS } from "./pedal.js";

/**
 * The foot pedals of this computer (WebHID). Once somebody has granted a pedal it is there on every visit.
 *
 * Says "change" when pedals come and go, and "report" {device, bytes} for everything that a pedal sends.
 */
export class PedalDevices extends EventTarget {
  #open = new Set();

  constructor(hid, scope) {
    super();
    this.hid = hid;
    this.scope = scope;
  }

  get labels() {
    return [...this.#open].map(labelOf);
  }

  has(device) {
    return this.#open.has(device);
  }

  /** Open what was granted before, now and whenever it is plugged in. */
  async start() {
    this.scope.listen(this.hid, "connect", ({ device }) => this.#use(device));
    this.scope.listen(this.hid, "disconnect", ({ device }) => this.#forget(device));
    this.scope.add(() => this.#closeAll());
    for (const device of await this.hid.getDevices()) await this.#use(device);
  }

  /** Have the person choose a pedal; needs a click or a key press. Answers whether one was chosen. */
  async ask() {
    const chosen = await this.hid.requestDevice({ filters: PEDAL_FILTERS });
    for (const device of chosen) await this.#use(device);
    return chosen.length > 0;
  }

  async #use(device) {
    if (!isPedal(device) || this.#open.has(device)) return;
    if (!device.opened) await device.open();
    if (this.scope.closed) return;
    this.#open.add(device);
    this.scope.listen(device, "inputreport", ({ data }) =>
      this.#say("report", { device, bytes: bytesOf(data) }),
    );
    this.#say("change", { device });
  }

  #forget(device) {
    if (this.#open.delete(device)) this.#say("change", { device });
  }

  #closeAll() {
    for (const device of this.#open) device.close();
    this.#open.clear();
  }

  #say(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** Other devices may have been granted to this site for something else. */
const isPedal = ({ vendorId, productId }) =>
  PEDAL_FILTERS.some((one) => one.vendorId === vendorId && (one.productId ?? productId) === productId);

const bytesOf = (data) => [...new Uint8Array(data.buffer, data.byteOffset, data.byteLength)];
