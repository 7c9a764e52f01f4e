import { chosenMicrophone, listMicrophones, rememberMicrophone, watchMicrophones } from "../audio/devices.js";
import { define, ServerElement } from "../lib/element.js";
import { json } from "../lib/http.js";
import { mayListen, whyNotRecord } from "../live/can_record.js";
import { copyFile, hasCopy } from "../live/copy_file.js";
import { finalsOf } from "../live/earlier_text.js";
import { captionFacts, doneView } from "../live/record_view.js";
import { Recorder } from "../live/recorder.js";
import { TakeStore } from "../live/take_store.js";
import { PageView } from "../record/page_view.js";

const A_MINUTE_MS = 60_000;

/** <vox-record>: the page. Joins the recorder with settings, captions, deck and notices. */
class Record extends ServerElement {
  #hello = null;
  #continued = null;
  #isBusy = false;
  #microphones = [];

  upgrade(scope) {
    if (this.#isRefused()) return;
    this.#openRecorder(scope);
    this.view = new PageView(this, {
      hasTake: () => this.recorder.take !== null,
      hasCopy: () => hasCopy(this.recorder.take),
      microphones: () => this.#microphones,
    });
    this.#listen(scope);
    this.#keys(scope);
    watchMicrophones(scope, (found) => this.#offerMicrophones(found));
    this.#begin();
  }

  get setup() {
    return this.view.setup;
  }

  // -- opening -------------------------------------------------------------------------------------

  #isRefused() {
    const why = whyNotRecord(globalThis);
    this.part("unsupported").hidden = !why;
    this.part("unsupported-text").textContent = why;
    this.querySelector("vox-record-setup").hidden = this.part("record").disabled = Boolean(why);
    return Boolean(why);
  }

  #openRecorder(scope) {
    const { socket: socketUrl, worklet, reader, person } = this.dataset;
    this.store = new TakeStore();
    this.recorder = new Recorder({ socketUrl, scripts: { worklet, reader }, person, store: this.store });
    const hear = (type, work) => scope.listen(this.recorder, type, ({ detail }) => work(detail));
    hear("state", (moved) => this.#moved(moved));
    hear("level", (level) => this.#heard(level));
    hear("clock", ({ capturedMs }) => this.view.deck.tick(capturedMs));
    hear("safety", (safety) => this.view.show(safety));
    hear("hello", (hello) => this.#greeted(hello));
    hear("caption", (caption) => this.view.captions.caption(caption));
    hear("final", (final) => this.view.captions.final(final));
    hear("marked", ({ key }) => this.view.captions.marked(key));
    hear("notice", (notice) => this.view.tell(notice));
    hear("stopped", ({ url }) => this.#stopped(url));
    scope.add(() => this.recorder.disarm());
  }

  #listen(scope) {
    const { end } = this.view;
    scope.listen(this, "deck-command", ({ detail }) => this.#run(detail.name));
    scope.listen(this, "notice-action", ({ detail }) => this.#act(detail));
    scope.listen(this, "sound-chosen", () => this.#soundChosen());
    scope.listen(this, "check", () => this.#arm());
    scope.listen(this, "note", ({ detail }) => this.#noted(detail));
    scope.listen(end.part("again"), "click", () => this.#tryAgain());
    scope.listen(end.part("download"), "click", () => this.#download());
  }

  #keys(scope) {
    const keys = this.querySelector("vox-keys");
    scope.listen(document, "keydown", (event) => {
      const command = keys.commandOf(event);
      if (!command) return;
      event.preventDefault();
      if (command === "keys") keys.open();
      else if (command === "follow") this.view.captions.backToLive();
      else if (!this.part(command).hidden) this.#run(command);
    });
  }

  /** Listen at once where that asks nobody anything; a take to go on with goes on at once then. */
  async #begin() {
    if (!navigator.mediaDevices.getDisplayMedia) this.setup.hideTabs();
    this.#offerMicrophones(await listMicrophones());
    await this.#findContinued();
    this.view.paint();
    if (this.setup.source !== "microphone" || !(await mayListen())) return;
    if (this.#continued) this.#run("record");
    else await this.#arm();
  }

  async #findContinued() {
    const id = new URLSearchParams(location.search).get("take");
    const entry = id && (await this.store.get(id).catch(() => null));
    if (!entry || entry.person !== this.dataset.person) return;
    this.#continued = entry;
    this.setup.continueTake(entry);
  }

  // -- what the person does ------------------------------------------------------------------------

  #run(name) {
    const commands = {
      record: () => this.#record(),
      pause: () => (this.view.state === "paused" ? this.recorder.resume() : this.recorder.pause()),
      stop: () => this.recorder.stop(),
      mark: () => this.#mark(),
    };
    commands[name]();
  }

  async #record() {
    if (this.#isBusy || !this.setup.check()) return;
    this.#isBusy = true;
    const { sound, source, soundName, title, options } = this.setup;
    if (!this.recorder.isArmed) await this.#arm(sound);
    this.view.deck.name(source, soundName);
    this.view.top.name({ title });
    if (this.#continued) await this.recorder.continueTake(this.#continued);
    else await this.recorder.start({ title, options });
    this.#isBusy = false;
  }

  async #arm(sound = this.setup.sound) {
    await this.recorder.arm(sound);
    rememberMicrophone(sound.deviceId);
    this.#offerMicrophones(await listMicrophones());
  }

  /** A tab is chosen in a question of the browser, which must not open by itself. */
  async #soundChosen() {
    await this.recorder.disarm();
    if (this.setup.source === "microphone" && (await mayListen())) await this.#arm();
    else this.setup.rest();
  }

  #mark() {
    const atMs = this.recorder.capturedMs;
    const key = this.recorder.mark();
    if (!key) return;
    this.view.captions.mark({ key, atMs });
    this.view.note.open(key, atMs);
  }

  #noted({ key, note }) {
    this.recorder.noteMark(key, note);
    this.view.captions.mark({ key, note });
  }

  #act({ name, microphone }) {
    const actions = {
      "take-over": () => this.recorder.takeOver(),
      "sign-in": () => open(`${this.dataset.signIn}?next=${location.pathname}`, "_blank", "noopener"),
      microphone: () => this.#goOn({ ...this.setup.sound, deviceId: microphone }),
      "go-on": () => this.#goOn(this.setup.sound),
    };
    actions[name]();
  }

  async #goOn(sound) {
    await this.#arm(sound);
    await this.recorder.resume();
  }

  async #tryAgain() {
    const { take } = this.recorder;
    await this.#arm();
    await this.recorder.continueTake(take);
  }

  async #download() {
    const { blob, name } = await copyFile(this.store, this.recorder.take);
    const link = Object.assign(document.createElement("a"), {
      href: URL.createObjectURL(blob),
      download: name,
    });
    link.click();
    this.scope.after(A_MINUTE_MS, () => URL.revokeObjectURL(link.href));
  }

