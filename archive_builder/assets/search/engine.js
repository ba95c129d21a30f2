/**
 * Asks the index: names are recognised, every language is searched by its own rules, and what is found comes in groups.
 *
 * @typedef {import("./records.js").Item} Item
 * @typedef {{ count: number, items: Item[] }} Group
 * @typedef {{ groups: Record<string, Group>, order: string[], counts: Record<string, Record<string, number>> | null,
 *   names: import("./names.js").Found[], meant: string | null,
 *   older: { searched: string, next: string, key: string } | null, spellings: Map<string, Set<string>> }} Found
 */

import { ask, counted as joinedCounts, isParted, warmUp } from "./asking.js";
import { withoutEnding } from "./excerpt.js";
import { Names, bare, fold } from "./names.js";
import { drawn } from "./records.js";

export const SITE = new URL("../../", import.meta.url);
const FOLDER = new URL("pagefind/", SITE);
/** Where fewer are found, a name may have been meant. */
const FEW = 20;
const NAMES_BEGUN = 3;
/** An archive with more articles than this is large. */
const LARGE = 7_500;

/** @type {Promise<{ tag: string, parts: any[], names: Names }> | null} */
let manifest = null;
/** The parts of passages that are searched besides the newest of each language. @type {Set<string>} */
const reached = new Set();
/** How many more are searched unasked, for words that stand in none of those. */
let further = 2;

function known() {
  manifest ??= fetch(new URL("archive.json", FOLDER), { cache: "no-cache" }).then(async (answer) => {
    if (!answer.ok) throw new Error("The index of this site is not there yet.");
    const { tag, letters, parts, names } = await answer.json();
    return { tag, parts: parts.map((/** @type {any} */ part, /** @type {number} */ place) => ({ ...part, letters, place })), names: new Names(FOLDER, tag, names) };
  });
  manifest.catch(() => (manifest = null));
  return manifest;
}

