/**
 * Editing one transcript together with others, from this page.
 *
 * Opens the text, keeps it in step with the server, tells who else is there, and sees to it that nothing typed is
 * lost. Tells `sync`, `people`, `role`, `refused` {count} and `replaced`.
 */

import { EditorState } from "prosemirror-state";
import { after } from "../lib/after.js";
import { Backlog } from "./backlog.js";
import { caretsPlugin, redrawCarets } from "./carets.js";
import { holdClient } from "./client_lock.js";
import { collab, confirmed } from "./collab.js";
import { DocumentHttp } from "./document_http.js";
import { EditQueue } from "./edit_queue.js";
import { EditStore } from "./edit_store.js";
import { guard } from "./guard.js";
import { randomId } from "./ids.js";
import { EditLink } from "./link.js";
import { openText } from "./open_text.js";
import { othersText } from "./others_text.js";
import { Presence } from "./presence.js";
import { PresenceLine } from "./presence_line.js";
import { schema } from "./schema.js";
import { typingHeard } from "./typing_heard.js";

/** What a page does not wait for before it shows the text: sending what was left behind by another. */
const BACKLOG_MS = 5_000;
const BACKLOG_AGAIN_MS = 15_000;

export class Editing extends EventTarget {
  client = randomId();
  me = null;
  role = "viewer";
  view = null;
  /** Segments that people wrote in, when the text was opened. */
  changed = [];
  /** The code with which the server ended the line for good, or null. */
  ended = null;
  #link = null;
  #isMissing = false;
  #isReplacing = false;
  #backlogTimer = null;

  /** `socket` is the page's; `plugins()` gives those of the surface, each time a text is opened. */
  constructor({ api, code, person, socket, canEdit, plugins, scope, store = new EditStore() }) {
    super();
    Object.assign(this, { socket, plugins, scope, store });
    this.role = canEdit ? "editor" : "viewer";
    this.owner = { code, person };
    this.http = new DocumentHttp(api, { signal: scope.signal });
    this.backlog = new Backlog({ store, http: this.http, wait: after, owner: this.owner });
    this.presence = new Presence({ client: this.client, now: () => performance.now() });
  }

  get canEdit() {
    return (
      this.role !== "viewer" && !this.#isReplacing && !this.ended && this.#link?.stuck?.code !== "old_schema"
    );
  }

  get version() {
    return this.view ? confirmed(this.view.state).version : 0;
  }

  get people() {
    return this.presence.people;
  }

  /** What `sync_state.js` puts into words. */
  get sync() {
    const { pending = 0, isOutdated = false, isUnkept = false, stuck = null } = this.#link ?? {};
    const { rescued, waiting } = this.backlog;
    const { connected } = this.socket;
    const isReplacing = this.#isReplacing;
    return {
      pending,
      waiting,
      connected,
      isOutdated,
      isUnkept,
      stuck,
      rescued,
      isReplacing,
      ended: this.ended,
    };
  }

