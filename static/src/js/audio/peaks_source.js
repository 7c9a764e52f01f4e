/** Peaks of a recording from the server: the overview at once, fine ones for the part that is looked at. */

import { byteRange, Peaks, readHeader } from "./peaks.js";

const HEADER_RANGE = "bytes=0-23";
const PARTIAL = 206;

export class PeaksSource {
  overview = null;
  #fine = null;
  #fineHeader = null;
  #wanted = null;

  /** `request(url, {headers})` resolves to a Response or rejects. */
  constructor(url, hasFine, request) {
    this.url = url;
    this.hasFine = hasFine;
    this.request = request;
  }

  async loadOverview() {
    const response = await this.request(this.url, {});
    this.overview = Peaks.ofFile(await response.arrayBuffer());
  }

  /** The best peaks held for a span; null before the overview has come. */
  best(fromMs, toMs) {
    return this.#fine?.covers(fromMs, toMs) ? this.#fine : this.overview;
  }

  /** Whether `pixels` columns for this span would show the steps of the overview. */
  needsFine(fromMs, toMs, pixels) {
    if (!this.hasFine || !this.overview || this.#fine?.covers(fromMs, toMs)) return false;
    return pixels > ((toMs - fromMs) / 1000) * this.overview.pixelsPerSecond;
  }

  /** Load fine peaks for a span with a margin as wide on both sides. Resolves to whether they are there. */
  async loadFine(fromMs, toMs) {
    const wanted = `${fromMs}-${toMs}`;
    this.#wanted = wanted;
    const header = await this.#header();
    const range = byteRange(header, fromMs, toMs, toMs - fromMs);
    if (!range) return false;
    const response = await this.#bytes(`bytes=${range.from}-${range.to}`);
    const buffer = await response.arrayBuffer();
    if (this.#wanted !== wanted) return false;
    this.#fine = response.status === PARTIAL ? new Peaks(header, buffer, range.first) : Peaks.ofFile(buffer);
    return true;
  }

  async #header() {
    if (!this.#fineHeader) {
      const response = await this.#bytes(HEADER_RANGE);
      this.#fineHeader = readHeader(await response.arrayBuffer());
    }
    return this.#fineHeader;
  }

  #bytes(range) {
    return this.request(`${this.url}?fine=1`, { headers: { Range: range } });
  }
}
