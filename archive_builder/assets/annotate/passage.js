/* The part of the form about the passage: what was selected, taken to whole words, and at once whether it can anchor. */

import { QUOTE_LENGTH, describe, find, widened } from "./anchoring.js";
import { button, el, field, fill } from "./dom.js";
import { lengthOf } from "./letters.js";
import { BARRIER, ELISION, normalise } from "./text.js";

const LONG = 300;
const SHOWN = 70;

const WORDS = {
  empty: "There are no words in this. Select some words of the article's text.",
  unseen: "The text of this article is not shown here. Copy the passage from the original, word for word.",
  changed: "The article's text has changed since you began: these words do not stand in it any more.",
  missing: "These words do not stand in the article like this. Every word and figure must be as it has them.",
  repeats: "These words stand in the article more than once, and so does everything around them. Take in a few words more.",
  cuts: "This begins or ends inside a word, a number or a range.",
};

/** @param {import("./form.js").Desk} desk */
export function passagePart(desk) {
  const { filled, page, article } = desk;
  const said = el("p", { class: "ab-form-said", role: "status" });
  const input = el("textarea", { rows: 2, lang: article.lang, dir: article.dir, spellcheck: "false", oninput: () => typed() });

  /** Takes a stretch of the text for the passage, and says how it went. */
  function take(anchor, notes = [], { write = true } = {}) {
    if (!page.text) return believed();
    const wide = widened(page.text, anchor);
    const exact = page.text.slice(wide.start, wide.end);
    if (exact.includes(BARRIER)) return elided(wide, notes);
    const isMoved = exact && (wide.start < anchor.start || wide.end > anchor.end);
    if (write) input.value = page.written.slice(wide.start, wide.end);
    if (!write && isMoved) return refuse(WORDS.cuts, [button("Take it whole", () => take(wide), { class: "ab-form-offer" })]);
    const made = describe(wide, page.text);
    if ("fault" in made) return refuse(wordsFor(made.fault, exact), notes);
    const snapped = isMoved ? ["Taken to whole words, as no word or number is ever cut. "] : [];
    accept(wide, made, [...notes, ...snapped]);
  }

  function accept(anchor, made, notes) {
    desk.anchor = anchor;
    desk.passageFault = "";
    filled.target = spelled(made, anchor, page);
    const { exact, prefix, suffix } = filled.target;
    const told = suffix ? ["It is told from its like by the words around it."] : prefix ? ["It is told from its like by the words before it: ", el("q", {}, shortened(prefix)), "."] : ["It stands in the article once."];
    const long = lengthOf(exact) > LONG ? [" Quote little: shorten it to the words that your note is about."] : [];
    fill(said, ...notes, ...told, ...long);
    said.dataset.state = "good";
    finish();
  }

  function refuse(words, extra = []) {
    desk.anchor = null;
    desk.passageFault = words;
    fill(said, words, " ", ...extra);
    said.dataset.state = "bad";
    finish();
  }

  /** What runs across an elision is offered in its parts. */
  function elided({ start, end }, notes) {
    const parts = [];
    let from = start;
    for (const text of page.text.slice(start, end).split(BARRIER)) {
      if (text.trim()) parts.push({ start: from, end: from + text.length });
      from += text.length + BARRIER.length;
    }
    input.value = page.written.slice(start, end).replaceAll(BARRIER, ELISION);
    const offers = parts.map((part) =>
      button(shortened(page.written.slice(part.start, part.end).trim()), () => { take(part); input.focus(); }, { class: "ab-form-offer" }));
    refuse(`This runs across ${ELISION}, where the article is not quoted.`, [...notes, "Take one part: ", ...offers]);
  }

  /** Where the text is not shown, the passage is taken as it was copied from the original. */
  function believed() {
    const exact = input.value.trim();
    if (!exact) return refuse(WORDS.unseen);
    if (lengthOf(exact) > QUOTE_LENGTH) return refuse(wordsFor("long", exact));
    desk.passageFault = "";
    filled.target = { exact, prefix: "", suffix: "" };
    fill(said, "The text of this article is not shown here, so that nobody can check these words: copy them with care.");
    said.dataset.state = "";
    finish();
  }

  /** The words that were typed, where they stand nearest to the passage before. */
  function typed() {
    if (!page.text) return believed();
    const exact = normalise(input.value);
    const near = (desk.anchor ?? last)?.start ?? 0;
    let best = -1;
    for (let at = exact ? page.text.indexOf(exact) : -1; at >= 0; at = page.text.indexOf(exact, at + 1))
      if (best < 0 || Math.abs(at - near) < Math.abs(best - near)) best = at;
    if (!exact) refuse(WORDS.empty);
    else if (exact.includes(ELISION) && page.text.includes(BARRIER)) refuse(`End the passage before ${ELISION}, or begin it after that.`);
    else if (best < 0) refuse(WORDS.missing);
    else take({ start: best, end: best + exact.length }, [], { write: false });
  }

  /** Where the passage stood before it was typed over. */
  let last = null;
  function finish() {
    last = desk.anchor ?? last;
    desk.changed();
  }

  /** Puts a kept passage back to where its selector leads today. */
  function restore(target) {
    input.value = target.exact;
    if (!page.text) return believed();
    const found = find(target, page.text);
    if ("fault" in found) refuse(found.fault === "missing" ? WORDS.changed : (WORDS[found.fault] ?? WORDS.empty));
    else take(found);
  }

  const part = field("passage", "Passage", input, { after: said });
  return { element: part, take, restore };
}

function wordsFor(fault, exact) {
  if (fault === "long") return `This has ${lengthOf(exact).toLocaleString("en")} characters; at most ${QUOTE_LENGTH.toLocaleString("en")} can be quoted. Select less.`;
  return WORDS[fault] ?? WORDS.empty;
}

/** The selector with the article's own quotation marks and dashes. */
function spelled({ exact, prefix, suffix }, { start, end }, { text, written }) {
  const before = text[start - 1] === " " ? start - 1 : start;
  const after = text[end] === " " ? end + 1 : end;
  return {
    exact: written.slice(start, start + exact.length),
    prefix: written.slice(before - prefix.length, before),
    suffix: written.slice(after, after + suffix.length),
  };
}

function shortened(text) {
  return text.length > SHOWN ? `${text.slice(0, SHOWN / 2).replace(/\s\S*$/, "")} … ${text.slice(-SHOWN / 2).replace(/^\S*\s/, "")}` : text;
}
