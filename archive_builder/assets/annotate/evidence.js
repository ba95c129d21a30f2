/* What the annotation rests on: published reports by their address, and other annotations of this archive. */

import { button, el, field, fill } from "./dom.js";
import { passages } from "./known.js";
import { picker, plain, remembered } from "./picker.js";
import { RELATIONS, claimOf } from "./record.js";

/** @param {import("./form.js").Desk} desk */
export function evidencePart(desk) {
  const { filled } = desk;
  const options = remembered(() => passageOptions(desk.known.passages, filled));
  const rows = el("div", { class: "ab-form-rows" });

  function render(focused = -1) {
    fill(rows, ...filled.evidence.map((each, index) => row(each, index)));
    rows.querySelectorAll("[role=combobox]")[focused]?.focus();
  }

  function row(each, index) {
    const relation = el(
      "select",
      { "aria-label": "What it does", onchange: (event) => { each.relation = event.target.value; desk.changed(); } },
      ...Object.entries(RELATIONS).map(([key, words]) => el("option", { value: key, selected: key === each.relation }, words)),
    );
    const found = picker({
      placeholder: "https://… or search this archive",
      options: async () => {
        if (each.witness.startsWith("http")) return [];
        await passages(desk.known);
        return options(claimOf(filled));
      },
      choose: (id) => {
        each.witness = found.input.value = id;
        desk.changed();
      },
    });
    found.input.value = each.witness;
    found.input.inputMode = "url";
    found.input.addEventListener("input", () => {
      each.witness = found.input.value;
      desk.changed();
    });
    const drop = button("×", () => {
      filled.evidence.splice(index, 1);
      desk.changed();
      render();
      add.focus();
    }, { "aria-label": `Take out evidence ${index + 1}`, title: "Take out" });
    const witness = field(`witness-${index}`, `Evidence ${index + 1}`, found.input, { after: found.after });
    return el("div", { class: "ab-form-witness" }, relation, witness, drop);
  }

  const add = button("Add evidence", () => {
    filled.evidence.push({ relation: "disputes", witness: "" });
    desk.changed();
    render(filled.evidence.length - 1);
  }, { class: "ab-form-link" });
  render();
  const title = el("span", { class: "ab-form-legend" }, "Evidence", el("span", { class: "ab-form-optional" }, " optional"));
  const hint = el("p", { class: "ab-form-hint" }, "A report that others can open, or a passage of another article here.");
  return { element: el("div", { class: "ab-form-part" }, title, hint, rows, add), render };
}

/** The archive's annotations, those on the same claim first. */
function passageOptions(held, filled) {
  const claim = claimOf(filled);
  return [...held.values()]
    .map((each) => ({
      id: each.id,
      name: each.quote ? `“${each.quote}”` : "left out there",
      detail: [each.id, each.value].filter(Boolean).join(" · "),
      group: claim && each.claim === claim ? "On the same claim" : "In this archive",
      words: plain(`${each.quote ?? ""} ${each.id} ${each.claim ?? ""}`),
      first: claim && each.claim === claim ? 0 : 1,
    }))
    .sort((a, b) => a.first - b.first);
}
