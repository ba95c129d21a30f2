/* The legend as a filter: a pressed sign leaves only its notes; the passages of the others lose their marks. */

/** @typedef {import("./notes.js").Notes} Notes */

/**
 * @param {Notes} notes
 * @param {AbortSignal} signal
 */
export function filters(notes, signal) {
  const legend = notes.article.querySelector(".ab-legend");
  if (!legend) return;
  const chips = [...legend.querySelectorAll(".ab-chip")].map(asButton);
  const apply = () => {
    const pressed = (group) => chips.filter((chip) => isPressed(chip) && chip.dataset[group]).map((chip) => chip.dataset[group]);
    const [statuses, kinds] = [pressed("status"), pressed("kind")];
    const fits = (chosen, value) => !chosen.length || chosen.includes(value);
    for (const { item, marks, ref } of notes.list) {
      item.hidden = !(fits(statuses, item.dataset.status) && fits(kinds, item.dataset.kind));
      for (const part of [...marks, ...(ref ? [ref] : [])]) part.classList.toggle("ab-off", item.hidden);
    }
    if (notes.open?.item.hidden) notes.close(false);
    tell(legend, notes);
    notes.changed();
  };
  for (const chip of chips) chip.addEventListener("click", () => (press(chip, !isPressed(chip)), apply()), { signal });
  notes.article.addEventListener("ab-show-all", () => (chips.forEach((chip) => press(chip, false)), apply()), { signal });
}

/** The legend's sign as a button. */
function asButton(sign) {
  if (sign.tagName === "BUTTON") return sign;
  const button = document.createElement("button");
  button.type = "button";
  button.className = sign.className;
  Object.assign(button.dataset, sign.dataset);
  button.append(...sign.childNodes);
  press(button, false);
  sign.replaceWith(button);
  return button;
}

function press(chip, on) {
  chip.setAttribute("aria-pressed", String(on));
}

function isPressed(chip) {
  return chip.getAttribute("aria-pressed") === "true";
}

/** How many notes are shown, in the summary and for those who hear the page. */
function tell(legend, notes) {
  const all = notes.list.length;
  const shown = notes.list.filter(({ item }) => !item.hidden).length;
  const words = shown === all ? `${all} note${all === 1 ? "" : "s"}` : `${shown} of ${all} notes shown`;
  legend.querySelector("[data-shown]").textContent = words;
  const state = legend.querySelector(".ab-filter-state");
  state.hidden = false;
  state.textContent = `${words}.`;
}
