/* Writes YAML that reads back as typed, whatever was typed: the way the archive's own commands write it. */

import { wellFormed } from "./letters.js";

// What stands unquoted: ids, dates and addresses that no reader of YAML takes for anything else.
const PLAIN =
  /^(?:[A-Za-z][A-Za-z0-9_./-]*|sha256:[0-9a-f]+|https?:\/\/[^\s\u001c-\u001f\u0085,[\]{}#]*[\p{L}\p{N}_/]|[0-9]{4}(?:-[0-9]{2})+(?:\/[0-9-]+)?)$/u;
const RESERVED = new Set("null true false yes no on off y n".split(" "));
// Characters that YAML does not allow, or that it reads as line breaks.
const UNPRINTABLE = /[^\n\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/gu;
const BEGINS_BLANK = /^[\s\u001c-\u001f\u0085]/;
const INDENT = "  ";

/**
 * The mapping as block YAML; keys without a value are left out.
 * @param {Record<string, unknown>} mapping - texts, lists of texts, mappings, lists of mappings
 */
export function dumpMapping(mapping, indent = "") {
  const isThere = (value) => value != null && value !== "" && !(typeof value === "object" && !Object.keys(value).length);
  return Object.entries(mapping)
    .filter(([, value]) => isThere(value))
    .map(([key, value]) => entry(key, value, indent))
    .join("");
}

function entry(key, value, indent) {
  if (Array.isArray(value)) return `${indent}${key}:${typeof value[0] === "object" ? items(value, indent) : row(value)}\n`;
  if (typeof value === "object") return `${indent}${key}:\n${dumpMapping(value, indent + INDENT)}`;
  const text = wellFormed(String(value));
  return `${indent}${key}: ${fitsABlock(text) ? block(text, indent) : scalar(text)}\n`;
}

function row(texts) {
  return ` [${texts.map((text) => scalar(wellFormed(text))).join(", ")}]`;
}

/** Each mapping below the key, the first of its keys after a hyphen. */
function items(mappings, indent) {
  const inner = indent + INDENT + INDENT;
  return mappings.map((each) => `\n${indent}${INDENT}- ${dumpMapping(each, inner).slice(inner.length, -1)}`).join("");
}

function scalar(text) {
  if (PLAIN.test(text) && !RESERVED.has(text.toLowerCase())) return text;
  return JSON.stringify(text).replace(UNPRINTABLE, (sign) => `\\U${hexadecimal(sign)}`);
}

function hexadecimal(sign) {
  return sign.codePointAt(0).toString(16).toUpperCase().padStart(8, "0");
}

/** Whether a literal block shows the text: lines, the first of which does not begin with a blank. */
function fitsABlock(text) {
  const isPrintable = text.search(UNPRINTABLE) < 0;
  return text.includes("\n") && !BEGINS_BLANK.test(text) && isPrintable && !text.endsWith("\n\n");
}

function block(text, indent) {
  const lines = text.replace(/\n$/, "").split("\n");
  return [text.endsWith("\n") ? "|" : "|-", ...lines.map((line) => (line ? indent + INDENT + line : ""))].join("\n");
}
