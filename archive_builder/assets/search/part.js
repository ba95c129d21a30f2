/**
 * One part of the index: loads it, and asks Pagefind's program what stands in it.
 *
 * Each part is asked by itself rather than all of them at once, so that a query can be let go between two, a part is not
 * asked for what it does not hold, and what is counted is what is found.
 *
 * @typedef {{ key: string, group: string, place: number }} Told  What is told of a part; its place is that among all.
 * @typedef {{ id: string, score: number, matchedMetaFields?: string[] }} Result
 */

const FOLDER = new URL("../../pagefind/", import.meta.url).href;
/** What a word counts for by where it stands; the hidden word of a name's own record puts that record first. */
const RANKING = { metaWeights: { title: 6, also: 4, self: 60, names: 1.5, value: 2, date: 0.2 }, diacriticSimilarity: 0.3 };
/** What no record can be narrowed to: the records with a word are counted then, and none is ranked, which takes long. */
const NOTHING = { nothing: ["of this"] };

/** Pagefind's index of one part, of which all share the rules and the list of parts. @type {Promise<any> | null} */
let program = null;

/** @param {string} tag */
async function started(tag) {
  const { PagefindInstance } = await import(`${FOLDER}pagefind.js?${tag}`);
  /** @type {Promise<void> | null} */
  let rules = null;
  /** @type {Promise<any> | null} */
  let entry = null;
  return class extends PagefindInstance {
    /** @param {string} language */
    loadWasm(language) {
      return (rules ??= super.loadWasm(language));
    }

    async loadEntry() {
      entry ??= super.loadEntry().then(() => ({ languages: this.languages, includeCharacters: this.includeCharacters }));
      Object.assign(this, await entry);
    }
  };
}

export class Part {
  /** @param {Told} told @param {any} index */
  constructor({ group, place }, index) {
    this.group = group;
    this.place = place;
    this.index = index;
    /** @type {Map<string, Promise<boolean>>} */
    this.held = new Map();
  }

  /** @param {Told} told @param {string} tag */
  static async open(told, tag) {
    program ??= started(tag);
    try {
      const index = new (await program)({ basePath: FOLDER, baseUrl: "/", ranking: RANKING, metaCacheTag: tag });
      await index.init(told.key, { load_wasm: true });
      return new Part(told, index);
    } catch (error) {
      program = null;
      throw error;
    }
  }

  /** Begin to load what a form of the query needs. @param {string} form */
  preload(form) {
    this.index.preload(form).catch(() => {});
  }

  /**
   * @param {string | null} form @param {Record<string, string[]>} narrowed
   * @returns {Promise<{ results: Result[], filters: Record<string, Record<string, number>> }>}
   */
  ask(form, narrowed) {
    const filters = Object.fromEntries(Object.entries(narrowed).map(([name, values]) => [name, { any: values }]));
    return this.index.search(form, { filters });
  }

  /** Whether some record has each of these words. @param {string[]} words */
  async holds(words) {
    return (await Promise.all(words.map((word) => this.has(word)))).every(Boolean);
  }

  /** @param {string} word */
  has(word) {
    if (!this.held.has(word)) this.held.set(word, this.index.search(`"${word}"`, { filters: NOTHING }).then((/** @type {any} */ { unfilteredResultCount }) => unfilteredResultCount > 0));
    return /** @type {Promise<boolean>} */ (this.held.get(word));
  }

  /** Have values counted from now on: a file for each of what the part can be narrowed by. */
  async countable() {
    await this.index.filters();
  }
}
