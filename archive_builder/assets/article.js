/* Brings an article's page to life: once for each page shown, also where Material exchanges pages without loading them. */

import { annotating } from "./article/annotate.js";
import { copyButtons } from "./article/copy.js";
import { filters } from "./article/filter.js";
import { inPlace } from "./article/inplace.js";
import { keys } from "./article/keys.js";
import { beside } from "./article/margin.js";
import { Notes } from "./article/notes.js";
import { openForPrint } from "./article/print.js";

/** Ends everything that the page before has begun. @type {AbortController} */
let page = new AbortController();

function arrive() {
  page.abort();
  page = new AbortController();
  const head = document.querySelector(".ab-article-head");
  const article = head?.parentElement;
  if (!(head instanceof HTMLElement) || !article) return;
  copyButtons(article);
  annotating(article, head, page.signal);
  openForPrint(article, page.signal);
  const notes = new Notes(article, page.signal);
  const places = [beside(notes, page.signal), inPlace(notes, page.signal)];
  notes.onChange(() => places.forEach((place) => place()));
  filters(notes, page.signal);
  keys(notes, page.signal);
  article.classList.add("ab-ready");
  notes.follow(location.hash);
}

if (typeof document$ === "object") document$.subscribe(arrive);
else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", arrive);
else arrive();