  // -- what the recorder tells ---------------------------------------------------------------------

  #moved({ state, reason, isArmed }) {
    this.view.move(state, reason);
    if (!this.view.isSetup || isArmed) return;
    if (state === "arming") this.setup.wait();
    else this.setup.rest(reason?.message);
  }

  #heard(level) {
    if (this.view.isSetup) this.setup.showLevel(level);
    else this.view.deck.heard(level);
  }

  #greeted(hello) {
    const isNew = !this.#hello && hello.offset === 0;
    this.#hello = hello;
    const { facts, empty } = captionFacts(hello.captions);
    this.view.top.name(hello);
    this.view.deck.name(this.setup.source, this.setup.soundName, facts);
    this.view.captions.emptyText = empty;
    this.view.paint();
    if (this.#continued) history.replaceState(null, "", location.pathname);
    if (!isNew) this.#readBack(hello.recording);
  }

  /** Text from before this page was opened, or that came while there was no connection. */
  async #readBack(code) {
    const transcript = await json(`${this.dataset.api}/transcripts/${code}`).catch(() => null);
    if (transcript) this.view.captions.readBack(finalsOf(transcript));
  }

  #stopped(url) {
    this.view.end.show(doneView(url));
    location.assign(url);
  }

  #offerMicrophones(microphones) {
    this.#microphones = microphones;
    this.setup.showMicrophones(microphones, chosenMicrophone(microphones));
  }
}

define("vox-record", Record);
