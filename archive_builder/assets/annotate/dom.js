/* Elements from words: texts are always text, never HTML. */

let count = 0;

/** An id like no other of this page. @param {string} name */
export const unique = (name) => `ab-form-${name}-${(count += 1)}`;

/**
 * @param {string} name
 * @param {Record<string, unknown>} attributes - those that begin with "on" are listened for
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {any}
 */
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value == null || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), /** @type {EventListener} */ (value));
    else made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child != null && child !== false));
  return made;
}

/** A button that sends nothing. @param {string} words @param {() => void} act */
export const button = (words, act, attributes = {}) => el("button", { type: "button", onclick: act, ...attributes }, words);

/** Puts new children in the place of the old. @param {Element} parent @param {...(Node | string | null | false)} children */
export function fill(parent, ...children) {
  parent.replaceChildren(...children.filter((child) => child != null && child !== false));
}

/**
 * A field with its label, a hint, and room for what is wrong with it.
 * @param {string} name - what the fault's field is called
 * @param {string} label
 * @param {HTMLElement} control
 */
export function field(name, label, control, { hint = "", optional = false, after = null } = {}) {
  control.id ||= unique(name);
  const described = [hint && `${control.id}-hint`, `${control.id}-fault`].filter(Boolean).join(" ");
  control.setAttribute("aria-describedby", described);
  return el(
    "div",
    { class: "ab-form-field", "data-field": name },
    el("label", { for: control.id }, label, optional && el("span", { class: "ab-form-optional" }, " optional")),
    hint && el("p", { class: "ab-form-hint", id: `${control.id}-hint` }, hint),
    control,
    after,
    el("p", { class: "ab-form-fault", id: `${control.id}-fault`, hidden: true }),
  );
}
