/**
 * Searches beside the page, in one language's rules: ranks what stands in the parts of the index that are asked for.
 *
 * Groups are told one after the other, in the order in which they are shown. Pagefind's program is not interrupted while
 * it ranks; so a query that nobody waits for any more is let go between two parts.
 */

import { Part } from "./part.js";

/**
 * @typedef {import("./part.js").Result} Result
 * @typedef {{ form: string | null, checked: string[], begun: string, beginning: string }} Form
 *   With the words without which a part is not asked; and the one that may be half typed, with what it is found by.
 * @typedef {{ tag: string, parts: import("./part.js").Told[], warm?: boolean, forms: Form[], alone: string[], order: string[],
 *   narrowed: Record<string, string[]>, most: Record<string, number>, counted: boolean }} Query
 * @typedef {Record<string, Record<string, number>>} Counts
 * @typedef {{ count: number, bearers: number, results: { id: string, score: number, place: number }[], counts: Counts }} Ranked
 *   How many are found; how many of the first are those that only bear the name; and of each value of each facet, how many.
 */

const fetched = self.fetch.bind(self);
let tag = "";
/** Files of words are named by number: with the tag no cache takes those of another index for them. @type {typeof fetch} */
self.fetch = (input, init) => fetched(String(input).endsWith(".pf_index") ? `${input}?${tag}` : input, init);

/** @type {Map<string, Promise<Part>>} */
const opened = new Map();

/** @param {import("./part.js").Told} told */
function part(told) {
  const known = opened.get(told.key);
  if (known) return known;
  const opening = Part.open(told, tag);
  opening.catch(() => opened.delete(told.key));
  opened.set(told.key, opening);
  return opening;
}

/**
 * The forms of the query that a part is asked for. Pagefind passes over a word that a part does not hold, as if it were
 * not asked for, and takes for one that is half typed any that it begins with.
 *
 * @param {Part} part @param {Form[]} forms
 */
async function heldBy(part, forms) {
  await Promise.all(forms.map((form) => part.load(form)));
  const are = await Promise.all(forms.map(async (form) => (await part.holds(form.checked)) && part.mayHave(form)));
  return forms.filter((_, number) => are[number]);
}

/** @param {Counts} counts @param {Counts} others @param {number} sign */
function add(counts, others, sign) {
  for (const [name, values] of Object.entries(others)) {
    counts[name] ??= {};
    for (const [value, count] of Object.entries(values)) counts[name][value] = (counts[name][value] ?? 0) + sign * count;
  }
}

/**
 * What a part holds, for each form of the query, and how often each value of each facet is found in one form or another;
 * what the first two forms both find is counted once.
 *
 * @param {Part} part @param {Query} query
 */
async function askedOf(part, { forms, narrowed, counted }) {
  if (counted) await part.countable();
  const held = forms.length ? await heldBy(part, forms) : [{ form: null }];
  const answers = await Promise.all(held.map(({ form }) => part.ask(form, narrowed)));
  /** @type {Counts} */
  const counts = {};
  if (counted) {
    for (const { filters } of answers.slice(0, 2)) add(counts, filters, 1);
    if (held.length > 1) add(counts, (await part.ask(`${held[0].form} ${held[1].form}`, narrowed)).filters, -1);
  }
  return { results: answers.map((answer) => answer.results), counts };
}

/**
 * What the parts of a group hold, the best first, each once.
 *
 * @param {Part[]} parts @param {Query} query @param {() => Promise<void>} turn
 * @returns {Promise<Ranked>}
 */
async function ranked(parts, query, turn) {
  /** @type {Map<string, Result & { place: number }>} */
  const best = new Map();
  /** @type {Counts} */
  const counts = {};
  /** @type {(Result & { place: number })[]} */
  const named = [];
  for (const part of parts) {
    await turn();
    const told = await askedOf(part, query);
    add(counts, told.counts, 1);
    for (const { id, score } of told.results.flat()) {
      const known = best.get(id);
      if (!known || known.score < score) best.set(id, { id, score, place: part.place });
    }
    if (part.group !== "names") continue;
    for (const form of query.alone) {
      const { results } = await part.ask(form, query.narrowed);
      named.push(...results.filter(({ matchedMetaFields }) => matchedMetaFields?.includes("self")).map((result) => ({ ...result, place: part.place })));
    }
  }
  const order = (/** @type {Result} */ one, /** @type {Result} */ other) => other.score - one.score;
  const bearers = [...new Map(named.sort(order).map((result) => [result.id, result])).values()].filter(({ id }) => !best.has(id));
  const results = [...bearers, ...[...best.values()].sort(order)];
  const most = query.most[parts[0].group] ?? 0;
  return { count: results.length, bearers: bearers.length, results: results.slice(0, most).map(({ id, score, place }) => ({ id, score, place })), counts };
}

/** @param {Query} query @param {() => Promise<void>} turn @param {(group: string, found: Ranked) => void} tell */
async function search(query, turn, tell) {
  const opening = query.parts.map((told) => ({ group: told.group, opened: part(told) }));
  for (const { opened } of opening) {
    // What is looked for is on its way while other parts are asked; what fails is told where it is waited for.
    opened.then((part) => query.forms.forEach((form) => part.load(form).catch(() => {})), () => {});
  }
  for (const group of query.order) {
    const own = await Promise.all(opening.filter((each) => each.group === group).map(({ opened }) => opened));
    if (own.length) tell(group, await ranked(own, query, turn));
  }
}

/** The queries that nobody waits for any more. @type {Set<number>} */
const dropped = new Set();
class Dropped extends Error {}
let searching = Promise.resolve();
const { port1, port2 } = new MessageChannel();
/** @type {(() => void)[]} */
const turns = [];
port1.onmessage = () => turns.shift()?.();

/** Hear what was told meanwhile. @param {number} id */
async function hear(id) {
  await new Promise((resolve) => {
    turns.push(() => resolve(undefined));
    port2.postMessage(null);
  });
  if (dropped.delete(id)) throw new Dropped();
}

self.addEventListener("message", ({ data: { id, query } }) => {
  if (!query) {
    dropped.add(id);
    return;
  }
  tag = query.tag;
  // One after the other: what is asked last is not slowed down by what is let go.
  searching = searching.then(async () => {
    try {
      await hear(id);
      await search(query, () => hear(id), (group, found) => self.postMessage({ id, group, found }));
      self.postMessage({ id });
    } catch (error) {
      if (!(error instanceof Dropped)) self.postMessage({ id, error: String(error) });
    }
  });
});
