/* Whom the passage gives it to, nearest first: found by any spelling, put in order, taken out again. */

import { button, el, field, fill } from "./dom.js";
import { picker, plain } from "./picker.js";

/** @param {import("./form.js").Desk} desk */
export function chainPart(desk) {
  const { filled, known } = desk;
  const chips = el("ol", { class: "ab-form-chips", "aria-label": "Attribution, nearest first" });
  const said = el("p", { class: "ab-hidden", role: "status" });
  const found = picker({
    placeholder: "Search people, organisations and outlets",
    options: () => speakerOptions(known, filled.attribution),
    choose: (id) => change([...filled.attribution, id], `${name(id)} added`),
    extra: (typed) => typed && { id: "", name: "Not in this archive yet?", detail: "Name them in your note; an editor will add them.", words: "" },
  });
  const name = (id) => known.speakers.get(id)?.name ?? id;

  function change(attribution, words) {
    filled.attribution = attribution.filter(Boolean);
    said.textContent = words;
    desk.changed();
    render();
    found.input.focus();
  }

  function chip(id, index) {
    const others = filled.attribution.filter((_, at) => at !== index);
    const forward = [...others.slice(0, index - 1), id, ...others.slice(index - 1)];
    return el(
      "li",
      {},
      el("span", {}, name(id)),
      index > 0 && button("◂", () => change(forward, `${name(id)} is nearer now`), { "aria-label": `Move ${name(id)} nearer`, title: "Nearer" }),
      button("×", () => change(others, `${name(id)} taken out`), { "aria-label": `Take out ${name(id)}`, title: "Take out" }),
    );
  }

  function render() {
    fill(chips, ...filled.attribution.map(chip));
    chips.hidden = !filled.attribution.length;
  }

  render();
  const hint = "Whom the passage names as its source, the nearest first. Leave it empty where the article speaks for itself.";
  const part = field("attribution", "According to", found.input, { hint, optional: true, after: found.after });
  found.input.before(chips);
  part.append(said);
  return { element: part, render };
}

function speakerOptions(known, taken) {
  return [...known.speakers.values()]
    .filter((speaker) => !taken.includes(speaker.id) && speaker.type !== "place")
    .map((speaker) => ({
      id: speaker.id,
      name: speaker.name,
      detail: [speaker.type, ...(speaker.spellings ?? []).slice(0, 4)].join(" · "),
      words: plain([speaker.name, speaker.id, ...(speaker.spellings ?? [])].join(" ")),
    }))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}
