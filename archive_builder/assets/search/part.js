/**
 * One part of the index: loads it, and asks Pagefind's program what stands in it.
 *
 * Each part is asked by itself rather than all of them at once, so that a query can be let go between two, a part is not
 * asked for what it does not hold, and what is counted is what is found.
 *
 * @typedef {{ key: string, table: string, piece: number, group: string, place: number, rules: string, letters: string[] }} Told
 *   What is told of a part: the table of contents, and which of the pieces in each of its files; its place among all, the rules of its language, and what is a letter besides letters.
 * @typedef {{ id: string, score: number, matchedMetaFields?: string[] }} Result
 */

import { filesOf, tableOf } from "./table.js";

const encoder = new TextEncoder();
const FOLDER = new URL("../../pagefind/", import.meta.url).href;
/** What a word counts for by where it stands; the hidden word of a name's own record puts that record first. */
const RANKING = { metaWeights: { title: 6, also: 4, self: 60, names: 1.5, value: 2, date: 0.2 }, diacriticSimilarity: 0.3 };
/** What no record can be narrowed to: the records with a word are counted then, and none is ranked, which takes long. */
const NOTHING = { nothing: ["of this"] };

/** As in chunking.py: how many bytes tell how long a piece is, and how many letters words have in common that belong together. */
const SIZE = 4;
const ALIKE = 4;
/** So many files are loaded for the beginning of a word. */
const FILES_BEGUN = 4;

/** Pagefind's index of one part, of which all share the rules. @type {Promise<any> | null} */
let program = null;

/** @param {string} url */
async function fetched(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`A file of the index is missing (${answer.status}).`);
  return answer;
}

/** @param {string} tag */
async function started(tag) {
  const { PagefindInstance } = await import(`${FOLDER}pagefind.js?${tag}`);
  /** @type {Promise<void> | null} */
  let rules = null;
  /** @type {Map<string, Promise<import("./table.js").Table>>} */
  const tables = new Map();
  /** @type {Map<string, Promise<Uint8Array>>} */
  const files = new Map();
  return class extends PagefindInstance {
    /** @param {Told} told */
    constructor(told) {
      super({ basePath: FOLDER, baseUrl: "/", ranking: RANKING });
      this.told = told;
      this.includeCharacters = told.letters;
      /** @type {Uint8Array[]} */
      this.words = [];
    }

    /** Pagefind's own list of parts says nothing that the manifest does not. */
    async loadEntry() {}

    findIndex() {
      return { hash: this.told.key, wasm: this.told.rules };
    }

    /** @param {string} key */
    async loadMeta(key) {
      const { table } = this.told;
      if (!tables.has(table)) tables.set(table, fetched(`${FOLDER}table/${table}.json?${tag}`).then((answer) => answer.json()));
      this.table = await tables.get(table);
      this.searchMeta = tableOf(key, this.told, this.table);
    }

    /** What failed is tried again when it is next asked for. @param {string} name */
    async loadChunk(name) {
      try {
        await super.loadChunk(name);
      } catch (error) {
        delete this.loaded_chunks[name];
        files.clear();
        throw error;
      }
    }

    /** A file of words, or where parts share it this one's piece. @param {string} url @param {string} method */
    async _loadGenericChunk(url, method) {
      if (method !== "load_index_chunk") return super._loadGenericChunk(url, method);
      if (!files.has(url)) files.set(url, fetched(url).then(async (answer) => this.decompress(new Uint8Array(await answer.arrayBuffer()), url)));
      const words = pieceOf(await files.get(url), this.told.piece, this.table.parts.length);
      const at = await this.getPtr();
      if (!words.length) return undefined;
      this.raw_ptr = this.backend[method](at, words);
      this.words.push(words);
      return undefined;
    }

    /** Whether a word that is loaded begins so. @param {string} beginning */
    begins(beginning) {
      const letters = encoder.encode(beginning);
      return this.words.some((/** @type {Uint8Array} */ words) => hasText(words, letters));
    }

    /** Load the files of all words with this beginning, as far as they are few. @param {string} begun */
    async begin(begun) {
      await Promise.all(filesOf(begun, this.told.table, this.table).slice(0, FILES_BEGUN).map((file) => this.loadChunk(file)));
    }

    /** @param {string} language */
    loadWasm(language) {
      return (rules ??= super.loadWasm(language));
    }
  };
}

/** One part's piece of a file; before all pieces stands how long each is. @param {Uint8Array} data @param {number} piece @param {number} pieces */
function pieceOf(data, piece, pieces) {
  if (pieces === 1) return data;
  const view = new DataView(data.buffer, data.byteOffset);
  let start = SIZE * pieces;
  for (let number = 0; number < piece; number += 1) start += view.getUint32(SIZE * number);
  return data.subarray(start, start + view.getUint32(SIZE * piece));
}

/** What a text of up to 23, 255 or 65,535 bytes begins with in CBOR. */
const TEXTS = [0x60, 0x78, 0x79];

/**
 * Whether in these bytes, which are texts and numbers, a text begins so: two letters after what a text begins with are
 * none by chance.
 *
 * @param {Uint8Array} data @param {Uint8Array} letters
 */
function hasText(data, letters) {
  for (let at = data.indexOf(letters[0], 1); at > 0; at = data.indexOf(letters[0], at + 1)) {
    const isText = TEXTS[0] < data[at - 1] && data[at - 1] < TEXTS[1] || data[at - 2] === TEXTS[1] || data[at - 3] === TEXTS[2];
    if (isText && letters.every((letter, number) => data[at + number] === letter)) return true;
  }
  return false;
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
      const index = new (await program)(told);
      await index.init(told.key, { load_wasm: true });
      return new Part(told, index);
    } catch (error) {
      program = null;
      throw error;
    }
  }

  /** Load what a form of the query needs. @param {import("./worker.js").Form} form */
  async load({ form, begun }) {
    if (begun && begun.length >= ALIKE) await this.index.begin(begun);
    if (form) await this.index.preload(form);
  }

  /**
   * @param {string | null} form @param {Record<string, string[]>} narrowed
   * @returns {Promise<{ results: Result[], filters: Record<string, Record<string, number>> }>}
   */
  ask(form, narrowed) {
    const filters = Object.fromEntries(Object.entries(narrowed).map(([name, values]) => [name, { any: values }]));
    return this.index.search(form, { filters });
  }

  /**
   * Whether some record has the word that is typed last: it, another that begins with it, or one that it may become.
   *
   * @param {import("./worker.js").Form} form
   */
  async mayHave({ begun, beginning }) {
    return !begun || (await this.has(begun)) || this.index.begins(beginning);
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
