import { heldIn, keyOf, labelOf, PedalLesson, PedalPlay, readingOf } from "../editor/pedal.js";
import { PedalDevices } from "../editor/pedal_devices.js";
import { define, ServerElement } from "../lib/element.js";
import { remember, remembered } from "../lib/remember.js";

const LEARNED = "voxweb:pedals";
const ASKED = {
  play: "Press the pedal that plays, and let go.",
  back: "Now the one that goes back.",
  forward: "Now the one that goes forward.",
};

/** <vox-pedal>: connects foot pedals, and plays while one is held. */
class Pedal extends ServerElement {
  #lesson = null;
  #learned = readLearned();

  upgrade(scope) {
    if (!navigator.hid) return this.#tellUnable();
    this.play = new PedalPlay(this.#sound(), (ms, work) => every(scope, ms, work));
    this.devices = new PedalDevices(navigator.hid, scope);
    scope.listen(this.devices, "change", ({ detail }) => this.#changed(detail.device));
    scope.listen(this.devices, "report", ({ detail }) => this.#reported(detail));
    scope.listen(this.part("connect"), "click", () => this.#connect());
    return this.#quietly(this.devices.start());
  }

  /** The player of the page as it is at that moment: there is none before the recording has been read. */
  #sound() {
    const player = () => this.closest("vox-transcript").player;
    return {
      hold: () => player()?.hold(),
      release: () => player()?.release(),
      step: (ms) => player()?.step(ms),
    };
  }

  async #connect() {
    await this.#quietly(this.devices.ask());
  }

  async #quietly(work) {
    try {
      await work;
    } catch {
      this.#tell(
        "The pedal could not be opened. Unplug it, plug it in again, and close other programs that use it.",
      );
    }
  }

  #changed(device) {
    if (!this.devices.has(device)) {
      this.play.letGo();
      this.#lesson = null;
    } else if (!readingOf(device, this.#learned)) {
      this.#lesson = new PedalLesson();
      return this.#tell(`${labelOf(device)} is new here. ${ASKED.play}`);
    }
    const { labels } = this.devices;
    this.toggleAttribute("data-connected", labels.length > 0);
    return this.#tell(labels.length ? `${labels.join(", ")} is connected.` : "No pedal is connected.");
  }

  #reported({ device, bytes }) {
    const reading = readingOf(device, this.#learned);
    if (reading) this.play.take(heldIn(bytes, reading));
    else if (this.#lesson?.take(bytes)) this.#learn(device);
  }

  #learn(device) {
    const { wanted, reading } = this.#lesson;
    if (wanted) return this.#tell(ASKED[wanted]);
    this.#learned = { ...this.#learned, [keyOf(device)]: reading };
    remember(LEARNED, JSON.stringify(this.#learned));
    this.#lesson = null;
    return this.#changed(device);
  }

  #tellUnable() {
    this.part("connect").hidden = true;
    this.#tell(
      "This browser cannot read foot pedals; Chrome and Edge can. Pedals that type keys work everywhere.",
    );
  }

  #tell(sentence) {
    this.part("told").textContent = sentence;
  }
}

function every(scope, ms, work) {
  const own = scope.child();
  own.every(ms, work);
  return () => own.close();
}

function readLearned() {
  try {
    return JSON.parse(remembered(LEARNED)) ?? {};
  } catch {
    return {};
  }
}

define("vox-pedal", Pedal);
