/* Makes the files of what was filled in, and says in plain words what is missing or wrong. */

import { lengthOf } from "./letters.js";
import { inWords, suggested } from "./reading.js";
import { dumpMapping } from "./yaml.js";

export const STANCES = { asserts: "says so", denies: "denies it", doubts: "doubts it", omits: "leaves it out" };
export const KINDS = {
  dispute: "others say otherwise",
  error: "it is wrong, and that can be shown",
  context: "something needed to understand it",
  language: "a loaded word, a euphemism, a vague attribution",
  translation: "two languages or versions differ",
  source: "where it comes from, and through whom",
};
export const RELATIONS = { supports: "supports it", disputes: "disputes it", corrects: "corrects it", context: "gives context" };

export const NOTE_LENGTH = 20_000;
const LINE_LENGTH = 1000;
const ADDRESS_LENGTH = 2000;
const SLUG_LENGTH = 100;
const NAME_LENGTH = 40;
const FILE_BYTES = 200_000;
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
// Blanks as Python sees them, so that the build takes what is taken here.
const ADDRESS = /^(?:https?:\/\/[^\s\u001c-\u001f\u0085/?#][^\s\u001c-\u001f\u0085]*|mailto:[^\s@]+@[^\s]+)$/iu;
const ANNOTATION = /^[a-z0-9]+(?:-[a-z0-9]+)*\/[a-z0-9]+(?:-[a-z0-9]+)*$/;

/**
 * @typedef {object} Filled - what was filled in, as it is kept in a draft
 * @property {import("./anchoring.js").Selector | null} target - null for what the article leaves out
 * @property {string} claim - an id, or "" for none
 * @property {NewClaim | null} newClaim
 * @property {string} stance
 * @property {string} value
 * @property {string[]} attribution
 * @property {string} kind
 * @property {string} note
 * @property {{relation: string, witness: string}[]} evidence
 * @property {string} by
 */
/** @typedef {{id: string, title: string, statement: string, event: string, quantity: string, unit: string}} NewClaim */
/** @typedef {{field: string, words: string, offer?: string}} Fault */
/** @typedef {{path: string, text: string}} MadeFile */

/** @returns {Filled} */
export function blank(target) {
  const kept = { claim: "", newClaim: null, value: "", attribution: [], kind: "dispute", note: "", evidence: [], by: "" };
  return { target, stance: target ? "" : "omits", ...kept };
}

/** The measure of the claim that was chosen or begun. @param {Filled} filled */
export function measureOf(filled, claims) {
  return filled.newClaim ?? claims.get(filled.claim) ?? {};
}

/** The id of the claim it bears on. @param {Filled} filled */
export function claimOf(filled) {
  return filled.newClaim ? filled.newClaim.id : filled.claim;
}

/**
 * What keeps it from being handed in, in the order of the fields.
 * @param {Filled} filled
 * @param {import("./known.js").Known} known
 * @returns {Fault[]}
 */
export function faults(filled, known) {
  const found = [];
  const say = (field, words, offer) => found.push({ field, words, offer });
  const long = (field, text, most) => {
    const length = lengthOf(text);
    if (length > most) say(field, `This is ${length - most} characters too long: at most ${most.toLocaleString("en")} will do.`);
  };
  if (!filled.note.trim()) say("note", "Say what a reader should know about this passage.");
  long("note", filled.note, NOTE_LENGTH);
  if (filled.newClaim) claimFaults(filled.newClaim, known, say, long);
  if (claimOf(filled) && !filled.stance) say("stance", "Choose what the passage does with the claim.");
  if (!filled.target && !claimOf(filled)) say("claim", "Choose the claim that the article leaves out.");
  if (claimOf(filled) && filled.target && filled.value.trim()) valueFaults(filled, known, say, long);
  filled.evidence.forEach((each, index) => witnessFaults(each, index, known, say, long));
  long("by", filled.by, LINE_LENGTH);
  return found;
}

function claimFaults(claim, known, say, long) {
  if (!claim.title.trim()) say("new-title", "Put the claim as a question, like: How many boats sank?");
  if (!claim.statement.trim()) say("new-statement", "Put the claim as a sentence that one can say yes or no to, like: Boats sank in the harbour.");
  if (!SLUG.test(claim.id) || claim.id.length > SLUG_LENGTH)
    say("new-id", "A claim's name has small letters, digits and single hyphens, like boats-sunk.");
  else if (known.claims.has(claim.id)) say("new-id", "There is a claim of that name already. Choose it above, or take another name.");
  for (const key of ["title", "statement", "quantity", "unit"]) long(`new-${key}`, claim[key], LINE_LENGTH);
  if (claim.unit.trim() && !claim.quantity.trim()) say("new-quantity", "Say what is counted or measured, like boats sunk.");
}

function valueFaults(filled, known, say, long) {
  try {
    inWords(filled.value, measureOf(filled, known.claims));
  } catch (error) {
    const sentence = error.message[0].toUpperCase() + error.message.slice(1);
    say("value", `${sentence}.`, suggested(filled.value));
  }
  long("value", filled.value, LINE_LENGTH);
}

function witnessFaults({ witness }, index, known, say, long) {
  const field = `witness-${index}`;
  const text = witness.trim();
  if (!text) return;
  if (!ADDRESS.test(text) && !ANNOTATION.test(text))
    say(field, "Give an address that begins with https://, or another annotation of this archive, like two-banks/boats.");
  else if (ANNOTATION.test(text) && known.passages && !known.passages.has(text))
    say(field, "There is no annotation of that name in this archive.");
  long(field, text, ADDRESS_LENGTH);
}

/**
 * The files to hand in: a new claim first, where there is one.
 * @param {Filled} filled
 * @param {{article: string, name: string, day: string, known: import("./known.js").Known}} about
 * @returns {MadeFile[]}
 */
export function files(filled, { article, name, day, known }) {
  const { schema } = known.site;
  const opening = schema ? `# yaml-language-server: $schema=${schema}\n` : "";
  const made = [{ path: `annotations/${article}/${name}.yml`, text: opening + dumpMapping(mapping(filled, day)) }];
  if (filled.newClaim) made.unshift({ path: `content/claims/${filled.newClaim.id}.md`, text: claimText(filled.newClaim) });
  return made;
}

/** Whether a file is greater than the archive takes. @param {MadeFile} file */
export function isTooLarge({ text }) {
  return new TextEncoder().encode(text).length > FILE_BYTES;
}

function mapping(filled, day) {
  const claim = claimOf(filled);
  const spoken = claim && filled.target;
  return {
    target: filled.target,
    claim,
    stance: claim && (filled.target ? filled.stance : "omits"),
    value: spoken ? filled.value.trim() : "",
    attribution: filled.target ? filled.attribution : [],
    kind: filled.kind,
    note: filled.note.endsWith("\n") ? filled.note : `${filled.note}\n`,
    evidence: filled.evidence.filter(({ witness }) => witness.trim()).map(evidence),
    by: filled.by.trim(),
    created: day,
  };
}

function evidence({ relation, witness }) {
  const text = witness.trim();
  return { relation, ...(ANNOTATION.test(text) ? { annotation: text } : { url: text }) };
}

function claimText(claim) {
  const { title, statement, event, quantity, unit } = claim;
  const measure = { quantity: quantity.trim(), unit: unit.trim() };
  return `---\n${dumpMapping({ title: title.trim(), statement: statement.trim(), event, measure: measure.quantity ? measure : null })}---\n`;
}

/**
 * A name for the annotation's file: what it is about, unlike every other of the article.
 * @param {Filled} filled
 * @param {Set<string>} taken
 */
export function nameFor(filled, taken) {
  const claim = claimOf(filled);
  const stance = filled.target ? filled.stance : "omits";
  const made = claim && SLUG.test(claim) ? slug(`${claim} ${stance}`) : slug(filled.target?.exact ?? "") || filled.kind;
  for (let number = 1; ; number += 1) {
    const name = number > 1 ? `${made}-${number}` : made;
    if (!taken.has(name)) return name;
  }
}

/** The first words as a file's name; empty where they are in another script than Latin. @param {string} text */
export function slug(text) {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = plain.replace(/['’]/g, "").match(/[a-z0-9]+/g) ?? [];
  let made = "";
  for (const word of words) if (`${made}-${word}`.length <= NAME_LENGTH + 1) made += (made && "-") + word;
  else break;
  return made;
}
