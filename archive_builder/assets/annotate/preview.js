/* The passage and its note as they will look on the page. */

import { statusWords } from "./claim.js";
import { el } from "./dom.js";
import { inWords } from "./reading.js";
import { NOTE_LENGTH, claimOf, measureOf } from "./record.js";
import { BARRIER } from "./text.js";

const AROUND = 140;
const INLINE = /`([^`\n]+)`|\*\*([^*]+(?:\*[^*]+\*[^*]*)*)\*\*|(?<![\p{L}\p{N}_*])[*_]([^*_\n]+)[*_](?![\p{L}\p{N}_*])|\[([^[\]\n]+)\]\(([^()\s]+)\)/u;
const ADDRESS = /^(?:https?:\/\/|mailto:)/i;

/**
 * @param {import("./form.js").Desk} desk
 * @returns {HTMLElement}
 */
export function preview({ filled, known, page, anchor, article, outlet }) {
  const claim = filled.newClaim ?? known.claims.get(filled.claim);
  const status = claim ? (claim.status ?? "single-origin") : filled.kind;
  return el(
    "div",
    { class: "ab-form-preview md-typeset" },
    anchor && passage(page, anchor, status, article),
    el(
      "div",
      { class: `ab-note ab-${status}` },
      el("p", { class: "ab-passage" }, el("span", { class: "ab-kind" }, filled.kind), claim && " ", claim && el("span", { class: `ab-status ab-${status}` }, claim.status ? statusWords(status) : "new claim")),
      claim && el("p", { class: "ab-bears" }, ...says(filled, known), " ", el("span", { class: "ab-form-claim" }, claim.title || "…")),
      filled.target && filled.attribution.length > 0 && el("p", { class: "ab-attribution" }, outlet, ...filled.attribution.flatMap((id) => [el("span", { class: "ab-arrow", "aria-hidden": "true" }, " ← "), el("span", { class: "ab-hidden" }, " citing "), known.speakers.get(id)?.name ?? id])),
      el("div", { class: "ab-note-text" }, ...(filled.note.trim() ? markdown(filled.note.slice(0, NOTE_LENGTH)) : [el("p", { class: "ab-form-hint" }, "Your note will stand here.")])),
      witnesses(filled, known),
      filled.by.trim() && el("p", { class: "ab-credit" }, `Annotated by ${filled.by.trim()}.`),
    ),
  );
}

function says(filled, known) {
  const stance = filled.target ? filled.stance : "omits";
  const said = [stance && el("span", { class: `ab-stance ab-stance-${stance}` }, stance)];
  if (filled.target && filled.value.trim() && claimOf(filled)) {
    try {
      said.push(" ", el("span", { class: "ab-value" }, inWords(filled.value, measureOf(filled, known.claims))));
    } catch {
      // What cannot be read is told beside its field.
    }
  }
  return said;
}

function witnesses(filled, known) {
  const given = filled.evidence.filter(({ witness }) => witness.trim());
  if (!given.length) return null;
  const quote = (id) => known.passages?.get(id)?.quote;
  return el("ul", { class: "ab-evidence" }, ...given.map(({ relation, witness }) =>
    el("li", {}, el("span", { class: "ab-relation" }, relation), " ", witness.trim(), quote(witness.trim()) && el("q", {}, quote(witness.trim())))));
}

/** The passage, marked, with what stands around it in its paragraph. */
function passage(page, { start, end }, status, article) {
  const block = page.blocksAround({ start, end });
  const low = Math.max(start - AROUND, block.start, page.text.lastIndexOf(BARRIER, start) + 1);
  const barrier = page.text.indexOf(BARRIER, end);
  const high = Math.min(end + AROUND, block.end, barrier < 0 ? Infinity : barrier);
  const [before, after] = [page.written.slice(low, start).trimStart(), page.written.slice(end, high)];
  const whole = low > start - AROUND ? before : before.replace(/^\S*\s/, "…");
  const half = high < end + AROUND ? after : after.replace(/\s\S*$/, "…");
  const mark = el("mark", { class: `ab-mark ab-${status}` }, page.written.slice(start, end));
  const { lang, dir } = article;
  return el("p", { class: "ab-form-passage", lang, dir }, whole, mark, half);
}

/** The little of Markdown that notes are mostly written in; the site itself knows all of it. @param {string} text */
function markdown(text) {
  const blocks = text.trim().split(/\n\s*\n/);
  return blocks.map((block) => {
    const lines = block.split("\n");
    if (!lines.every((line) => /^\s*[-*+] /.test(line))) return el("p", {}, ...inline(block));
    return el("ul", {}, ...lines.map((line) => el("li", {}, ...inline(line.replace(/^\s*[-*+] /, "")))));
  });
}

function inline(text) {
  const parts = [];
  for (let rest = text; rest; ) {
    const found = INLINE.exec(rest);
    if (!found) return [...parts, rest];
    const [all, code, strong, emphasis, words, target] = found;
    parts.push(rest.slice(0, found.index));
    if (code) parts.push(el("code", {}, code));
    else if (strong) parts.push(el("strong", {}, ...inline(strong)));
    else if (emphasis) parts.push(el("em", {}, ...inline(emphasis)));
    else if (ADDRESS.test(target)) parts.push(el("a", { href: target, rel: "noopener nofollow", target: "_blank" }, words));
    else parts.push(el("span", { class: "ab-form-link" }, words));
    rest = rest.slice(found.index + all.length);
  }
  return parts;
}
