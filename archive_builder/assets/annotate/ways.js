/* The ways out: to GitHub's page for a new file, to an issue, by mail, to the clipboard, to a file. */

// Longer addresses are refused or cut on the way, by servers and by mail programs.
export const ADDRESS_BYTES = 4500;
const MAIL_BYTES = 1900;

/** @typedef {{url: string, isWhole: boolean}} Way - whether the text fits into the address */

/**
 * GitHub's page for a new file. The whole path is its name: the last folder of the address is forgotten there.
 * @param {string} base - the repository's page
 * @param {import("./record.js").MadeFile} file
 * @returns {Way}
 */
export function newFile(base, branch, { path, text }) {
  const place = branch.split("/").map(encodeURIComponent).join("/");
  const empty = `${base}/new/${place}?filename=${encodeURIComponent(path)}`;
  return whole(`${empty}&value=${encodeURIComponent(text)}`, empty, ADDRESS_BYTES);
}

/** Where a pull request was begun, as GitHub shows it: `name:branch` on a copy, `branch` on the repository itself. */
export function begun(repository, typed) {
  const match = /^\s*(?:([A-Za-z0-9-]+):)?([\w./-]+)\s*$/.exec(typed);
  if (!match) return null;
  const [, name, branch] = match;
  return { base: name ? repository.replace(/\/\/([^/]+)\/[^/]+\//, `//$1/${name}/`) : repository, branch };
}

/**
 * GitHub's form for an issue, filled in.
 * @param {import("./record.js").MadeFile[]} files
 * @returns {Way}
 */
export function issue(repository, title, files) {
  const about = `${repository}/issues/new?template=annotation.yml&title=${encodeURIComponent(title)}`;
  const name = `&path=${encodeURIComponent(files.at(-1).path)}`;
  return whole(`${about}${name}&file=${encodeURIComponent(together(files))}`, about + name, ADDRESS_BYTES);
}

/** A letter to the editors. @returns {Way} */
export function letter(contact, title, files) {
  const about = `${contact}?subject=${encodeURIComponent(title)}`;
  const lines = under(files).replace(/\n/g, "\r\n");
  return whole(`${about}&body=${encodeURIComponent(lines)}`, about, MAIL_BYTES);
}

/** Several files in one text, each below its path. @param {import("./record.js").MadeFile[]} files */
export function together(files) {
  return files.length === 1 ? files[0].text : under(files);
}

function under(files) {
  return files.map(({ path, text }) => `# ${path}\n${text}`).join("\n");
}

/** @returns {Promise<boolean>} */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Saves each file under its own name. @param {import("./record.js").MadeFile[]} files */
export function download(files) {
  for (const { path, text } of files) {
    const url = URL.createObjectURL(new Blob([text], { type: "text/yaml" }));
    const link = document.createElement("a");
    Object.assign(link, { href: url, download: path.split("/").at(-1) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }
}

function whole(full, empty, most) {
  // What is percent-encoded is ASCII, so that a character is a byte.
  const isWhole = full.length <= most;
  return { url: isWhole ? full : empty, isWhole };
}
