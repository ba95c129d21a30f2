/**
 * Searches beside the page, in one language's rules: loads Pagefind and the parts of the index that are asked for.
 *
 * The parts lie in one folder, each under a language of its own, so that all of them share one program and one set of
 * rules. Pagefind ranks; what is found is put into its group by the part it comes from.
 */

import { excerpt } from "./excerpt.js";

const FOLDER = new URL("../../pagefind/", import.meta.url).href;
/** Parts what is quoted from what we say of it; what begins with it has lost the space before it. */
const NOTE = /\s*¶\s*/;
/** What a word counts for by where it stands; the hidden word of a name's own record puts that record first. */
const RANKING = { metaWeights: { title: 6, also: 4, self: 60, names: 1.5, value: 2, date: 0.2 }, diacriticSimilarity: 0.3 };

const TYPES = /** @type {Record<string, string[]>} */ ({
  articles: ["article"],
  passages: ["passage"],
  claims: ["claim", "event"],
  names: ["person", "place", "organisation", "outlet"],
  pages: ["page"],
});

const fetched = self.fetch.bind(self);
/** Files of words are named by number: with the tag no cache takes those of another index for them. @type {typeof fetch} */
self.fetch = (input, init) => fetched(String(input).endsWith(".pf_index") ? `${input}?${tag}` : input, init);

/** Where what is drawn of a part's records lies, and how many share a file. @type {Map<string, { drawn: string, each: number }>} */
const packed = new Map();
/** @type {Map<string, Promise<any[]>>} */
const packs = new Map();

/** What is drawn of a result, as packing.py writes it; the index gives each record's part and number. @param {{ id: string }} result */
async function record({ id }) {
  const cut = id.lastIndexOf("_");
  const [key, number] = [id.slice(0, cut), Number.parseInt(id.slice(cut + 1), 16)];
  const { drawn, each } = packed.get(key) ?? { drawn: key, each: 1 };
  const file = `${FOLDER}record/${drawn}-${Math.floor(number / each)}.json?${tag}`;
  if (!packs.has(file)) packs.set(file, fetched(file).then((answer) => answer.json()));
  return (await packs.get(file))?.[number % each];
}

/** @type {any} */
let pagefind = null;
/** @type {Map<string, string>} */
const groups = new Map();
let tag = "";
let loading = Promise.resolve();

/** @param {{ key: string, drawn?: string, group: string, packed: number }[]} parts */
async function load(parts) {
  const others = parts.filter(({ key }) => !groups.has(key));
  if (others.length) holding.clear();
  for (const part of others) {
    groups.set(part.key, part.group);
    packed.set(part.key, { drawn: part.drawn ?? part.key, each: part.packed });
  }
  if (!pagefind && others.length) {
    const { key } = /** @type {{ key: string }} */ (others.shift());
    const program = await import(`${FOLDER}pagefind.js`);
    // Pagefind asks the page which language it is in; here is no page.
    Object.assign(self, { document: { querySelector: () => ({ getAttribute: () => key }) } });
    pagefind = program.createInstance({ basePath: FOLDER, baseUrl: "/", noWorker: true, ranking: RANKING, metaCacheTag: tag });
    await pagefind.init();
  }
  // Another way to write the same folder: Pagefind joins no index to itself.
  await Promise.all(others.map(({ key }) => pagefind.mergeIndex(`${FOLDER}./`, { language: key, ranking: RANKING, metaCacheTag: tag })));
}

/** @param {string | null} form @param {Record<string, string[]>} narrowed */
function ask(form, narrowed) {
  const filters = Object.fromEntries(Object.entries(narrowed).map(([name, values]) => [name, { any: values }]));
  return pagefind.search(form, { filters });
}

/** The part that a result comes from. @param {{ id: string }} result */
const partOf = ({ id }) => id.slice(0, id.lastIndexOf("_"));

/** Its group. @param {{ id: string }} result */
const groupOf = (result) => groups.get(partOf(result)) ?? "";

/** The parts of which some record has a word, as far as they are loaded. @type {Map<string, Set<string>>} */
const holding = new Map();

/**
 * What each form of the query asks for. Pagefind passes over a word that a part does not hold, as if it were not asked
 * for: so a form is looked for only in the parts of which some record has each of its words.
 *
 * @typedef {{ form: string | null, narrowed: Record<string, string[]>, held: string[] | null }} Asked  In which parts.
 * @param {{ forms: { form: string, checked: string[] }[], narrowed: Record<string, string[]> }} query
 * @returns {Promise<Asked[]>}
 */
async function asked({ forms, narrowed }) {
  if (!forms.length) return [{ form: null, narrowed, held: null }];
  for (const word of forms.flatMap(({ checked }) => checked)) {
    if (!holding.has(word)) holding.set(word, new Set((await ask(`"${word}"`, {})).results.map(partOf)));
  }
  return forms.flatMap(({ form, checked }) => {
    if (!checked.length) return [{ form, narrowed, held: null }];
    const held = [...groups.keys()].filter((part) => checked.every((word) => holding.get(word)?.has(part)));
    return held.length ? [{ form, narrowed, held }] : [];
  });
}

