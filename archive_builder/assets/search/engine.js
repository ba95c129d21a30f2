/**
 * Asks the index: names are recognised, every language is searched by its own rules, and what is found comes in groups.
 *
 * @typedef {import("./excerpt.js").Stretch} Stretch
 * @typedef {{ id: string, group: string, score: number, url: string, meta: Record<string, string>,
 *   filters: Record<string, string[]>, quoted: Stretch[], said: Stretch[], summary: boolean, words: string[] }} Item
 * @typedef {{ count: number, items: Item[] }} Group
 * @typedef {{ groups: Record<string, Group>, counts: Record<string, Record<string, number>> | null,
 *   names: import("./names.js").Found[], meant: string | null,
 *   older: { searched: string, next: string, key: string } | null, spellings: Map<string, Set<string>> }} Found
 */

import { Names, bare, fold } from "./names.js";

export const SITE = new URL("../../", import.meta.url);
const FOLDER = new URL("pagefind/", SITE);
/** Where fewer are found, a name may have been meant. */
const FEW = 20;
const NAMES_BEGUN = 3;
/** An archive with more articles than this is large. */
const LARGE = 7_500;

/** @type {Promise<{ tag: string, parts: any[], names: Names }> | null} */
let manifest = null;
/** @type {Map<string, (query: any, signal?: AbortSignal) => Promise<any>>} */
const workers = new Map();
/** The parts of passages that are searched besides the newest of each language. @type {Set<string>} */
const reached = new Set();
/** How many more are searched unasked, for words that stand in none of those. */
let further = 2;

function known() {
  manifest ??= fetch(new URL("archive.json", FOLDER), { cache: "no-cache" }).then(async (answer) => {
    if (!answer.ok) throw new Error("The index of this site is not there yet.");
    const { tag, parts, names } = await answer.json();
    return { tag, parts, names: new Names(FOLDER, tag, names) };
  });
  manifest.catch(() => (manifest = null));
  return manifest;
}

/** @param {string} rules @param {string} [kind]  Those of one kind share what they have loaded. */
function worker(rules, kind = "") {
  const name = `search ${rules} ${kind}`;
  const held = workers.get(name);
  if (held) return held;
  const own = new Worker(new URL("./worker.js", import.meta.url), { type: "module", name });
  /** @type {Map<number, { resolve: (found: any) => void, reject: (error: Error) => void }>} */
  const waiting = new Map();
  let last = 0;
  own.addEventListener("message", ({ data: { id, found, error } }) => {
    const waiter = waiting.get(id);
    waiting.delete(id);
    if (error) waiter?.reject(new Error(error));
    else waiter?.resolve(found);
  });
  own.addEventListener("error", (event) => {
    for (const { reject } of waiting.values()) reject(new Error(event.message || "Search does not start in this browser."));
    waiting.clear();
  });
  const ask = (/** @type {any} */ query, /** @type {AbortSignal} */ signal) =>
    new Promise((resolve, reject) => {
      last += 1;
      const id = last;
      waiting.set(id, { resolve, reject });
      own.postMessage({ id, query });
      signal?.addEventListener("abort", () => {
        reject(signal.reason);
        if (waiting.delete(id)) own.postMessage({ id });
      });
    });
  workers.set(name, ask);
  return ask;
}

/** Begin to load what every query needs, while the reader begins to type. */
export async function warm() {
  try {
    const { tag, parts } = await known();
    for (const [rules, own] of byRules(wanted(parts, {}).chosen)) worker(rules)({ tag, parts: own, warm: true }).catch(() => {});
  } catch {
    // What is wrong is told when something is looked for.
  }
}

/**
 * The parts that are searched: of those that hold passages, the newest, those of the years that are asked for, and those
 * that were searched before.
 *
 * @param {any[]} parts @param {Record<string, string[]>} narrowed
 * @returns {{ chosen: any[], older: any[] }}  The older ones in the order in which they are taken next.
 */
function wanted(parts, narrowed) {
  const years = narrowed.year ?? [];
  const met = new Set();
  const isChosen = (/** @type {any} */ part) => {
    const language = part.key.split("-")[0];
    const isNewest = !met.has(language);
    if (part.group === "passages") met.add(language);
    if (part.group !== "passages" || reached.has(part.key)) return true;
    return years.length ? years.some((year) => part.years[0] <= year && year <= part.years[1]) : isNewest;
  };
  const chosen = parts.filter(isChosen);
  const left = years.length ? [] : parts.filter((part) => !chosen.includes(part));
  return { chosen, older: left.sort((one, other) => other.years[1].localeCompare(one.years[1])) };
}

/** From which year to which the parts reach, in words. @param {any[]} parts */
function reach(parts) {
  const years = parts.flatMap((part) => part.years).filter(Boolean).sort();
  return years.length ? (years[0] === years.at(-1) ? years[0] : `${years[0]}–${years.at(-1)}`) : "";
}

/** Search these parts too, from now on. @param {string[]} keys */
export function deeper(keys) {
  for (const key of keys) reached.add(key);
}

/**
 * @param {string} text
 * @param {{ most: Record<string, number>, narrowed?: Record<string, string[]>, counted?: boolean, signal?: AbortSignal }} how
 *   Once the signal is given nobody waits for what is found: what is not begun is left.
 * @returns {Promise<Found>}
 */
