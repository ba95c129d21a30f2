/**
 * Sorts and narrows the tables of class `ab-sortable`; what is chosen stands in the address, so that it can be shared.
 *
 * A cell sorts by its `data-sort`, else by its text; a column is named in the address by its `data-key`, else by its
 * place from 1; its `data-first` says which way it is sorted first. Rows are sorted within their tbody; a row of class
 * `ab-group-head` stays on top. A form of class `ab-tools` whose `data-table` is a table's id narrows it: `find` by words
 * (`q` is Material's, which opens its search at it), every other field by the `data-` attribute of its name, whose
 * values are parted by `|`.
 */

const collator = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true, sensitivity: "base" });
const WAYS = { ascending: 1, descending: -1 };
/** A browser refuses more than a hundred changes of the address in half a minute. */
const SETTLES_AFTER = 250;

/** Without case and accents, so that what is easily typed finds what is correctly spelt. @param {string} text */
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** @param {HTMLTableElement} table */
function makeSortable(table) {
  const heads = /** @type {HTMLTableCellElement[]} */ ([...table.tHead.rows[0].cells]);
  const bodies = [...table.tBodies].map((body) => ({ body, rows: [...body.rows].filter((row) => row.className !== "ab-group-head") }));

  /** @param {HTMLTableRowElement} row @param {number} column */
  const keyOf = (row, column) => row.cells[column]?.dataset.sort ?? row.cells[column]?.textContent.trim() ?? "";

  /** What has no value comes last, whichever way. @param {string} one @param {string} other @param {number} way */
  const compare = (one, other, way) => (one === "") - (other === "") || way * collator.compare(one, other);

  /** @param {number} column @param {"ascending" | "descending" | "none"} way */
  function sort(column, way) {
    heads.forEach((head, place) => {
      if (place === column && way !== "none") head.setAttribute("aria-sort", way);
      else head.removeAttribute("aria-sort");
    });
    for (const { body, rows } of bodies) {
      let sorted = rows;
      if (way !== "none") {
        const keyed = rows.map((row) => [keyOf(row, column), row]);
        sorted = keyed.sort(([one], [other]) => compare(one, other, WAYS[way])).map(([, row]) => row);
      }
      const all = document.createDocumentFragment();
      all.append(...sorted);
      body.append(all);
    }
  }

  const nameOf = (place) => heads[place].dataset.key ?? String(place + 1);
  const sorted = () => heads.findIndex((head) => head.hasAttribute("aria-sort"));

  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ab-sort";
    const name = head.textContent.trim();
    if (head.querySelector("a")) {
      button.setAttribute("aria-label", `Sort by ${name}`);
      head.append(" ", button);
    } else {
      button.append(...head.childNodes);
      head.append(button);
    }
    button.addEventListener("click", () => {
      const first = head.dataset.first === "descending" ? "descending" : "ascending";
      const second = first === "ascending" ? "descending" : "ascending";
      const now = head.getAttribute("aria-sort");
      sort(column, now === null ? first : now === first ? second : "none");
      table.dispatchEvent(new CustomEvent("ab-sorted", { bubbles: true }));
    });
  });

  return {
    /** As the address has it: `origins`, or `-origins` for descending. */
    read: () => {
      const place = sorted();
      return place < 0 ? "" : (heads[place].getAttribute("aria-sort") === "descending" ? "-" : "") + nameOf(place);
    },
    /** @param {string} written */
    write: (written) => {
      const place = heads.findIndex((_, each) => nameOf(each) === written.replace(/^-/, ""));
      if (place >= 0) sort(place, written.startsWith("-") ? "descending" : "ascending");
    },
  };
}

