/* The form that makes an annotation of a passage: opened at a selection or a paragraph, or at a draft that was kept. */

import { chainPart } from "./chain.js";
import { claimPart } from "./claim.js";
import { button, el, field, fill, unique } from "./dom.js";
import { drafts, discard, keep, sign, signed } from "./drafts.js";
import { evidencePart } from "./evidence.js";
import { known as asked } from "./known.js";
import { outPart } from "./out.js";
import { passagePart } from "./passage.js";
import { preview } from "./preview.js";
import { KINDS, blank, faults, files, isTooLarge, nameFor } from "./record.js";
import { offered } from "./return.js";
import { PageText } from "./text.js";

/**
 * @typedef {object} Desk - what the parts of the form share
 * @property {import("./record.js").Filled} filled
 * @property {import("./known.js").Known} known
 * @property {PageText} page
 * @property {{start: number, end: number} | null} anchor
 * @property {string} passageFault - why the passage cannot anchor
 * @property {HTMLElement} article
 * @property {string[]} events - those the article reports on
 * @property {string} outlet
 * @property {string} title - the article's
 * @property {import("./record.js").MadeFile[]} files
 * @property {() => string} passage
 * @property {() => void} changed
 */
/**
 * @typedef {object} Call
 * @property {HTMLElement} article
 * @property {HTMLElement} head
 * @property {AbortSignal} signal - ends when the page is left
 * @property {Range | null} range - null for what the article leaves out
 * @property {HTMLElement | null} from - where the focus returns to
 * @property {import("./drafts.js").Draft} [draft]
 */

const HIGHLIGHT = "ab-annotating";
const CALM = 250;
const WORDS = 60;

/** @param {Call} call */
export async function open(call) {
  const [known] = await Promise.all([asked(), styled()]);
  if (call.signal.aborted) return;
  document.querySelectorAll("dialog.ab-form").forEach((left) => left.close());
  new Form(call, known).show();
}

