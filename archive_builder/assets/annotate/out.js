/* The foot of the form: the ways in which what was filled in leaves it. */

import { button, el, fill, unique } from "./dom.js";
import { page as pageOf } from "./known.js";
import { ADDRESS_BYTES, begun, copied, download, issue, letter, newFile, together } from "./ways.js";

/**
 * @param {import("./form.js").Desk} desk
 * @param {{ready: () => boolean, sent: (how: string) => void, discard: () => void}} acts
 */
export function outPart(desk, { ready, sent, discard }) {
  const { site } = desk.known;
  const said = el("p", { class: "ab-form-told", role: "status" });
  const steps = el("div", { class: "ab-form-steps" });
  const main = (words) => el("a", { class: "ab-form-main", target: "_blank", rel: "noopener nofollow" }, words, el("span", { "aria-hidden": "true" }, " ↗"));
  const pull = main("Open as pull request");
  const second = main("2. Open the annotation");
  const issueLink = el("a", { class: "ab-form-way", target: "_blank", rel: "noopener nofollow" }, "Open an issue", el("span", { "aria-hidden": "true" }, " ↗"));
  const mail = el("a", { class: "ab-form-way" }, "Send by mail");
  const branch = el("input", { type: "text", id: unique("branch"), autocapitalize: "none", spellcheck: "false", placeholder: "name:patch-1", oninput: () => update() });
  const asked = el("div", { class: "ab-form-branch" }, el("label", { for: branch.id }, "To hand in both together, copy the name of your branch from the page of the first, like ", el("code", {}, "name:patch-1"), ":"), branch);

  /** A way out is a link: it is checked when it is followed, and by then everything is kept. */
  function leaves(link, how, text) {
    link.addEventListener("click", (event) => {
      if (!ready()) return event.preventDefault();
      sent(how);
      const isWhole = link.dataset.whole === "true";
      copied(text()).then((done) => tell(done, isWhole));
    });
  }

  function tell(isCopied, isWhole) {
    const where = isCopied ? "It is on your clipboard too, and kept in this browser." : "It is kept in this browser.";
    if (isWhole) return fill(said, "Opened in a new tab. ", where);
    fill(said, isCopied ? "The text is on your clipboard: paste it into the empty page that was opened." : "Copy the text from “The file” above, and paste it into the empty page that was opened.");
  }

  leaves(pull, "pull request", () => desk.files[0].text);
  leaves(second, "pull request", () => desk.files.at(-1).text);
  leaves(issueLink, "issue", () => together(desk.files));
  leaves(mail, "letter", () => together(desk.files));

  async function copy() {
    const done = await copied(together(desk.files));
    fill(said, done ? "Copied." : "This browser does not let a page copy: select the text under “The file” above.");
    if (done) sent("copy");
  }

  function save() {
    if (!ready()) return;
    download(desk.files);
    sent("file");
    fill(said, `Saved. Its place in the archive: ${desk.files.map(({ path }) => path).join(" and ")}.`);
  }

  function aim(link, way) {
    link.href = way.url;
    link.dataset.whole = String(way.isWhole);
    return way.isWhole;
  }

  /** Aims the links at what is filled in now. */
  function update() {
    const { files } = desk;
    const title = `Annotation: ${desk.title}`;
    if (site.contact) aim(mail, letter(site.contact, title, files));
    if (!site.github) return fill(steps, unknown());
    const other = begun(site.repository, branch.value);
    const isWhole = [
      aim(pull, newFile(site.repository, site.branch, files[0])),
      aim(second, newFile(other?.base ?? site.repository, other?.branch ?? site.branch, files.at(-1))),
    ];
    aim(issueLink, issue(site.repository, title, files));
    pull.firstChild.data = files.length > 1 ? "1. Open the new claim" : "Open as pull request";
    if (!steps.contains(pull) || steps.contains(second) !== files.length > 1)
      fill(steps, pull, files.length > 1 && asked, files.length > 1 && second, long);
    long.hidden = isWhole.every(Boolean);
  }

  const long = el("p", { class: "ab-form-hint" }, `The file is too long to travel in an address: more than ${ADDRESS_BYTES.toLocaleString("en")} bytes might arrive cut. It is copied instead, for you to paste into the empty page that opens.`);

  function unknown() {
    const { repository } = site;
    return el("p", { class: "ab-form-hint" }, "Copy or download the file and hand it to whoever keeps this archive",
      repository && ", or add it to its ", repository && el("a", { href: repository }, "repository"), ". Its place there is the path under “The file”.");
  }

  const guide = site.guide && el("a", { href: pageOf(`${site.guide}#without-an-account`), target: "_blank" }, "How that works");
  const without = el(
    "details",
    { class: "ab-form-details" },
    el("summary", {}, "Without an account"),
    el("p", {}, "Nothing here needs one. Download the file, or copy it, and give it to an editor of this archive", site.contact ? " by mail" : "", ": it is complete. Its place is the path under “The file”. ", guide, guide && "."),
    mailOrNothing(),
  );

  function mailOrNothing() {
    return site.contact?.startsWith("mailto:") ? mail : site.contact ? el("a", { class: "ab-form-way", href: site.contact, target: "_blank", rel: "noopener" }, "Reach the editors") : null;
  }

  const ways = el(
    "div",
    { class: "ab-form-ways" },
    button("Copy", copy, { class: "ab-form-way" }),
    button("Download", save, { class: "ab-form-way" }),
    site.github && issueLink,
    button("Discard", discard, { class: "ab-form-way ab-form-drop" }),
  );
  return { element: el("div", { class: "ab-form-out" }, steps, ways, said, without), update, say: (words) => fill(said, words) };
}
