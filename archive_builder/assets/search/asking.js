/**
 * Asks the workers that rank. A language has one; where there are many articles it has two, which rank beside each
 * other, as that is what takes long then; but not on a phone with little memory.
 *
 * @typedef {{ key: string, table: string, piece: number, exact: string | null, group: string, rules: string, packed: number, records: number,
 *   years: [string, string], letters: string[], place: number }} Part  As the manifest tells of it, and its place among all.
 * @typedef {import("./worker.js").Ranked} Ranked
 * @typedef {(query: any, signal?: AbortSignal, told?: (group: string, ranked: Ranked) => void) => Promise<void>} Ask
 */

/** @type {Map<string, Ask>} */
const workers = new Map();

/** @param {string} name */
function worker(name) {
  const held = workers.get(name);
  if (held) return held;
  const own = new Worker(new URL("./worker.js", import.meta.url), { type: "module", name });
  /** @type {Map<number, { resolve: () => void, reject: (error: Error) => void, told?: (group: string, ranked: Ranked) => void }>} */
  const waiting = new Map();
  let last = 0;
  own.addEventListener("message", ({ data: { id, group, found, error } }) => {
    const waiter = waiting.get(id);
    if (group) return waiter?.told?.(group, found);
    waiting.delete(id);
    if (error) waiter?.reject(new Error(error));
    else waiter?.resolve();
    return undefined;
  });
  own.addEventListener("error", (event) => {
    for (const { reject } of waiting.values()) reject(new Error(event.message || "Search does not start in this browser."));
    waiting.clear();
  });
  /** @type {Ask} */
  const ask = (query, signal, told) =>
    new Promise((resolve, reject) => {
      last += 1;
      const id = last;
      waiting.set(id, { resolve, reject, told });
      own.postMessage({ id, query });
      signal?.addEventListener("abort", () => {
        reject(signal.reason);
        if (waiting.delete(id)) own.postMessage({ id });
      });
    });
  workers.set(name, ask);
  return ask;
}

/** Whether two workers find room beside each other: the second takes some eighty megabytes for ten thousand articles. */
const HAS_ROOM = navigator.hardwareConcurrency > 1 && (/** @type {any} */ (navigator).deviceMemory ?? 8) > 4;

/** Whether the articles of one language are several parts. @param {Part[]} parts */
export const isParted = (parts) => parts.some(({ group, piece }) => group === "articles" && piece > 0);

/**
 * The worker of each part: always the same, as it keeps what it has loaded. Those of what stands in quotation marks load
 * where every word stands.
 *
 * @param {Part[]} parts @param {boolean} isExact
 * @returns {{ name: string, rules: string, parts: Part[] }[]}
 */
export function workersOf(parts, isExact = false) {
  const isLarge = isParted(parts);
  const isShared = isLarge && HAS_ROOM;
  /** @type {Map<string, { name: string, rules: string, parts: Part[] }>} */
  const held = new Map();
  // What is shown first is loaded first.
  const ordered = isLarge ? [...parts].sort((one, other) => Number(other.group === "passages") - Number(one.group === "passages")) : parts;
  for (const part of ordered) {
    // Articles take turns; passages weigh what claims and names do.
    const lane = !isShared || part.group === "passages" ? 0 : part.group === "articles" ? part.place % 2 : 1;
    const name = `search ${part.rules} ${lane}${isExact ? " exact" : ""}`;
    if (!held.has(name)) held.set(name, { name, rules: part.rules, parts: [] });
    held.get(name)?.parts.push(part);
  }
  return [...held.values()];
}

/**
 * Ask every part. Of each group is told what all parts of one language hold, the best first, as soon as they have told
 * it; a promise that is kept when all is told.
 *
 * @param {Part[]} parts @param {any} query @param {AbortSignal | undefined} signal
 * @param {(group: string, ranked: Ranked) => void} told
 */
export async function ask(parts, query, signal, told) {
  const asked = workersOf(parts, query.exact);
  /** @type {Map<string, { owed: number, ranked: Ranked[] }>} */
  const held = new Map();
  const key = (/** @type {string} */ rules, /** @type {string} */ group) => `${rules} ${group}`;
  for (const { rules, parts } of asked) {
    for (const group of new Set(parts.map((part) => part.group))) {
      const own = held.get(key(rules, group)) ?? { owed: 0, ranked: [] };
      own.owed += 1;
      held.set(key(rules, group), own);
    }
  }
  await Promise.all(
    asked.map(({ name, rules, parts }) => {
      // What stands between quotation marks is looked for in another table of the same records.
      const own = parts.map((part) => (query.exact && part.exact ? { ...part, key: part.exact, table: part.exact, piece: 0 } : part));
      return worker(name)({ ...query, parts: own }, signal, (group, ranked) => {
        const all = /** @type {{ owed: number, ranked: Ranked[] }} */ (held.get(key(rules, group)));
        all.owed -= 1;
        all.ranked.push(ranked);
        if (!all.owed) told(group, together(all.ranked, query.most[group] ?? 0));
      });
    }),
  );
}

/** Begin to load parts. @param {Part[]} parts @param {string} tag */
export function warmUp(parts, tag) {
  for (const { name, parts: own } of workersOf(parts)) worker(name)({ tag, parts: own, forms: [], order: [] }).catch(() => {});
}

/** What several workers have ranked, as if it were one. @param {Ranked[]} ranked @param {number} most @returns {Ranked} */
function together(ranked, most) {
  if (ranked.length === 1) return ranked[0];
  const results = ranked.flatMap(({ results }) => results).sort((one, other) => other.score - one.score || one.place - other.place);
  const sum = (/** @type {"count" | "bearers"} */ name) => ranked.reduce((whole, own) => whole + own[name], 0);
  return { count: sum("count"), bearers: sum("bearers"), results: results.slice(0, most), counts: counted(ranked.map(({ counts }) => counts)) };
}

/** @typedef {Record<string, Record<string, number>>} Counts */

/** The counts of several, joined. @param {Counts[]} several @returns {Counts} */
export function counted(several) {
  /** @type {Counts} */
  const counts = {};
  for (const [name, values] of several.flatMap((own) => Object.entries(own))) {
    counts[name] ??= {};
    for (const [value, count] of Object.entries(values)) counts[name][value] = (counts[name][value] ?? 0) + count;
  }
  return counts;
}
