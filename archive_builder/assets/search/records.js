/**
 * Reads what is drawn of a record, as packing.py writes it, and cuts out of it what is shown.
 *
 * @typedef {import("./excerpt.js").Stretch} Stretch
 * @typedef {{ id: string, group: string, score: number, url: string, meta: Record<string, string>,
 *   filters: Record<string, string[]>, quoted: Stretch[], said: Stretch[], summary: boolean, words: string[] }} Item
 * @typedef {{ words: string[], phrases: string[], hidden: string[], exact: boolean }} Sought
 */

import { excerpt } from "./excerpt.js";

const FOLDER = new URL("../../pagefind/record/", import.meta.url).href;
/** Parts what is quoted from what we say of it; what begins with it has lost the space before it. */
const NOTE = /\s*¶\s*/;

/** @type {Map<string, Promise<any[]>>} */
const packs = new Map();

/** The record of a part by its number. @param {import("./asking.js").Part} part @param {number} number @param {string} tag */
async function record({ key, packed }, number, tag) {
  const file = `${FOLDER}${key}-${Math.floor(number / packed)}.json?${tag}`;
  if (!packs.has(file)) {
    const loading = fetch(file).then((answer) => answer.json());
    loading.catch(() => packs.delete(file));
    packs.set(file, loading);
  }
  return (await packs.get(file))?.[number % packed];
}

/**
 * @param {{ id: string, score: number }} result @param {import("./asking.js").Part} part @param {Sought} sought
 * @param {string} tag @returns {Promise<Item & { hits: number }>}
 */
export async function drawn({ id, score }, part, { words, phrases, hidden, exact }, tag) {
  const { group } = part;
  const { url, content, meta, filters } = await record(part, Number.parseInt(id.slice(id.lastIndexOf("_") + 1), 16), tag);
  const [quoted, said = ""] = content.split(NOTE);
  const own = excerpt(quoted, words, phrases);
  const note = excerpt(said, words, phrases);
  const borne = (meta.names ?? "").split(" ").concat(meta.self ?? []);
  const beside = excerpt([meta.title, meta.also, meta.value, meta.date].filter(Boolean).join(" · "), words, phrases);
  const isNamed = hidden.some((word) => borne.includes(word));
  return {
    id,
    group,
    hits: own.hits + note.hits + beside.hits + Number(isNamed) + Number(exact),
    score,
    url,
    meta,
    filters,
    words: borne,
    quoted: own.stretches,
    said: (note.hits && !(group === "articles" && own.hits)) || !quoted ? note.stretches : [],
    summary: group === "articles" && !own.hits && note.hits > 0,
  };
}
