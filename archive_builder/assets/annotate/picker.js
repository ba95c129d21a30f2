/* A field that finds one of many as it is typed into: with the pointer, with the arrow keys, and for those who hear the page. */

import { el, unique } from "./dom.js";

/** @typedef {{id: string, name: string, detail?: string, group?: string, words: string}} Option */

const SHOWN = 60;

/** The form in which words are compared: without case and accents, in any script. @param {string} text */
export function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Options that are made once for each thing they depend on, as there may be many. @param {() => Option[]} make */
export function remembered(make) {
  let made = null;
  let about = null;
  return (key) => {
    if (made === null || about !== key) made = make();
    about = key;
    return made;
  };
}

/**
 * The options that hold every word that was typed: those that begin with it first, else in the order they came in.
 * @param {Option[]} options
 * @param {string} typed
 */
export function matching(options, typed) {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  if (!words.length) return options;
  const rank = ({ words: held }) => (words.every((word) => ` ${held}`.includes(` ${word}`)) ? 0 : 1);
  const found = options.filter(({ words: held }) => words.every((word) => held.includes(word)));
  return found.map((option, index) => [rank(option), index, option]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([, , option]) => option);
}

/**
 * @param {{placeholder: string, options: () => Option[] | Promise<Option[]>, choose: (id: string) => void, extra?: (typed: string) => Option | null}} given
 *   `extra` is one more option at the end, like that of making a new one
 */
export function picker({ placeholder, options, choose, extra }) {
  const list = el("div", { role: "listbox", class: "ab-form-options", id: unique("list"), hidden: true, tabindex: -1 });
  const said = el("p", { class: "ab-hidden", role: "status" });
  const input = el("input", {
    type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", placeholder, enterkeyhint: "done",
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  });
  /** @type {HTMLElement[]} */
  let shown = [];
  let active = -1;
  let asked = 0;

  function close() {
    asked += 1;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    active = -1;
  }

  async function open() {
    const mine = (asked += 1);
    const all = await options();
    if (mine !== asked) return;
    const found = matching(all, input.value);
    const more = extra?.(input.value.trim());
    render([...found.slice(0, SHOWN), ...(more ? [more] : [])]);
    said.textContent = `${found.length} found`;
    list.setAttribute("aria-label", placeholder);
    list.hidden = !shown.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    list.scrollIntoView?.({ block: "nearest" });
  }

  function render(found) {
    const groups = Map.groupBy?.(found, (option) => option.group ?? "") ?? grouped(found);
    shown = [];
    list.replaceChildren(...[...groups].flatMap(([name, held]) => group(name, held)));
    active = -1;
    input.removeAttribute("aria-activedescendant");
  }

  function group(name, held) {
    const options = held.map((option) => {
      const made = el(
        "div",
        { role: "option", id: unique("option"), "aria-selected": "false", "data-id": option.id, onclick: () => take(option.id) },
        el("span", { class: "ab-form-option" }, option.name),
        option.detail && el("span", { class: "ab-form-detail" }, option.detail),
      );
      shown.push(made);
      return made;
    });
    if (!name) return options;
    const heading = el("div", { class: "ab-form-group", id: unique("group"), role: "presentation" }, name);
    return [el("div", { role: "group", "aria-labelledby": heading.id }, heading, ...options)];
  }

  function take(id) {
    close();
    input.value = "";
    choose(id);
  }

  function move(way) {
    if (list.hidden) return void open();
    shown[active]?.setAttribute("aria-selected", "false");
    active = (active + way + shown.length + (active < 0 && way < 0 ? 1 : 0)) % shown.length;
    shown[active].setAttribute("aria-selected", "true");
    shown[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", shown[active].id);
  }

  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => shown[active] && !list.hidden && take(shown[active].dataset.id),
  };
  input.addEventListener("input", open);
  input.addEventListener("click", open);
  // What is pressed in the list would take the focus from the field, and that would close the list.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      return close();
    }
    if (!(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  });
  return { input, after: el("div", { class: "ab-form-found" }, list, said) };
}

function grouped(found) {
  const groups = new Map();
  for (const option of found) groups.set(option.group ?? "", [...(groups.get(option.group ?? "") ?? []), option]);
  return groups;
}