/** Begin to load what every query needs, while the reader begins to type. */
export async function warm() {
  try {
    const { tag, parts } = await known();
    warmUp(wanted(parts, {}).chosen, tag);
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
 * The groups in the order in which they are shown: names first where one is typed in full; and where there are so many
 * articles that they are several parts, passages before them, which are found while articles are still ranked.
 *
 * @param {boolean} isNamed @param {boolean} isLarge
 */
function inOrder(isNamed, isLarge) {
  const texts = isLarge ? ["passages", "articles"] : ["articles", "passages"];
  return isNamed ? ["names", ...texts, "claims", "pages"] : [...texts, "claims", "names", "pages"];
}

/**
 * @param {string} text
 * @param {{ most: Record<string, number>, narrowed?: Record<string, string[]>, counted?: boolean, signal?: AbortSignal,
 *   partly?: (found: Found) => void }} how
 *   Once the signal is given nobody waits for what is found: what is not begun is left. What is found is told partly
 *   as soon as the first groups are whole, in the order in which they are shown.
 * @returns {Promise<Found>}
 */
export async function find(text, { most, narrowed = {}, counted = false, signal, partly }) {
  const { tag, parts, names } = await known();
  const query = await understood(text, parts, names);
  const { standing, words } = query;
  const { chosen, older } = wanted(parts, narrowed);
  signal?.throwIfAborted();
  const order = inOrder(standing.length > 0, isParted(parts));
  const gathering = new Gathering(parts, { ...query, tag, most });
  const isMissed = words.length > 0 && (!narrowed.type || narrowed.type.includes("passage"));
  const mayReach = () => isMissed && older.length > 0 && further > 0 && !gathering.groups.passages;
  const tell = () => {
    const left = order.findIndex((group) => gathering.owed.has(group) || (group === "passages" && mayReach()));
    if (left > 0) partly?.(found(order.slice(0, left)));
  };
  const found = (/** @type {string[]} */ groups) => ({
    groups: Object.fromEntries(groups.flatMap((name) => (gathering.groups[name] ? [[name, gathering.groups[name]]] : []))),
    order: groups.filter((name) => gathering.groups[name]),
    counts: counted ? joinedCounts(gathering.counts) : null,
    names: standing,
    meant: /** @type {string | null} */ (null),
    older: older.length ? { searched: reach(passagesOf(chosen)), next: reach([older[0]]), key: older[0].key } : null,
    spellings: names.spellings,
  });
  const asked = { tag, forms: query.forms, alone: query.alone, exact: query.exact, order, narrowed, most, counted };
  await gathering.gather(chosen, asked, signal, tell);
  while (mayReach()) {
    further -= 1;
    const next = older.shift();
    chosen.push(next);
    await gathering.gather([next], asked, signal, tell);
  }
  deeper(passagesOf(chosen).map(({ key }) => key));
  const whole = found(order);
  const count = Object.values(whole.groups).reduce((sum, group) => sum + group.count, 0);
  const isMeant = !query.exact && !standing.length && words.length > 0 && !whole.groups.names && count < FEW;
  return { ...whole, meant: isMeant ? await names.meant(words) : null };
}

/** @param {any[]} parts */
const passagesOf = (parts) => parts.filter(({ group }) => group === "passages");

/**
 * What is looked for: the query in all its forms.
 *
 * @param {string} text @param {any[]} parts @param {Names} names
 */
async function understood(text, parts, names) {
  const typed = text.trim();
  const isExact = /^".+"$/.test(typed);
  const words = fold(typed).split(" ").filter(Boolean);
  const standing = isExact ? [] : await names.standing(words);
  // A single letter begins too many words; a single digit may be what is asked for.
  const plain = words.filter((word) => word.length > 1 || words.length === 1 || /\d/.test(word));
  const begun = isExact || standing.length || !words.length ? [] : await names.begun(words.join(" "), NAMES_BEGUN);
  const forms = isExact ? [{ form: bare(typed), checked: [], begun: "", beginning: "" }] : plain.length ? [form(plain, !standing.length)] : [];
  // In a large archive the words of a name weigh more than the inflected names they find beside it.
  if (standing.length && parts.reduce((sum, { group, records }) => sum + (group === "articles" ? records : 0), 0) > LARGE) forms.pop();
  forms.push(...named(words, standing, plain), ...begun.map((word) => form([word], false)));
  // Who is named is offered by itself, whatever else is asked.
  const alone = [...new Set(standing.map(({ word }) => word))].slice(0, NAMES_BEGUN);
  const phrases = standing.flatMap(({ word }) => [...(names.spellings.get(word) ?? [])].map(fold));
  // What is marked is found by its words; what is asked, by those that do not begin too many.
  return { words, standing, forms, alone, sought: { words: plain, phrases, hidden: [...alone, ...begun], exact: isExact }, exact: isExact };
}

/** Gathers what the workers rank, and draws it. */
class Gathering {
  /** @param {any[]} parts @param {{ sought: import("./records.js").Sought, tag: string, most: Record<string, number> }} query */
  constructor(parts, { sought, tag, most }) {
    this.parts = parts;
    this.sought = sought;
    this.tag = tag;
    this.most = most;
    /** @type {Record<string, Group>} */
    this.groups = {};
    /** The groups of which more is to come. @type {Map<string, number>} */
    this.owed = new Map();
    /** @type {Record<string, Record<string, number>>[]} */
    this.counts = [];
  }

  /**
   * @param {any[]} parts @param {any} query @param {AbortSignal | undefined} signal
   * @param {() => void} tell  Called whenever a group is whole.
   */
  async gather(parts, query, signal, tell) {
    for (const { group } of new Map(parts.map((part) => [`${part.group} ${part.rules}`, part])).values()) this.owed.set(group, (this.owed.get(group) ?? 0) + 1);
    /** @type {Promise<void>[]} */
    const drawing = [];
    const told = (/** @type {string} */ group, /** @type {import("./asking.js").Ranked} */ ranked) => {
      this.counts.push(ranked.counts);
      drawing.push(this.draw(group, ranked).then(() => {
        const owed = (this.owed.get(group) ?? 1) - 1;
        if (owed) this.owed.set(group, owed);
        else this.owed.delete(group);
        if (!signal?.aborted) tell();
      }));
    };
    await ask(parts, query, signal, told);
    await Promise.all(drawing);
  }

  /** @param {string} group @param {import("./asking.js").Ranked} ranked */
  async draw(group, { count, bearers, results }) {
    const items = await Promise.all(results.map((result) => drawn(result, this.parts[result.place], this.sought, this.tag)));
    // Pagefind finds the beginning of a word where it knows no longer one: that is not what was asked for.
    const meant = items.filter((item) => item.hits || !this.sought.words.length);
    if (!meant.length) return;
    const held = (this.groups[group] ??= { count: 0, items: [] });
    held.count += count - bearers - items.length + meant.length;
    held.items = [...held.items, ...meant].sort((one, other) => other.score - one.score).slice(0, this.most[group]);
  }
}

/**
 * A form of the query; its last word may be half typed, and every other stands somewhere.
 *
 * @param {string[]} words @param {boolean} isOpen
 */
function form(words, isOpen) {
  const begun = (isOpen && words.at(-1)) || "";
  return { form: words.join(" "), checked: isOpen ? words.slice(0, -1) : words, begun, beginning: withoutEnding(begun) };
}

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