/** @param {HTMLTableElement} table @param {HTMLFormElement} form */
function makeNarrow(table, form) {
  const told = /** @type {HTMLElement} */ (form.parentElement.querySelector(".ab-shown"));
  const clear = Object.assign(document.createElement("button"), { type: "button", className: "ab-clear", textContent: "Show all" });
  clear.hidden = true;
  told.after(" ", clear);
  const bodies = [...table.tBodies].map((body) => ({ body, rows: [...body.rows].filter((row) => row.className !== "ab-group-head") }));
  const rows = bodies.flatMap((each) => each.rows);
  const total = parseInt(told.textContent, 10);
  const texts = new Map();
  const textOf = (row) => texts.get(row) ?? texts.set(row, plain(row.textContent)).get(row);
  const keyOf = (row) => row.querySelector("a")?.getAttribute("href");
  form.hidden = false;

  function narrow() {
    const chosen = new Map();
    for (const [name, value] of new FormData(form)) if (value) chosen.set(name, [...(chosen.get(name) ?? []), value]);
    const words = plain((chosen.get("find") ?? []).join(" ")).split(/\s+/).filter(Boolean);
    chosen.delete("find");
    const facets = [...chosen];
    const fits = (row) =>
      facets.every(([name, values]) => (row.dataset[name] ?? "").split("|").some((value) => values.includes(value))) &&
      words.every((word) => textOf(row).includes(word));
    for (const row of rows) row.hidden = !fits(row);
    for (const { body, rows: held } of bodies) body.hidden = held.every((row) => row.hidden);
    const shown = new Set(rows.filter((row) => !row.hidden).map(keyOf)).size;
    const isNarrowed = facets.length > 0 || words.length > 0;
    const noun = total === 1 ? told.dataset.one : told.dataset.other;
    const text = isNarrowed ? `${shown} of ${total} ${noun}` : `${total} ${noun}`;
    if (told.textContent !== text) told.textContent = text;
    clear.hidden = !isNarrowed;
  }

  clear.addEventListener("click", () => {
    form.reset();
    narrow();
    /** @type {HTMLElement} */ (form.elements.namedItem("find")).focus();
    form.dispatchEvent(new Event("change", { bubbles: true }));
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", narrow);

  return {
    read: () => [...new FormData(form)].filter(([, value]) => value !== ""),
    /** @param {URLSearchParams} query */
    write: (query) => {
      for (const field of form.elements) {
        const asked = query.getAll(field.name);
        if (field.type === "checkbox") field.checked = asked.includes(field.value);
        else if (field.name && asked.length) field.value = asked[0];
      }
      narrow();
    },
  };
}

export function start() {
  const tables = [...document.querySelectorAll("table.ab-sortable:not([data-ready])")];
  tables.forEach((table, place) => {
    table.dataset.ready = "";
    const form = table.id ? document.querySelector(`form.ab-tools[data-table="${table.id}"]`) : null;
    const sorting = makeSortable(table);
    const narrowing = form && makeNarrow(table, form);
    const orders = form ? [...form.parentElement.querySelectorAll(".ab-orders a")] : [];
    const sort = place ? `sort-${place + 1}` : "sort";

    const query = new URLSearchParams(location.search);
    if (query.get(sort)) sorting.write(query.get(sort));
    if (narrowing) narrowing.write(query);
    carry();

    /** The other orders keep what the list is narrowed to. */
    function carry() {
      for (const link of orders) link.search = new URLSearchParams(narrowing.read()).toString();
    }

    function remember() {
      if (!table.isConnected) return;
      const url = new URL(location.href);
      if (form) for (const name of new Set([...form.elements].map((field) => field.name).filter(Boolean))) url.searchParams.delete(name);
      for (const [name, value] of narrowing?.read() ?? []) url.searchParams.append(name, value);
      url.searchParams.delete(sort);
      if (sorting.read()) url.searchParams.set(sort, sorting.read());
      if (url.href !== location.href) history.replaceState(history.state, "", url);
      carry();
    }

    let waiting = 0;
    const soon = () => {
      clearTimeout(waiting);
      waiting = setTimeout(remember, SETTLES_AFTER);
    };
    table.addEventListener("ab-sorted", remember);
    form?.addEventListener("input", soon);
    form?.addEventListener("change", remember);
  });
}