export async function find(text, { most, narrowed = {}, counted = false, signal }) {
  const { tag, parts, names } = await known();
  const typed = text.trim();
  const isExact = /^".+"$/.test(typed);
  const words = fold(typed).split(" ").filter(Boolean);
  const standing = isExact ? [] : await names.standing(words);
  // A single letter begins too many words; a single digit may be what is asked for.
  const plain = words.filter((word) => word.length > 1 || words.length === 1 || /\d/.test(word));
  const begun = isExact || standing.length || !words.length ? [] : await names.begun(words.join(" "), NAMES_BEGUN);
  const forms = isExact ? [{ form: bare(typed), checked: [] }] : plain.length ? [form(plain, !standing.length)] : [];
  // In a large archive the words of a name weigh more than the inflected names they find beside it.
  if (standing.length && parts.reduce((sum, { group, records }) => sum + (group === "articles" ? records : 0), 0) > LARGE) forms.pop();
  forms.push(...named(words, standing, plain), ...begun.map((word) => form([word], false)));
  // Who is named is offered by itself, whatever else is asked.
  const alone = [...new Set(standing.map(({ word }) => word))].slice(0, NAMES_BEGUN);
  const phrases = standing.flatMap(({ word }) => [...(names.spellings.get(word) ?? [])].map(fold));
  const query = {
    tag,
    forms,
    alone,
    words: plain,
    phrases,
    hidden: [...alone, ...begun],
    exact: isExact,
    narrowed,
    most,
    counted,
  };
  // Whatever was loaded before is searched as well: so all are asked again once more is loaded, and what stands between
  // quotation marks is looked for by other workers, which load where every word stands.
  const asked = (/** @type {any[]} */ parts) => (isExact ? parts.map((part) => ({ ...part, key: part.exact ?? part.key, drawn: part.key })) : parts);
  const own = (/** @type {string} */ rules) => worker(rules, isExact ? "exact" : "");
  const ask = (/** @type {any[]} */ chosen) => Promise.all([...byRules(chosen)].map(([rules, parts]) => own(rules)({ ...query, parts: asked(parts) }, signal)));
  const { chosen, older } = wanted(parts, narrowed);
  signal?.throwIfAborted();
  let answers = await ask(chosen);
  const isMissed = !narrowed.type || narrowed.type.includes("passage");
  while (words.length && isMissed && older.length && further && !answers.some(({ groups }) => groups.passages)) {
    further -= 1;
    chosen.push(older.shift());
    answers = await ask(chosen);
  }
  const passages = chosen.filter(({ group }) => group === "passages");
  deeper(passages.map(({ key }) => key));
  const found = joined(answers, most);
  const count = Object.values(found.groups).reduce((sum, group) => sum + group.count, 0);
  const isMeant = !isExact && !standing.length && words.length > 0 && !found.groups.names && count < FEW;
  const meant = isMeant ? await names.meant(words) : null;
  const left = older.length ? { searched: reach(passages), next: reach([older[0]]), key: older[0].key } : null;
  return { ...found, names: standing, meant, older: left, spellings: names.spellings };
}

/** A form of the query; its last word may be half typed, and every other stands somewhere. @param {string[]} words @param {boolean} isOpen */
const form = (words, isOpen) => ({ form: words.join(" "), checked: isOpen ? words.slice(0, -1) : words });

/**
 * The query with hidden words where names stand: once for each of those who bear the same spelling.
 *
 * @param {string[]} words @param {import("./names.js").Found[]} standing @param {string[]} kept
 */
function named(words, standing, kept) {
  const starts = [...new Set(standing.map(({ from }) => from))];
  const bearers = starts.map((start) => standing.filter(({ from }) => from === start));
  const many = standing.length && Math.min(Math.max(...bearers.map((own) => own.length)), NAMES_BEGUN);
  return Array.from({ length: many }, (_, number) => {
    const hidden = bearers.map((own) => own[Math.min(number, own.length - 1)]);
    const rest = words.filter((word, place) => kept.includes(word) && !hidden.some(({ from, to }) => from <= place && place < to));
    const isOpen = hidden.every(({ to }) => to < words.length);
    return form([...new Set(hidden.map(({ word }) => word)), ...rest], isOpen);
  });
}

/** @param {any[]} parts @returns {Map<string, any[]>} */
function byRules(parts) {
  const held = new Map();
  for (const part of parts) held.set(part.rules, [...(held.get(part.rules) ?? []), part]);
  return held;
}

/** @param {{ groups: Record<string, Group>, counts: any }[]} answers @param {Record<string, number>} most */
function joined(answers, most) {
  /** @type {Record<string, Group>} */
  const groups = {};
  /** @type {Record<string, Record<string, number>> | null} */
  let counts = null;
  for (const answer of answers) {
    for (const [name, group] of Object.entries(answer.groups)) {
      const held = (groups[name] ??= { count: 0, items: [] });
      held.count += group.count;
      held.items = [...held.items, ...group.items].sort((one, other) => other.score - one.score).slice(0, most[name]);
    }
    for (const [name, values] of Object.entries(answer.counts ?? {})) {
      counts ??= {};
      counts[name] ??= {};
      for (const [value, count] of Object.entries(values)) counts[name][value] = (counts[name][value] ?? 0) + /** @type {number} */ (count);
    }
  }
  return { groups, counts };
}
