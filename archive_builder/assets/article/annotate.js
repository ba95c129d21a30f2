/* A sign beside each paragraph that begins an annotation of it: on GitHub, or as text to paste where that is not known. */

import { copyText } from "./copy.js";

const URL_BYTES = 4500;
const QUOTE_WORDS = 60;
const BLOCKS = "p, li";
const OURS = ".ab-head, .ab-source, .ab-summary, .ab-how, .ab-legend, section, .ab-opened, .admonition";
const FURNITURE = ".ab-ref, .ab-annotate, .headerlink, .footnote-ref, .footnote-backref, sup[id^='fnref']";

/**
 * @param {HTMLElement} article
 * @param {HTMLElement} head - says which article it is, and where new files are made
 */
export function annotateButtons(article, head) {
  for (const block of article.querySelectorAll(BLOCKS)) {
    const isOurs = block.closest(OURS) || block.querySelector(`${BLOCKS}, .ab-annotate`);
    if (!isOurs && quoteOf(block)) block.append(button(block, head));
  }
}

function button(block, head) {
  const sign = document.createElement(head.dataset.new ? "a" : "button");
  sign.className = "ab-annotate";
  sign.title = head.dataset.new ? "Annotate this paragraph" : "Copy an annotation to fill in";
  sign.setAttribute("aria-label", `${sign.title}: ${quoteOf(block).slice(0, 40)}…`);
  if (sign instanceof HTMLAnchorElement) {
    sign.href = head.dataset.new;
    sign.rel = "nofollow";
    const aim = () => (sign.href = address(head.dataset.new, chosen(block)));
    for (const type of ["pointerdown", "focus", "click"]) sign.addEventListener(type, aim);
  } else {
    sign.type = "button";
    // The selection goes when the button is pressed, unless the press is kept from it.
    sign.addEventListener("pointerdown", (event) => event.preventDefault());
    sign.addEventListener("click", () => copyText(skeleton(chosen(block)), sign));
  }
  return sign;
}

/** The words the reader selected in the block, else the block's. */
function chosen(block) {
  const selection = getSelection();
  const isHere = selection?.rangeCount && !selection.isCollapsed && block.contains(selection.anchorNode);
  if (!isHere || !block.contains(selection.focusNode)) return quoteOf(block);
  return words(selection.getRangeAt(0).cloneContents()) || quoteOf(block);
}

/** What the block says, up to an elision and to some sixty words. */
function quoteOf(block) {
  return words(block.cloneNode(true));
}

function words(part) {
  part.querySelectorAll(FURNITURE).forEach((each) => each.remove());
  const stretches = part.textContent.split("[…]").map((each) => each.replace(/\s+/g, " ").trim());
  const longest = stretches.reduce((a, b) => (b.length > a.length ? b : a), "");
  return longest.split(" ").slice(0, QUOTE_WORDS).join(" ");
}

/** The annotation's file, to be filled in. JSON's strings are YAML's too. @param {string} quote */
export function skeleton(quote) {
  return `# yaml-language-server: $schema=../../archive_builder/schemas/annotation.json
target:
  exact: ${JSON.stringify(quote)}
kind: context  # dispute, error, context, language, translation or source
note: |
  What should a reader know about this passage, and where can it be looked up?
by: your-name
`;
}

/** GitHub's page for a new file with the skeleton in it; the quote is shortened until the address is short enough. */
export function address(folder, quote) {
  for (let left = quote.split(" "); ; left = left.slice(0, -1)) {
    const text = left.length ? left.join(" ") : quote.slice(0, 40);
    const url = `${folder}?filename=${name(text)}.yml&value=${encodeURIComponent(skeleton(text))}`;
    if (url.length <= URL_BYTES || !left.length) return url;
  }
}

/** A file's name from the first words; in other scripts than Latin there are none to take. */
function name(text) {
  const plain = text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const slug = (plain.match(/[a-z0-9]+/g) ?? []).slice(0, 4).join("-").slice(0, 40).replace(/-$/, "") || "passage";
  return document.getElementById(`note-${slug}`) ? `${slug}-2` : slug;
}
