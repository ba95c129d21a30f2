/* What the form knows of the archive: fetched once, when the form is first opened. */

/**
 * @typedef {object} Known
 * @property {{repository?: string, branch: string, github?: boolean, schema?: string, guide?: string, contact?: string}} site
 * @property {Map<string, object>} claims
 * @property {Record<string, string>} events
 * @property {Map<string, object>} speakers
 * @property {Record<string, string[]>} articles
 * @property {Map<string, object> | null} passages - fetched only when another annotation is looked for
 */

/** @type {Promise<Known> | null} */
let asked = null;

/** @returns {Promise<Known>} */
export function known() {
  asked ??= fetched("archive.json").then((held) => ({
    ...held,
    claims: byId(held.claims),
    speakers: byId(held.speakers),
    passages: null,
  }));
  // What failed once may be asked for again.
  asked.catch(() => (asked = null));
  return asked;
}

/** The archive's annotations, by ARTICLE/NAME. @param {Known} held */
export async function passages(held) {
  held.passages ??= byId(await fetched("passages.json"));
  return held.passages;
}

/** The address of a page of the site. @param {string} path */
export const page = (path) => new URL(`../../${path}`, import.meta.url).href;

async function fetched(name) {
  const answer = await fetch(new URL(name, import.meta.url));
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.json();
}

function byId(records) {
  return new Map(records.map((record) => [record.id, record]));
}
