/**
 * A part's table of contents as Pagefind's program reads it: a list in CBOR (RFC 8949), made of what cannot be counted.
 *
 * @typedef {{ version: string, ends: string[], parts: { lengths: number[], filters: [string, string][], fields: string[] }[] }} Table
 *   From which word to which each file has them; and of each part that has a piece in each file how many words its records
 *   have, the file of each filter, and the fields.
 */

const TEXT = 3;
const LIST = 4;
const encoder = new TextEncoder();

/** @param {string} key @param {{ table: string, piece: number }} where @param {Table} table @returns {Uint8Array} */
export function tableOf(key, { table: file, piece }, { version, ends, parts }) {
  const { lengths, filters, fields } = parts[piece];
  const records = lengths.map((length, number) => [name(key, number), length]);
  const files = Array.from({ length: ends.length / 2 }, (_, number) => [ends[2 * number], ends[2 * number + 1], name(file, number)]);
  /** @type {number[]} */
  const out = [];
  put([version, records, files, filters, [], fields], out);
  return Uint8Array.from(out);
}

/**
 * The files that have words with this beginning: it need not be a word of the index.
 *
 * @param {string} begun @param {string} file @param {Table} table @returns {string[]}
 */
export function filesOf(begun, file, { ends }) {
  const found = [];
  for (let number = 0; number < ends.length / 2; number += 1) {
    // The ends are told only as far as they differ from those beside them.
    const [first, last] = [ends[2 * number], ends[2 * number + 1]].map((end) => end.slice(0, begun.length));
    if (first <= begun && begun <= last) found.push(name(file, number));
  }
  return found;
}

/** What the record or the file of this number is called. @param {string} key @param {number} number */
const name = (key, number) => `${key}_${number.toString(16)}`;

/** @param {any} value  A text, a whole number from zero, or a list of such. @param {number[]} out */
function put(value, out) {
  if (typeof value === "number") return head(0, value, out);
  if (typeof value !== "string") {
    head(LIST, value.length, out);
    for (const each of value) put(each, out);
    return undefined;
  }
  const letters = encoder.encode(value);
  head(TEXT, letters.length, out);
  for (const letter of letters) out.push(letter);
  return undefined;
}

/** What a value begins with: its kind, and the number itself or how long it is. @param {number} kind @param {number} number @param {number[]} out */
function head(kind, number, out) {
  const first = kind << 5;
  if (number < 24) return void out.push(first | number);
  const size = number < 1 << 8 ? 1 : number < 1 << 16 ? 2 : 4;
  out.push(first | (23 + [1, 2, 4].indexOf(size) + 1));
  for (let shift = 8 * (size - 1); shift >= 0; shift -= 8) out.push((number >>> shift) & 0xff);
  return undefined;
}
