/* Notes beside their lines: as near to them as order and one another allow, and the open one level with its line. */

/** @typedef {import("./notes.js").Notes} Notes */

export const WIDE = "(min-width: 60em)";
const GAP = 10;
const FIRM = 1e9;
const CROWDED = 1.1;
const FEW = 6;

/**
 * Where to put notes that want to be at `wanted` and are `heights` high: none over another, in order, and with the least
 * sum of squared distances; `open` stays where it wants to be, and what then stands above `top` has no room.
 *
 * Pooling adjacent violators: notes that would overlap are joined into a block, which goes to the mean of what its notes want.
 * @param {number[]} wanted
 * @param {number[]} heights
 * @param {number} open - the index of the open note, or -1
 * @param {number} top
 * @returns {number[]}
 */
export function pack(wanted, heights, open = -1, top = 0) {
  /** @type {{sum: number, weight: number, count: number}[]} */
  const blocks = [];
  let above = 0;
  const offsets = heights.map((height) => (above += height + GAP) - height - GAP);
  wanted.forEach((want, index) => {
    const weight = index === open ? FIRM : 1;
    let block = { sum: (want - offsets[index]) * weight, weight, count: 1 };
    for (let last = blocks.at(-1); last && last.sum / last.weight >= block.sum / block.weight; last = blocks.at(-1)) {
      blocks.pop();
      block = { sum: last.sum + block.sum, weight: last.weight + block.weight, count: last.count + block.count };
    }
    blocks.push(block);
  });
  const lowest = open < 0 ? top : -Infinity;
  const shifts = blocks.flatMap(({ sum, weight, count }) => Array(count).fill(Math.max(sum / weight, lowest)));
  return offsets.map((offset, index) => Math.round(offset + shifts[index]));
}

/**
 * Keeps the notes in the margin in place; returns what places them anew.
 * @param {Notes} notes
 * @param {AbortSignal} signal
 */
export function beside(notes, signal) {
  const { article } = notes;
  const wide = matchMedia(WIDE);
  let placed = "";
  const place = () => {
    if (wide.matches) spread(notes);
    else gather(notes);
    placed = sizes(article);
  };
  wide.addEventListener("change", () => notes.changed(), { signal });
  const observer = new ResizeObserver(() => wide.matches && sizes(article) !== placed && place());
  for (const child of article.children) if (!child.matches(".ab-notes")) observer.observe(child);
  signal.addEventListener("abort", () => observer.disconnect());
  if (document.fonts?.status === "loading") document.fonts.ready.then(() => signal.aborted || place());
  // Nothing glides before the reader has done something.
  for (const act of ["pointerdown", "keydown"])
    window.addEventListener(act, () => article.classList.add("ab-moving"), { signal, once: true });
  return place;
}

/** @param {Notes} notes */
function spread(notes) {
  const { article } = notes;
  const all = notes.shown;
  for (const { item } of notes.list) item.classList.toggle("ab-compact", all.some((note) => note.item === item));
  article.classList.toggle("ab-spread", all.length > 0);
  const origin = article.getBoundingClientRect().top;
  const wanted = all.map(({ marks, ref }) => ((marks[0] ?? ref).getClientRects()[0]?.top ?? origin) - origin);
  article.classList.remove("ab-dense");
  const height = () => all.reduce((sum, { item }) => sum + item.offsetHeight + GAP, 0);
  article.classList.toggle("ab-dense", all.length > FEW && height() > (textEnd(article) - Math.min(...wanted)) * CROWDED);
  const heights = all.map(({ item }) => item.offsetHeight);
  const tops = pack(wanted, heights, all.indexOf(notes.open), Math.min(...wanted));
  all.forEach(({ item }, index) => {
    item.style.top = `${tops[index]}px`;
    item.classList.toggle("ab-tucked", tops[index] < 0);
  });
  const bottom = all.length ? tops.at(-1) + heights.at(-1) : 0;
  article.style.minHeight = `${Math.ceil(bottom) + 2 * GAP}px`;
}

/** What tells whether a line may have moved: an observer also calls when it begins. @param {HTMLElement} article */
function sizes(article) {
  return [article.clientWidth, ...[...article.children].map((child) => child.offsetHeight)].join(" ");
}

/** Where the text ends, from the top of the article. @param {HTMLElement} article */
function textEnd(article) {
  const after = article.querySelector(":scope > .ab-notes");
  return after ? after.offsetTop : article.offsetHeight;
}

/** Puts the notes back into their list. @param {Notes} notes */
function gather(notes) {
  notes.article.classList.remove("ab-spread");
  notes.article.style.minHeight = "";
  for (const { item } of notes.list) {
    item.classList.remove("ab-compact", "ab-tucked");
    item.style.top = "";
  }
}
