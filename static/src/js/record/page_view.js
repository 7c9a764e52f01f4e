import { NoticeBoard } from "../live/notice_board.js";
import { failedView, finishingView, recordView, troubleNotice } from "../live/record_view.js";

const NOTHING = { capturedMs: 0, durableMs: 0, where: "server", online: true, isKept: true };

/** The parts of the record page, kept in step with the state of the take. */
export class PageView {
  #state = "idle";
  #trouble = null;
  #safety = NOTHING;
  #board = new NoticeBoard();

  /** `page` is <vox-record>; `recorder` is asked whether there is a take, and a copy of it. */
  constructor(page, { hasTake, hasCopy, microphones }) {
    Object.assign(this, { page, hasTake, hasCopy, microphones });
    for (const name of ["top", "setup", "notices", "end", "deck"])
      this[name] = page.querySelector(`vox-record-${name}`);
    this.captions = page.querySelector("vox-captions");
    this.note = page.querySelector("vox-mark-note");
  }

  get state() {
    return this.#state;
  }

  get isSetup() {
    return this.#view.panel === "setup";
  }

  /** The take is in another state, or in another trouble; people who cannot see it are told. */
  move(state, trouble) {
    const before = this.#view;
    this.#state = state;
    this.#trouble = trouble;
    this.paint();
    const { panel, said } = this.#view;
    if (said !== before.said) this.page.part("announcer").textContent = said;
    if (panel !== before.panel) this.#moveFocus(panel);
  }

  show(safety) {
    this.#safety = safety;
    this.top.safety(safety);
    this.#paintEnd();
  }

  /** Put a sentence of the server or of the recorder up, until it is over. */
  tell(notice) {
    this.#board.put(notice);
    this.#paintNotices();
  }

  paint() {
    const { panel, badge, buttons } = this.#view;
    Object.assign(this.page.dataset, { state: this.#state, panel });
    for (const section of this.page.querySelectorAll("[data-panel-of]"))
      section.hidden = section.dataset.panelOf !== panel;
    this.top.show(badge, buttons.includes("stop"));
    this.deck.offer(buttons, this.#state === "paused");
    if (!buttons.includes("stop")) this.deck.rest();
    this.#paintNotices();
    this.#paintEnd();
  }

  get #view() {
    return recordView(this.#state, { code: this.#trouble?.code, hasSound: this.hasTake() });
  }

  #paintNotices() {
    const trouble = this.#trouble ? [troubleNotice(this.#trouble)] : [];
    const standing = this.#view.panel === "live" ? [...this.#board.standing, ...trouble] : [];
    this.notices.show(standing, this.microphones());
  }

  #paintEnd() {
    if (this.#view.panel !== "end") return;
    if (this.#state === "finishing") this.end.show(finishingView(this.#safety));
    if (this.#state === "failed") this.end.show(failedView(this.#trouble, this.#safety, this.hasCopy()));
  }

  #moveFocus(panel) {
    if (panel === "live") this.deck.focus("pause");
    if (panel === "end") this.end.focusTitle();
  }
}
