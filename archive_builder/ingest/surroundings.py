"""Knows the parts of a page that surround its article by the names their makers gave them, and by what they are.

A name counts only for a part that holds little of the article: ``class="page with-sidebar"`` names the whole page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from archive_builder.ingest.leaves import Leaf
from archive_builder.ingest.tree import Element, classes
from archive_builder.ingest.witnesses import words_of

__all__ = ["Surroundings", "is_footnotes"]

LONGEST_INVITATION = 60  # words
LEAST_BESIDE = 25  # words that must stand outside a dialog, so that it does not hold the article
MOST = 0.4  # of the words taken for the article; a part with more of them is no surrounding

PARTS: tuple[tuple[str, str], ...] = (
    (
        "readers' comments",
        r"comments?|commentlist|comment-?(?:list|section|area|thread|body)s?|disqus\w*|respond|"
        r"kommentare?|replies|fb-comments",
    ),
    (
        "other articles",
        r"related\w*|recirc\w*|recommend\w*|outbrain\w*|taboola\w*|trending|popular|"
        r"most-?(?:read|popular|viewed)|read-?(?:more|next|also)|see-?also|also-?read|"
        r"more-?(?:on|from|stories|news|articles)|latest-?(?:news|posts|articles)?|teasers?|"
        r"jp-relatedposts|similar|further-reading|up-?next|next-?(?:article|story|post)|"
        r"prev(?:ious)?-?(?:article|story|post)|post-?nav\w*|nav-links|lesen-sie-auch|mehr-zum-thema|"
        r"readalso|inline-?link|promo-?link",
    ),
    (
        "share bar",
        r"shar(?:e|ing)(?:-?(?:bar|box|buttons?|links?|tools?|this|daddy|widget|icons?))?|sharedaddy|"
        r"social(?:-?(?:bar|links|media|share|sharing|icons|buttons|tools))?|addthis\w*|addtoany\w*|"
        r"a2a\w*|follow-us",
    ),
    (
        "newsletter",
        r"newsletters?(?:-?\w+)?|subscri(?:be|ption|ptions)(?:-?(?:box|form|cta|prompt|banner))?|"
        r"sign-?up(?:-?\w+)?|mailing-?list|mc4wp\w*|email-?signup",
    ),
    (
        "paywall",
        r"paywall\w*|regwall\w*|piano\w*|meter(?:ed)?-?(?:wall|message)|"
        r"premium-?(?:teaser|prompt|box|notice)|subscriber-?only|offer-?box|tp-container",
    ),
    (
        "advertisement",
        r"ads?|advert\w*|adsbygoogle|ad-?(?:slot|unit|box|container|wrapper|banner|label|block|zone)|"
        r"dfp\w*|google-?ad\w*|sponsor(?:ed|s)?(?:-?\w+)?|"
        r"promo(?:tion|ted|s)?(?:-?\w+)?|werbung|anzeige|reklama|publicite|"
        r"banner-?ad",
    ),
    (
        "cookie notice",
        r"cookies?(?:-?\w+)?|consent(?:-?\w+)?|gdpr\w*|cmp-?\w*|onetrust\w*|privacy-?(?:banner|notice)",
    ),
    (
        "navigation",
        r"nav(?:bar|igation|igator)?|main-?(?:nav|menu)|site-?(?:nav|header|footer|branding)|breadcrumbs?|"
        r"crumbs|menu|pagination|pager|page-?links|skip-?links?|masthead|topbar|top-?bar|toolbar|"
        r"tool-?box|utility|back-?to-?top|sitemap|side-?bar|sidebar-?\w+|jump-?links|"
        r"toc|table-?of-?contents|ez-toc\w*",
    ),
    (
        "author's note",
        r"author-?(?:box|bio|info|card|profile|description|about|block)|about-?(?:the-?)?author|"
        r"bio(?:graphy)?|post-?author-?(?:box|bio)",
    ),
    (
        "byline",
        r"by-?lines?|authors?(?:-?names?)?|(?:article|post|entry|story)-?meta|meta|date|dateline|"
        r"timestamp|pub-?date|posted-on|published",
    ),
    (
        "post footer",
        r"tags?(?:-?(?:list|links|cloud))?|post-?(?:tags|footer|meta|categories)|"
        r"entry-?(?:footer|meta|utility)|tag-?links|cat-?links|copyright|colophon|credits-?box|"
        r"blog-?footer|post-?labels|article-?(?:tags|tools|footer)",
    ),
    (
        "widget",
        r"widgets?(?:-?area)?|poll|quiz|weather|ticker|player|embed-?(?:promo|card)|"
        r"donat(?:e|ion)(?:-?\w+)?|support-?us|app-?(?:banner|promo)|login|search-?(?:form|box)|feedback|"
        r"rating|popup|modal|overlay|lightbox|tooltip|toast",
    ),
)
NAMES = tuple((reason, re.compile(rf"(?:{names})")) for reason, names in PARTS)
WORDS = {
    word: reason
    for reason, words in (
        ("readers' comments", "comments disqus"),
        ("other articles", "related recirc recommended recommendations outbrain taboola trending popular readmore"),
        ("share bar", "share sharing social sharedaddy addtoany addthis"),
        ("newsletter", "newsletter newsletters subscribe subscription signup optin"),
        ("paywall", "paywall regwall"),
        ("advertisement", "ad ads advert advertisement advertorial sponsored adslot adsense"),
        ("cookie notice", "cookie cookies consent gdpr onetrust"),
        ("navigation", "breadcrumb breadcrumbs nav navbar menu sidebar pagination"),
    )
    for word in words.split()
}
WORD = re.compile(r"[a-z]+")
TAGS = {"nav": "navigation", "footer": "page footer", "menu": "navigation"}
ROLES = {
    "navigation": "navigation",
    "banner": "navigation",
    "contentinfo": "page footer",
    "search": "navigation",
    "dialog": "cookie notice",
    "alertdialog": "cookie notice",
}
DIALOGS = frozenset(("dialog", "alertdialog"))
# What a part has beside it, or does in a state, does not say what it is.
STATES = re.compile(r"^(?:has|with|no|is|js|show|hide|not|without|enable|disable)-")
FOOTNOTES = re.compile(
    r"(?:^|[\s_-])(?:mso)?(?:foot|end)-?notes?(?:text)?\b|(?:^|[\s_-])(?:easy-footnote|references?|mw-references)(?:[\s_-]|$)"
)
PREFIX = re.compile(
    r"^(?:c|o|m|l|u|js|td|wp|wp-block|article|story|post|entry|content|page|site|block|field|module|component|amp)[-_]+(?=.)"
)


class Surroundings:
    """Which parts of a page surround its article, given the leaves that were taken for the article."""

    def __init__(self, leaves: Sequence[Leaf], kept: Sequence[int]) -> None:
        self.words: Counter[Element] = Counter()
        self.all = 0
        for number in kept:
            count = len(words_of(leaves[number].text))
            self.all += count
            element = leaves[number].element
            while element is not None:
                self.words[element] += count
                element = element.getparent()
        self.known: dict[Element, str] = {}
        self.dialogs, self.asking = set(), set()
        for leaf in leaves[:1]:
            root = leaf.element.getroottree().getroot()
            self.dialogs = {each for each in root.iter() if each.get("role") in DIALOGS}
            self.asking = {around for form in root.iter("form") for around in (form, *form.iterancestors())}

    def reason(self, leaf: Leaf) -> str:
        """What surrounding the leaf stands in; empty where none."""
        return self._of(leaf.element)

    def _of(self, element: Element) -> str:
        """The outermost part that is a surrounding."""
        chain = []
        while element is not None and element not in self.known:
            chain.append(element)
            element = element.getparent()
        reason = self.known[element] if element is not None else ""
        for each in reversed(chain):
            reason = reason or self._own(each)
            self.known[each] = reason
        return reason

    def _own(self, element: Element) -> str:
        if element in self.dialogs and self.all - self.words[element] >= LEAST_BESIDE:
            return "cookie notice"
        if self.words[element] > MOST * self.all:
            return ""
        reason = part_named(element)
        if not reason and element in self.asking and self.words[element] <= LONGEST_INVITATION:
            return "form"
        # Publishers give this name to the invitation to pay as well as to the text that is paid for.
        return "" if reason == "paywall" and self.words[element] > LONGEST_INVITATION else reason


def part_named(element: Element) -> str:
    """What kind of surrounding an element is by its tag, role, class and id; empty where it is none."""
    if is_footnotes(element) or element.tag in ("body", "html", "main"):
        return ""
    # An element of a page's own, like story-footer, says what it is after its last hyphen.
    tag = element.tag.rpartition("-")[2]
    if tag in TAGS or element.get("role") in ROLES:
        return TAGS.get(tag) or ROLES[element.get("role")]
    names = [PREFIX.sub("", name.replace("_", "-")) for name in classes(element).split() if not STATES.match(name)]
    if reason := next((reason for reason, pattern in NAMES if any(map(pattern.fullmatch, names))), ""):
        return reason
    return next((WORDS[word] for name in names for word in WORD.findall(name) if word in WORDS), "")


def is_footnotes(element: Element) -> bool:
    """Whether an element is called a footnote or the place for them."""
    return FOOTNOTES.search(classes(element)) is not None
