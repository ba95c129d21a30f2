/* The part of the form about a claim: which one, what the passage does with it, the value it gives, and whom it names. */

import { button, el, field, fill, unique } from "./dom.js";
import { picker, plain, remembered } from "./picker.js";
import { inWords, suggested } from "./reading.js";
import { STANCES, measureOf, slug } from "./record.js";

const STATUS_WORDS = { "single-origin": "single origin", unsupported: "unsupported here", unreported: "not reported" };
const NEW = "+new";

/** @param {string} status */
export const statusWords = (status) => STATUS_WORDS[status] ?? status;

/**
 * @param {import("./form.js").Desk} desk
 */
export function claimPart(desk) {
  const { filled, known } = desk;
  const holder = el("div", { class: "ab-form-part" });
  const options = remembered(() => claimOptions(desk));
  const found = picker({
    placeholder: "Search the claims, or begin a new one",
    options: () => options(desk.passage()),
    choose: (id) => {
      if (id === NEW) filled.newClaim = newClaim(desk, typed);
      filled.claim = id === NEW ? "" : id;
      desk.changed();
      render();
      holder.querySelector(id === NEW ? "[data-field=new-title] input" : "input[type=radio], button")?.focus();
    },
    extra: (words) => {
      typed = words;
      return { id: NEW, name: words ? `New claim: “${words}”` : "A new claim", detail: "None of these fits", words: "" };
    },
  });
  let typed = "";

  function drop() {
    Object.assign(filled, { claim: "", newClaim: null, stance: filled.target ? "" : "omits", value: "" });
    desk.changed();
    render();
    found.input.focus();
  }

  function render() {
    const chosen = filled.newClaim ?? known.claims.get(filled.claim);
    if (!chosen) {
      const hint = filled.target
        ? "What the passage is one answer to. Leave it out for a remark on language or context."
        : "What the article is silent on.";
      return fill(holder, field("claim", "Claim", found.input, { hint, optional: !!filled.target, after: found.after }));
    }
    fill(
      holder,
      filled.newClaim ? beginning(desk, drop) : taken(chosen, drop),
      filled.target && stances(desk),
      filled.target && value(desk),
    );
  }

  render();
  return { element: holder, render };
}

/** The claims: first those of the article's events, and among them those that share words with the passage. */
function claimOptions({ known, events, passage }) {
  const said = new Set(plain(passage()).match(/[\p{L}\p{N}]{4,}/gu) ?? []);
  const near = (text) => (plain(text).match(/[\p{L}\p{N}]{4,}/gu) ?? []).filter((word) => said.has(word)).length;
  return [...known.claims.values()]
    .map((claim) => ({
      id: claim.id,
      name: claim.title,
      detail: claim.statement,
      group: events.includes(claim.event) ? "On what this article reports" : (known.events[claim.event] ?? "Other claims"),
      words: plain(`${claim.title} ${claim.statement} ${claim.id} ${claim.quantity ?? ""}`),
      first: events.includes(claim.event) ? 0 : 1,
      near: near(`${claim.title} ${claim.statement} ${claim.quantity ?? ""}`),
    }))
    .sort((a, b) => a.first - b.first || (a.first ? a.group.localeCompare(b.group, "en") : 0) || b.near - a.near);
}

function taken(claim, drop) {
  return el(
    "div",
    { class: "ab-form-taken", role: "group", "aria-label": "Claim" },
    el("span", { class: "ab-form-legend" }, "Claim"),
    el("p", {}, el("strong", {}, claim.title), " ", el("span", { class: `ab-status ab-${claim.status}` }, statusWords(claim.status))),
    el("p", { class: "ab-form-hint" }, claim.statement),
    button("Another claim", drop, { class: "ab-form-link" }),
  );
}

/** What is typed of a new claim. */
function newClaim({ events }, title) {
  return { id: slug(title), title, statement: "", event: events[0] ?? "", quantity: "", unit: "" };
}

function beginning(desk, drop) {
  const claim = desk.filled.newClaim;
  let isNamed = claim.id !== slug(claim.title);
  const input = (key, attributes = {}) =>
    el("input", { type: "text", value: claim[key], oninput: (event) => set(key, event.target.value), ...attributes });
  const id = input("id", { autocapitalize: "none", spellcheck: "false" });
  function set(key, value) {
    claim[key] = value;
    if (key === "id") isNamed = true;
    if (key === "title" && !isNamed) id.value = claim.id = slug(value);
    desk.changed();
  }
  const events = el("select", { onchange: (event) => set("event", event.target.value) });
  const titles = Object.entries(desk.known.events);
  events.append(el("option", { value: "" }, "no event"), ...titles.map(([key, title]) => el("option", { value: key, selected: key === claim.event }, title)));
  const units = field("new-unit", "Unit", input("unit", { placeholder: "km; or date" }), { optional: true });
  return el(
    "fieldset",
    { class: "ab-form-new" },
    el("legend", {}, "A new claim"),
    field("new-title", "The question", input("title", { placeholder: "How many boats sank?" })),
    field("new-statement", "As a neutral sentence, to say yes or no to", input("statement", { placeholder: "Boats sank in the harbour." })),
    field("new-event", "The event it belongs to", events),
    el("div", { class: "ab-form-pair" }, field("new-quantity", "What is counted", input("quantity", { placeholder: "boats sunk" }), { optional: true }), units),
    field("new-id", "Its name in the archive", id, { hint: "Small letters, digits and hyphens." }),
    button("Choose a claim that is there", drop, { class: "ab-form-link" }),
  );
}

function stances({ filled, changed }) {
  const name = unique("stance");
  const choices = Object.entries(STANCES).filter(([stance]) => stance !== "omits");
  return el(
    "fieldset",
    { class: "ab-form-choice", "data-field": "stance" },
    el("legend", {}, "The passage …"),
    ...choices.map(([stance, words]) =>
      el("label", {}, el("input", {
        type: "radio", name, value: stance, checked: filled.stance === stance, "aria-describedby": `${name}-fault`,
        onchange: () => { filled.stance = stance; changed(); },
      }), el("span", {}, words))),
    el("p", { class: "ab-form-fault", id: `${name}-fault`, hidden: true }),
  );
}

function value(desk) {
  const { filled, known, changed } = desk;
  const measure = measureOf(filled, known.claims);
  const isNew = Boolean(filled.newClaim);
  if (!measure.quantity && !isNew) return null;
  const said = el("p", { class: "ab-form-reading", role: "status" });
  const input = el("input", { type: "text", value: filled.value, autocapitalize: "none", autocomplete: "off" });
  input.addEventListener("input", () => {
    filled.value = input.value;
    read();
    changed();
  });
  function read() {
    fill(said, ...reading(input.value, measureOf(filled, known.claims), (offer) => {
      filled.value = input.value = offer;
      read();
      changed();
      input.focus();
    }));
  }
  read();
  const example = measure.unit === "date" ? "Like 2018-07-29, or 2018-07 for a month." : "Like 15, 200..300, >100, or ~200 for about 200.";
  const label = measure.quantity && measure.unit !== "date" ? `Value: ${measure.quantity}` : "Value";
  return field("value", label, input, { hint: example, optional: true, after: said });
}

/** The value in words, or what it may have been meant for. */
function reading(value, measure, take) {
  if (!value.trim()) return [];
  try {
    return ["Reads as: ", el("strong", {}, inWords(value, measure))];
  } catch {
    const offer = measure.unit === "date" ? "" : suggested(value);
    return offer && measure.quantity ? ["Do you mean ", button(offer, () => take(offer), { class: "ab-form-offer" }), "?"] : [];
  }
}