class Form {
  constructor(call, known) {
    this.call = call;
    const { article, head, range, draft } = call;
    const page = new PageText(article);
    // Where no text is shown, nothing can be selected, and yet there is a passage to speak of.
    const hasPassage = range || !page.text;
    const filled = draft ? structuredClone(draft.filled) : { ...blank(hasPassage ? { exact: "", prefix: "", suffix: "" } : null), by: signed() };
    this.id = draft?.id ?? `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
    this.articleId = head.dataset.article;
    this.attempted = false;
    this.visited = new Set();
    this.isTouched = Boolean(draft);
    /** @type {Desk} */
    this.desk = {
      filled, known, page, article, anchor: null, passageFault: "", files: [],
      events: known.articles[this.articleId] ?? [],
      outlet: head.querySelector(".ab-kicker a")?.textContent ?? "",
      title: head.querySelector("h1")?.textContent.trim() ?? "",
      passage: () => filled.target?.exact ?? "",
      changed: () => this.changed(),
    };
    this.#build();
  }

  #build() {
    const { desk } = this;
    this.claim = claimPart(desk);
    this.passage = desk.filled.target && passagePart(desk);
    this.out = outPart(desk, { ready: () => this.ready(), sent: (how) => this.#sent(how), discard: () => this.#discard() });
    this.shown = el("div");
    this.code = el("div");
    this.told = el("p", { class: "ab-form-missing" });
    const heading = el("h2", { id: unique("heading"), tabindex: -1 }, desk.filled.target ? "Annotate a passage" : "What this article leaves out");
    this.heading = heading;
    const body = el(
      "form",
      { class: "ab-form-body", novalidate: true, onsubmit: (event) => event.preventDefault() },
      this.#others(),
      this.passage?.element,
      this.passage && button("The article leaves something out instead", () => this.#silence(), { class: "ab-form-link" }),
      this.#note(),
      this.claim.element,
      desk.filled.target && chainPart(desk).element,
      this.#kind(),
      evidencePart(desk).element,
      this.#by(),
      el("section", { "aria-label": "How it will look" }, el("h3", {}, "How it will look"), this.shown),
      el("details", { class: "ab-form-details", open: matchMedia("(min-width: 45em)").matches }, el("summary", {}, "The file"), this.code),
    );
    body.addEventListener("focusout", (event) => this.#visited(event.target));
    const close = button("×", () => this.dialog.close(), { class: "ab-form-close", "aria-label": "Close; what you typed is kept", title: "Close" });
    const bar = el("div", { class: "ab-form-bar" }, heading, close);
    const foot = el("div", { class: "ab-form-foot" }, this.told, this.out.element);
    this.dialog = el("dialog", { class: "ab-form", lang: "en", dir: "ltr", "aria-labelledby": heading.id }, bar, body, foot);
    // The page has keys of its own, and so has Material: none of them is meant here.
    this.dialog.addEventListener("keydown", (event) => event.stopPropagation());
    this.dialog.addEventListener("close", () => this.#closed());
    // A press beside the form closes it; one that begins in the form, as when words are selected there, does not.
    let isBeside = false;
    this.dialog.addEventListener("pointerdown", (event) => (isBeside = event.target === this.dialog));
    this.dialog.addEventListener("click", (event) => isBeside && event.target === this.dialog && this.dialog.close());
  }

  #note() {
    const { filled } = this.desk;
    const input = el("textarea", { rows: 4, oninput: () => { filled.note = input.value; this.changed(); } });
    input.value = filled.note;
    const hint = "What differs, and who says so; not whom to believe. You may use *emphasis* and [links](https://…).";
    return field("note", "What should a reader know?", input, { hint });
  }

  #kind() {
    const { filled } = this.desk;
    const input = el("select", { onchange: () => { filled.kind = input.value; this.changed(); } },
      ...Object.entries(KINDS).map(([kind, words]) => el("option", { value: kind, selected: kind === filled.kind }, `${kind}: ${words}`)));
    return field("kind", "What your note is about", input);
  }

  #by() {
    const { filled } = this.desk;
    const input = el("input", { type: "text", value: filled.by, autocomplete: "nickname", oninput: () => { filled.by = input.value; sign(input.value.trim()); this.changed(); } });
    return field("by", "Your name or handle", input, { optional: true });
  }

  /** The article's other drafts. */
  #others() {
    const others = drafts(this.articleId).filter(({ id }) => id !== this.id);
    if (!others.length) return null;
    const item = (draft) => el("li", {}, button(draft.words, () => this.#go({ ...this.call, draft, range: this.call.range }), { class: "ab-form-link" }), draft.sent && ` (${draft.sent})`);
    return el("details", { class: "ab-form-details" }, el("summary", {}, `Your other drafts here (${others.length})`), el("ul", {}, ...others.map(item)));
  }

  show() {
    const { article, range, draft, signal } = this.call;
    document.body.append(this.dialog);
    this.#begin(range, draft);
    this.dialog.showModal();
    // On a phone, a field in focus would cover half of the form with a keyboard.
    const first = matchMedia("(pointer: coarse)").matches ? null : this.dialog.querySelector(this.desk.passageFault ? "[data-field=passage] textarea" : "[data-field=note] textarea, input");
    (first ?? this.heading).focus({ preventScroll: true });
    signal.addEventListener("abort", () => this.dialog.close());
    article.ownerDocument.defaultView.addEventListener("pagehide", () => this.#save(), { signal });
  }

  #begin(range, draft) {
    if (!this.passage) return this.changed();
    if (draft) this.passage.restore(draft.filled.target);
    else this.passage.take(range ? this.desk.page.spanOf(range) : { start: 0, end: 0 });
  }

  changed() {
    const { desk } = this;
    if (!this.told) return;
    const { filled, known } = desk;
    this.name = nameFor(filled, this.#taken());
    desk.files = files(filled, { article: this.articleId, name: this.name, day: today(), known });
    this.faults = faults(filled, known);
    if (desk.passageFault) this.faults.unshift({ field: "passage", words: desk.passageFault });
    if (desk.files.some(isTooLarge)) this.faults.push({ field: "note", words: "Together this is more than one file may hold: shorten the note or the passage." });
    this.#showFaults();
    fill(this.shown, preview(desk));
    fill(this.code, ...desk.files.flatMap(({ path, text }) => [el("p", { class: "ab-form-path" }, path), el("pre", { tabindex: 0, "aria-label": path }, el("code", {}, text))]));
    this.out.update();
    this.#highlight();
    this.isTouched ||= Boolean(filled.note || filled.claim || filled.newClaim || filled.evidence.length || filled.attribution.length);
    clearTimeout(this.saving);
    this.saving = setTimeout(() => this.#save(), CALM);
  }

  /** The names that are taken: by the notes on the page, and by what was handed in from here. */
  #taken() {
    const notes = [...this.desk.article.querySelectorAll(".ab-note[id]")].map(({ id }) => id.replace(/^note-/, ""));
    return new Set([...notes, ...drafts(this.articleId).filter(({ id, sent }) => sent && id !== this.id).map(({ name }) => name)]);
  }

  /** Whether it can be handed in; if not, it goes to the first field that keeps it. */
  ready() {
    this.attempted = true;
    this.#showFaults();
    if (!this.faults.length) return true;
    this.#field(this.faults[0].field)?.querySelector("input, textarea, select")?.focus();
    return false;
  }

  #field(name) {
    return this.dialog?.querySelector(`[data-field="${CSS.escape(name)}"]`);
  }

  #visited(target) {
    const name = target.closest?.("[data-field]")?.dataset.field;
    if (!name || !target.value) return;
    this.visited.add(name);
    this.#showFaults();
  }

  #showFaults() {
    if (!this.dialog) return;
    for (const part of this.dialog.querySelectorAll("[data-field]")) {
      const name = part.dataset.field;
      const fault = this.faults.find((each) => each.field === name);
      const isShown = fault && name !== "passage" && (this.attempted || this.visited.has(name));
      const told = part.querySelector(".ab-form-fault");
      told.hidden = !isShown;
      told.textContent = isShown ? fault.words : "";
      for (const control of part.querySelectorAll(":scope > :is(input, textarea, select)")) control.setAttribute("aria-invalid", String(Boolean(isShown || (fault && name === "passage"))));
    }
    const [first, ...others] = this.faults;
    const more = others.length ? ` And ${others.length} more.` : "";
    this.told.textContent = first ? `Still to do: ${first.words}${more}` : "";
    this.dialog.toggleAttribute("data-ready", !first);
  }

  #highlight() {
    if (!globalThis.Highlight) return;
    const { anchor, page } = this.desk;
    if (anchor) CSS.highlights.set(HIGHLIGHT, new Highlight(page.rangeOf(anchor)));
    else CSS.highlights.delete(HIGHLIGHT);
  }

  /** What is kept of it. @returns {import("./drafts.js").Draft} */
  #draft(sent) {
    const { filled } = this.desk;
    const words = filled.note.trim().slice(0, WORDS) || filled.target?.exact.slice(0, WORDS) || "an annotation";
    return { id: this.id, saved: new Date().toISOString(), sent, name: this.name, words, filled };
  }

  #save(sent = "") {
    clearTimeout(this.saving);
    if (!this.isTouched || this.isGone) return;
    const before = drafts(this.articleId).find(({ id }) => id === this.id);
    if (!keep(this.articleId, this.#draft(sent || before?.sent || "")))
      this.out.say("This browser keeps nothing for this site: copy the file before you leave.");
  }

  #sent(how) {
    this.isTouched = true;
    this.#save(how);
  }

  #silence() {
    const { filled } = this.desk;
    const draft = { id: this.id, filled: { ...filled, target: null, stance: "omits", value: "", attribution: [] } };
    this.#go({ ...this.call, range: null, draft });
  }

  #go(call) {
    this.#save();
    this.isLeft = true;
    this.dialog.close();
    open(call);
  }

  #discard() {
    this.isGone = true;
    discard(this.articleId, this.id);
    this.dialog.close();
  }

  #closed() {
    this.#save();
    this.dialog.remove();
    if (globalThis.Highlight) CSS.highlights.delete(HIGHLIGHT);
    if (this.isLeft || this.call.signal.aborted) return;
    const { from } = this.call;
    if (from?.isConnected) from.focus({ preventScroll: true });
    offered(this.call, { discarded: this.isGone && this.isTouched ? this.#draft("") : null });
  }
}

/** The day, as the reader's calendar has it. */
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** @type {Promise<void> | null} */
let styles = null;

/** The form's styles, fetched with it. */
function styled() {
  styles ??= new Promise((done) => {
    const link = el("link", { rel: "stylesheet", href: new URL("annotate.css", import.meta.url).href, onload: done, onerror: done });
    document.head.append(link);
  });
  return styles;
}
