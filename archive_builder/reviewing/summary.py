"""Tells a review as the Markdown of a job summary, in which nothing that a contributor wrote can act.

Every word of an annotation is escaped rather than rendered, because a job summary is shown on a page that is not ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive_builder.problems import Problem, Severity
from archive_builder.reviewing.comparing import Change, ClaimChange, Review, Shown

__all__ = ["TOLD_BESIDE_LINES", "summary"]

# GitHub shows so many annotations of a step.
TOLD_BESIDE_LINES = 10
# A job summary may have a mebibyte.
CHANGES, PROBLEMS, NOTE = 60, 100, 3_000
SIGNS = re.compile(r"[\\`*_{}\[\]<>()#+!|~$^=-]|(?<=\d)\.(?=\s)")
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def summary(review: Review, preview: str | None = None) -> str:
    """The review as Markdown; ``preview`` says where the whole of it is to be seen."""
    parts = ["# What this change does", _counted(review), *_problems(review), *_claims(review)]
    parts += [_change(change) for change in review.changes[:CHANGES]]
    left = len(review.changes) - CHANGES
    if left > 0:
        parts.append(f"And {left} more annotations.")
    if preview:
        parts.append(f"The passages before and after are side by side in {preview}.")
    return "\n\n".join(parts) + "\n"


def _counted(review: Review) -> str:
    if not review.files:
        return "It touches no file of the archive."
    kinds = [change.kind for change in review.changes]
    counted = [f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds)]
    annotations = f"Annotations: {', '.join(counted)}." if counted else "No annotation changes."
    return f"Files touched: {review.files}. {annotations}"


def _problems(review: Review) -> Iterator[str]:
    if not review.problems:
        yield "No problems."
        return
    yield f"## Problems: {len(review.problems)}"
    elsewhere = len(review.problems) - review.touching
    if elsewhere:
        yield f"Of these, {elsewhere} are in files that this change does not touch; they come last."
    yield "\n".join(_problem(each) for each in review.problems[:PROBLEMS])
    if len(review.problems) > PROBLEMS:
        yield f"And {len(review.problems) - PROBLEMS} more: `archive-builder check` tells them all."


def _problem(problem: Problem) -> str:
    sign = "❌" if problem.severity is Severity.ERROR else "⚠️"
    place = f"{problem.place.path}:{problem.place.line or 1}"
    details = "; ".join(f"{_safe(detail.label)} {_safe(detail.text)}" for detail in problem.details)
    told = f"{_safe(problem.message)}{f' ({details})' if details else ''}"
    return f"- {sign} **{_safe(place)}** {told}. Next: {_safe(problem.next)}"


def _claims(review: Review) -> Iterator[str]:
    if review.claims:
        yield "## Claims that stand otherwise"
        yield "\n".join(map(_claim, review.claims))


def _claim(change: ClaimChange) -> str:
    old, new = change.old or "not there", change.new or "not there"
    return f"- **{_safe(change.claim.title)}** {_safe(old)} → **{_safe(new)}**. {_safe(change.reason)}".rstrip()


def _change(change: Change) -> str:
    parts = [f"## {_safe(change.kind.capitalize())}: {_safe(change.path)}", f"In “{_safe(change.article)}”"]
    shown = change.new or change.old
    assert shown is not None
    if change.kind == "the text changed under it":
        parts += ["Before:", _passage(change.old or shown), f"Now ({_safe(change.why)}):", f"> {_safe(change.now)}"]
    elif change.old and change.new and _place(change.old) != _place(change.new):
        parts += ["Before:", _passage(change.old), "After:", _passage(change.new)]
    else:
        parts.append(_passage(shown))
    return "\n\n".join([*parts, _facts(shown), _note(shown)])


def _place(shown: Shown) -> tuple[str, str, str]:
    return shown.before, shown.passage, shown.after


def _passage(shown: Shown) -> str:
    if not shown.passage:
        return "*The article is silent on it.*"
    missing = "" if shown.is_anchored else "\n\n⚠️ This passage does not stand in the article, or not once."
    return f"> {_safe(shown.before)}**{_safe(shown.passage).strip()}**{_safe(shown.after)}{missing}"


def _facts(shown: Shown) -> str:
    held = shown.annotation
    claim = shown.claim.title if shown.claim else held.claim
    facts = {"claim": claim, "stance": held.stance, "value": shown.value, "kind": held.kind, "by": held.by}
    facts |= {"attribution": ", ".join(held.attribution), "route": " → ".join(held.route)}
    return " · ".join(f"{name}: {_safe(str(value))}" for name, value in facts.items() if value)


def _note(shown: Shown) -> str:
    note = shown.annotation.note
    cut = note if len(note) <= NOTE else note[:NOTE] + " …"
    return "\n>\n".join(f"> {_safe(part)}" for part in re.split(r"\n\s*\n", cut.strip()))


def _safe(text: str) -> str:
    """The text on one line, every sign of Markdown and HTML escaped; nobody is notified, nothing is linked."""
    line = " ".join(CONTROLS.sub("", text).split())
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("@", "&#64;")
    line = re.sub(r"(?i)(?<=\w)://|\bwww\.", lambda found: found[0].replace("/", "&#47;").replace(".", "&#46;"), line)
    return SIGNS.sub(lambda sign: f"\\{sign[0]}" if sign[0] not in "<>" else sign[0], line)