/** What is found in any form of the query, each once. @param {Asked[]} forms */
async function find(forms) {
  const best = new Map();
  const answers = await Promise.all(forms.map(async (form) => /** @type {const} */ ([form.held, (await ask(form.form, form.narrowed)).results])));
  for (const [held, results] of answers) {
    for (const result of results) {
      const known = best.get(result.id);
      if ((!held || held.includes(partOf(result))) && (!known || known.score < result.score)) best.set(result.id, result);
    }
  }
  return [...best.values()].sort((one, other) => other.score - one.score);
}

/** @param {any} result @param {string} group @param {any} query */
async function drawn(result, group, query) {
  const { url, content, meta, filters } = await record(result);
  const [quoted, said = ""] = content.split(NOTE);
  const own = excerpt(quoted, query.words, query.phrases);
  const note = excerpt(said, query.words, query.phrases);
  const words = (meta.names ?? "").split(" ").concat(meta.self ?? []);
  const drawnBeside = excerpt([meta.title, meta.also, meta.value, meta.date].filter(Boolean).join(" · "), query.words, query.phrases);
  const isNamed = query.hidden.some((/** @type {string} */ word) => words.includes(word));
  return {
    id: result.id,
    group,
    hits: own.hits + note.hits + drawnBeside.hits + Number(isNamed) + Number(query.exact),
    score: result.score,
    url,
    meta,
    filters,
    words,
    quoted: own.stretches,
    said: (note.hits && !(group === "articles" && own.hits)) || !quoted ? note.stretches : [],
    summary: group === "articles" && !own.hits && note.hits > 0,
  };
}

/**
 * The types of what is in these parts, as far as the query is not narrowed to others. Only where results are counted
 * are groups told to Pagefind, which reads a file of every part for it.
 *
 * @param {string[] | null} held @param {Record<string, string[]>} narrowed
 */
function typesOf(held, narrowed) {
  return held && [...new Set(held.map((part) => groups.get(part) ?? ""))].flatMap((group) => TYPES[group]).filter((type) => !narrowed.type || narrowed.type.includes(type));
}

/**
 * How often each value of each facet is found in one form or another; what two forms find is counted once.
 *
 * @param {Asked[]} forms
 */
async function counted(forms) {
  await pagefind.filters();
  const typed = forms.map(({ form, narrowed, held }) => ({ form, types: typesOf(held, narrowed), narrowed }));
  const [one, other] = typed;
  /** @type {[number, typeof typed[0]][]} */
  const signed = typed.map((form) => [1, form]);
  if (other) {
    const types = one.types && other.types ? one.types.filter((type) => other.types?.includes(type)) : (one.types ?? other.types);
    signed.splice(2);
    signed.push([-1, { ...one, form: `${one.form} ${other.form}`, types }]);
  }
  /** @type {Record<string, Record<string, number>>} */
  const counts = {};
  for (const [sign, { form, narrowed, types }] of signed) {
    if (types && !types.length) continue;
    const { filters } = await ask(form, types ? { ...narrowed, type: types } : narrowed);
    for (const [name, values] of Object.entries(filters)) {
      counts[name] ??= {};
      for (const [value, count] of Object.entries(values)) counts[name][value] = (counts[name][value] ?? 0) + sign * count;
    }
  }
  return counts;
}

/** @param {any} query */
async function search(query) {
  await load(query.parts);
  if (query.warm) return null;
  // What is looked for is on its way while its words are checked.
  for (const { form } of query.forms) pagefind.preload(form).catch(() => {});
  const forms = await asked(query);
  const results = await find(forms);
  const met = new Set(results.map((result) => result.id));
  const alone = query.alone.map((/** @type {string} */ form) => ({ form, narrowed: query.narrowed, held: null }));
  const bearers = (await find(alone)).filter((result) => result.matchedMetaFields?.includes("self") && !met.has(result.id));
  /** @type {Record<string, any[]>} */
  const held = {};
  for (const result of [...bearers, ...results]) (held[groupOf(result)] ??= []).push(result);
  const told = Object.entries(held).map(async ([group, own]) => {
    const shown = own.slice(0, query.most[group] ?? 0);
    const items = await Promise.all(shown.map((result) => drawn(result, group, query)));
    // Pagefind finds the beginning of a word where it knows no longer one: that is not what was asked for.
    const meant = items.filter((item) => item.hits || !query.forms.length);
    const offered = group === "names" ? bearers.length : 0;
    return [group, { count: own.length - offered - items.length + meant.length, items: meant }];
  });
  return {
    groups: Object.fromEntries((await Promise.all(told)).filter(([, { items }]) => items.length)),
    counts: query.counted ? await counted(forms) : null,
  };
}

/** The queries that nobody waits for any more. @type {Set<number>} */
const dropped = new Set();

self.addEventListener("message", ({ data: { id, query } }) => {
  if (!query) {
    dropped.add(id);
    return;
  }
  tag = query.tag;
  // One after the other, so that no part is loaded twice.
  loading = loading.then(async () => {
    // What was dropped while another was looked for is told only now.
    await new Promise((resolve) => setTimeout(resolve));
    if (dropped.delete(id)) return;
    try {
      self.postMessage({ id, found: await search(query) });
    } catch (error) {
      self.postMessage({ id, error: String(error) });
    }
  });
});
