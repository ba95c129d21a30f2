/**
 * Searches beside the page, in one language's rules: loads Pagefind and the parts of the index that are asked for.
 *
 * The parts lie in one folder, each under a language of its own, so that all of them share one program and one set of
 * rules. Pagefind ranks; what is found is put into its group by the part it comes from.
 */

import { excerpt } from "./excerpt.js";

const FOLDER = new URL("../../pagefind/", import.meta.url).href;
const NOTE = " ¶ ";
/** What a word counts for by where it stands; the hidden word of a name's own record puts that record first. */
const RANKING = { metaWeights: { title: 6, also: 4, self: 60, names: 1.5, value: 2, date: 0.2 }, diacriticSimilarity: 0.3 };

/** @type {any} */
let pagefind = null;
/** @type {Map<string, string>} */
const groups = new Map();
let tag = "";
let loading = Promise.resolve();

/** @param {{ key: string, group: string }[]} parts */
async function load(parts) {
  for (const part of parts.filter(({ key }) => !groups.has(key))) {
    groups.set(part.key, part.group);
    if (pagefind) {
      // Another way to write the same folder: Pagefind joins no index to itself.
      await pagefind.mergeIndex(`${FOLDER}./`, { language: part.key, ranking: RANKING, metaCacheTag: tag });
    } else {
      const program = await import(`${FOLDER}pagefind.js`);
      // Pagefind asks the page which language it is in; here is no page.
      Object.assign(self, { document: { querySelector: () => ({ getAttribute: () => part.key }) } });
      pagefind = program.createInstance({ basePath: FOLDER, baseUrl: "/", noWorker: true, ranking: RANKING, metaCacheTag: tag });
      await pagefind.init();
    }
  }
}

/**
 * What is found in either form of the query, each once.
 *
 * @param {string[]} forms @param {Record<string, string[]>} narrowed
 */
async function find(forms, narrowed) {
  const filters = Object.fromEntries(Object.entries(narrowed).map(([name, values]) => [name, { any: values }]));
  const answers = await Promise.all((forms.length ? forms : [null]).map((form) => pagefind.search(form, { filters })));
  const best = new Map();
  for (const answer of answers) {
    for (const result of answer.results) {
      const known = best.get(result.id);
      if (!known || known.score < result.score) best.set(result.id, result);
    }
  }
  return { results: [...best.values()].sort((one, other) => other.score - one.score), answers };
}

/** @param {any} result @param {string} group @param {any} query */
async function drawn(result, group, query) {
  const { raw_url: url, content, meta, filters } = await result.data();
  const [quoted, said = ""] = content.split(NOTE);
  const own = excerpt(quoted, query.words, query.phrases);
  const note = excerpt(said, query.words, query.phrases);
  return {
    id: result.id,
    group,
    score: result.score,
    url,
    meta,
    filters,
    words: (meta.names ?? "").split(" ").concat(meta.self ?? []),
    quoted: own.stretches,
    said: note.hits || !quoted ? note.stretches : [],
    summary: group === "articles" && !own.hits && note.hits > 0,
  };
}

/** How often each value of each facet is found in one form or the other: those in both are counted once. @param {any} query */
async function counted(query) {
  await pagefind.filters();
  const { forms, narrowed } = query;
  const all = forms.length > 1 ? [forms[0], forms[1], `${forms[0]} ${forms[1]}`] : forms;
  const answers = await Promise.all(all.map((/** @type {string} */ form) => find([form], narrowed)));
  if (!forms.length) answers.push(await find([], narrowed));
  /** @type {Record<string, Record<string, number>>} */
  const counts = {};
  answers.forEach(({ answers: [answer] }, index) => {
    const sign = index === 2 ? -1 : 1;
    for (const [name, values] of Object.entries(answer.filters)) {
      for (const [value, count] of Object.entries(values)) {
        counts[name] ??= {};
        counts[name][value] = (counts[name][value] ?? 0) + sign * /** @type {number} */ (count);
      }
    }
  });
  return counts;
}

/** @param {any} query */
async function search(query) {
  await load(query.parts);
  const { results } = await find(query.forms, query.narrowed);
  const named = query.alone.length && [...groups.values()].includes("names") ? await find(query.alone, query.narrowed) : { results: [] };
  const met = new Set(results.map((result) => result.id));
  const bearers = named.results.filter((result) => result.matchedMetaFields?.includes("self"));
  results.unshift(...bearers.filter((result) => !met.has(result.id)));
  /** @type {Record<string, any[]>} */
  const held = {};
  for (const result of results) {
    const group = groups.get(result.id.slice(0, result.id.lastIndexOf("_"))) ?? "";
    (held[group] ??= []).push(result);
  }
  const told = Object.entries(held).map(async ([group, own]) => {
    const shown = own.slice(0, query.most[group] ?? 0);
    return [group, { count: own.length, items: await Promise.all(shown.map((result) => drawn(result, group, query))) }];
  });
  return { groups: Object.fromEntries(await Promise.all(told)), counts: query.counted ? await counted(query) : null };
}

self.addEventListener("message", ({ data: { id, query } }) => {
  tag = query.tag;
  // One after the other, so that no part is loaded twice; a query that nobody waits for any more is cheap to skip.
  loading = loading.then(async () => {
    try {
      self.postMessage({ id, found: await search(query) });
    } catch (error) {
      self.postMessage({ id, error: String(error) });
    }
  });
});