  /** The text as it is now, with what this browser still had of it. Throws RequestError where it may not be read. */
  async open() {
    await holdClient(this.scope, this.client, { isNew: true });
    await Promise.race([this.#sendBacklog(), new Promise((done) => after(BACKLOG_MS, done))]);
    return this.#load();
  }

  /** Everything typed into `view` is from now on kept and shared. */
  attach(view) {
    this.view = view;
    this.#talk();
    this.#join();
    const hear = (message) => this.#hear(message);
    this.scope.add(
      this.socket.listen({ hear, change: (connected, code) => this.#lineChanged(connected, code) }),
    );
    this.scope.listen(view.dom, "compositionstart", () => this.#link.catchUp.hold());
    this.scope.listen(view.dom, "compositionend", () => after(0, () => this.#link.catchUp.release()));
    for (const type of ["pagehide", "freeze"]) this.scope.listen(window, type, () => this.#link.flush());
    this.scope.add(() => this.#link.close());
    this.scope.add(() => this.#backlogTimer?.());
    if (this.backlog.refused) this.#tell("refused", { count: this.backlog.refused });
    if (this.#isMissing) this.fetchMissed();
  }

  /** Resolves to whether everything is confirmed; offline, or where it cannot be, at once. */
  async flush() {
    await this.#link.flush();
    while (this.#link.pending && this.socket.connected && !this.#link.stuck) {
      await new Promise((done) => this.addEventListener("sync", done, { once: true }));
    }
    return !this.#link.pending;
  }

  /** Ask over HTTP for what is new: for pages to which no socket gets through. */
  fetchMissed() {
    this.#isMissing = !this.view;
    return this.view && !this.socket.connected ? this.#link.catchUp.fetch() : null;
  }

  /** Somebody has seen what could not be saved. */
  async dismiss(id) {
    await this.backlog.dismiss(id);
    this.#tell("sync");
  }

  // -- opening -----------------------------------------------------------------------------------

  async #load() {
    const { state, changed } = await openText(this.http, this.scope, (doc, version) =>
      this.#stateOf(doc, version),
    );
    this.changed = changed;
    return state;
  }

  #stateOf(doc, version) {
    const ours = [
      collab({ version, client: this.client }),
      guard(),
      othersText(),
      caretsPlugin(this.presence),
      typingHeard({ typed: () => this.#link?.edited(), moved: () => this.talk?.moved() }),
    ];
    return EditorState.create({ doc: schema.nodeFromJSON(doc), plugins: [...this.plugins(), ...ours] });
  }

  /** What cannot be sent now is tried again, at the latest after a while. */
  async #sendBacklog() {
    await this.backlog.send(this.client);
    if (this.scope.closed) return;
    this.#tell("sync");
    this.#backlogTimer?.();
    if (this.backlog.waiting) this.#backlogTimer = after(BACKLOG_AGAIN_MS, () => this.#sendBacklog());
  }

  // -- the line ----------------------------------------------------------------------------------

  #join() {
    const owner = { client: this.client, ...this.owner };
    this.#link = new EditLink({
      desk: this.view,
      client: this.client,
      line: this.socket,
      http: this.http,
      queue: new EditQueue({ store: this.store, owner }),
      wait: after,
      told: {
        changed: () => this.#tell("sync"),
        refused: (count) => this.#tell("refused", { count }),
        stuck: (error) => this.#stuck(error),
      },
    });
    if (this.socket.hello) this.#hear(this.socket.hello);
  }

  #hear(message) {
    if (message.type === "hello") this.#greeted(message);
    this.#link.hear(message);
    this.talk.hear(message, this.view.state);
  }

  #greeted({ me, role }) {
    this.me = me;
    const was = this.role;
    this.role = role;
    if (was !== role) this.#tell("role");
    if (this.backlog.waiting) this.#sendBacklog();
  }

  #lineChanged(connected, code) {
    if (!connected) this.#link.lineLost();
    if (code >= 4400 && code < 4410) this.ended = code;
    this.#tell("sync");
    if (this.ended) this.#tell("role");
  }

  #talk() {
    this.talk = new PresenceLine({
      presence: this.presence,
      line: this.socket,
      wait: after,
      scope: this.scope,
      place: () => this.#ownPlace(),
      changed: () => this.#peopleChanged(),
    });
  }

  /** Readers have no caret; they are at the very beginning, where none is shown. */
  #ownPlace() {
    const place = Presence.ownPlace(this.view.state);
    return this.canEdit && this.view.hasFocus() ? place : { ...place, from: 0, to: 0 };
  }

  #peopleChanged() {
    this.view.dispatch(redrawCarets(this.view.state.tr));
    this.#tell("people");
  }

  // -- when it cannot go on ----------------------------------------------------------------------

  async #stuck(error) {
    if (error.code === "old_schema") this.#tell("role");
    else if (error.status !== 401) await this.#replace(error);
  }

  /** Keep what was typed where it can be seen, and begin anew with the text that the server has. */
  async #replace(error) {
    if (this.#isReplacing) return;
    this.#isReplacing = true;
    this.#tell("role");
    this.#link.close();
    const steps = confirmed(this.view.state).mine.map(({ step }) => step);
    if (steps.length) await this.backlog.rescue(this.client, steps, error.code ?? "lost_track");
    this.#tell("sync");
    try {
      await this.#beginAnew();
    } catch (refusal) {
      if (!this.scope.closed) this.ended = refusal.status;
    }
    this.#isReplacing = false;
    for (const type of ["role", "replaced", "sync"]) this.#tell(type);
  }

  async #beginAnew() {
    this.client = randomId();
    this.presence.client = this.client;
    await holdClient(this.scope, this.client, { isNew: true });
    const state = await this.#load();
    if (this.scope.closed) return;
    this.view.updateState(state);
    this.#join();
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
