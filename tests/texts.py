"""Strategies for texts as people and machines write them: prose in many scripts, Markdown by its grammar, and junk."""

from __future__ import annotations

from hypothesis import strategies as st

__all__ = ["BLOCKS", "JUNK", "MARKDOWN", "PROSE", "WORDS", "inline"]

WORDS = (
    "the militants killed 15 border guards in Ishkobod three nobody can't didn't a I Kalai-Zol Qalai-e Zal 1,300 "
    "200-300 km 06:20 3.5 50% U.S. d'Ivoire naïve Zürich e-mail Боевики убили пограничников Қалъаи Зол 17 ещё "
    "مهاجمان پنج نگهبان را کشتند می‌خواهد 十五名 守卫 被杀 ประชาชน 🇹🇯 👩‍👩‍👧 🙂 𝔄rchive café cafe\u0301 so\u00adft "
    "“quoted” ‘single’ «guillemets» — – … it’s naive\u200bspace snake_case C++ a=b x<y R&D AT&T #1 @home ~200 >100 "
    "word word word and and of to [sic] (here) one, two. End! Why? semi; colon: http www.example.org 2018-07-29"
).split()
REFERENCES = ("ref", "Ref Two", "the", "15")
FOOTNOTES = ("1", "note", "a-b")
ADDRESSES = (
    "https://example.org/a_b_c",
    "https://example.org/?a=1&b=2#c",
    "http://x.org/(y)",
    "/local",
    "#here",
    "a.md",
)
ENTITIES = ("&amp;", "&lt;b&gt;", "&nbsp;", "&shy;", "&#8212;", "&#x2019;", "&copy;", "&hellip;", "&notone;", "&", "&;")
ESCAPES = (r"\*", r"\_", r"\`", r"\[", r"\]", r"\<", r"\>", r"\\", r"\#", r"\!", r"\&", r"\q", r"\|", r"1\.")
ODDITIES = (
    "*", "_", "**", "`", "``", "[", "]", "](", "<", ">", "!", "|", "~", "^", "\\", "[…]", "[^1]", "[^none]", "[ref]",
    "  \n", "\n", "\\\n", "\t", "\u00a0", "\u2009", "\u202f", " \u00ad ", "\u200f", "{: .x }", "&", "::", "==",
    "\ufffc",
)  # fmt: skip
HOSTILE = (
    "<script>alert(1)</script>", "<script", "</p>", "<!-- a comment -->", "<!--", "<?php x ?>", "<![CDATA[ x ]]>",
    "<a>",
    '<a href="javascript:alert(1)">x</a>', '<img src=x onerror="alert(1)">', '<b onclick="x">y</b>', "<div>z</div>",
    "[x](javascript:alert(1))", "![x](https://evil.example/pixel.png)", "<details><summary>s</summary>",
    "<svg/onload=a>",
    "<style>p{}</style>", "<iframe src=x>", '<mark class="ab-mark">m</mark>', "<a\nb>", "<DIV\tid=q>", "<math>",
    "<x-y>",
)  # fmt: skip
TAGS = ("b", "i", "em", "sup", "small", "cite", "q", "span", 'bdi lang="fa" dir="rtl"', 'abbr title="so and so"')

ONE_WORD = st.sampled_from(WORDS)
PROSE = st.lists(ONE_WORD, min_size=1, max_size=14).map(" ".join)
"""A few words of plain prose."""
WHITE = st.sampled_from((" ", " ", " ", " ", "", "  ", "\n", "\u00a0"))


def _many(parts: st.SearchStrategy[str], most: int = 4) -> st.SearchStrategy[str]:
    """Some of ``parts`` with white space, or none, between them."""
    pairs = st.lists(st.tuples(parts, WHITE), min_size=1, max_size=most)
    return pairs.map(lambda found: "".join(part + white for part, white in found).strip(" "))


def _wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Markup around ``inner``, well formed and not quite."""
    text = _many(inner)
    pairs = (("*", "*"), ("**", "**"), ("_", "_"), ("__", "__"), ("***", "***"), ("*", "**"), ("[", "]"), ("`", "`"))
    around = st.sampled_from(
        (*pairs, ('"', '"'), ("“", "”"), ("(", ")"), *((f"<{t}>", f"</{t.split()[0]}>") for t in TAGS))
    )
    title = st.sampled_from(("", ' "a title"', " 'it''s'", ' "with [brackets] *x*"'))
    return st.one_of(
        st.builds(lambda pair, inside: pair[0] + inside + pair[1], around, text),
        st.builds("[{}]({}{})".format, text, st.sampled_from(ADDRESSES), title),
        st.builds("[{}][{}]".format, text, st.sampled_from((*REFERENCES, ""))),
        st.builds("![{}]({}{})".format, text, st.sampled_from(("a.png", "/b.png")), title),
    )


def _leaves() -> st.SearchStrategy[str]:
    return st.one_of(
        PROSE,
        PROSE,
        PROSE.map("`{}`".format),
        st.sampled_from((*ENTITIES, *ESCAPES)),
        st.sampled_from(ODDITIES),
        st.sampled_from(HOSTILE),
        st.sampled_from(("<https://example.org/a?b=c&d>", "<me@example.org>", "https://example.org/bare_link_x")),
        st.sampled_from(REFERENCES).map("[{}]".format),
        st.sampled_from(FOOTNOTES).map("[^{}]".format),
    )


inline = _many(st.recursive(_leaves(), _wrapped, max_leaves=6), most=6)
"""A run of inline Markdown, perhaps over several lines."""
LINE = inline.map(lambda text: " ".join(text.split("\n")))


def _indented(text: str, by: str, first: str) -> str:
    return first + text.replace("\n", "\n" + by)


def _list(items: list[str], sign: str, loose: bool) -> str:
    return ("\n\n" if loose else "\n").join(_indented(item, "    ", sign) for item in items)


def _table(cells: list[list[str]]) -> str:
    rows = ["| " + " | ".join(row) + " |" for row in cells]
    return "\n".join([rows[0], "|" + "---|" * len(cells[0]), *rows[1:]])


def _holding(blocks: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Blocks that hold others."""
    several = st.lists(blocks, min_size=1, max_size=3)
    together = several.map("\n\n".join)
    signs = st.sampled_from(("* ", "- ", "1. ", "2) ", "*   ", "+ ", "12. "))
    return st.one_of(
        st.builds(_list, several, signs, st.booleans()),
        together.map(lambda text: _indented(text, "> ", "> ")),
        st.builds(lambda text, name: f"[^{name}]: {_indented(text, '    ', '')}", together, st.sampled_from(FOOTNOTES)),
        together,
    )


def _blocks() -> st.SearchStrategy[str]:
    row = st.lists(LINE.map(lambda cell: cell.replace("|", "/")), min_size=2, max_size=2)
    return st.one_of(
        inline,
        inline,
        PROSE,
        st.builds("{} {}".format, st.sampled_from(("#", "##", "####### ", "#")), LINE),
        st.builds("{}\n{}".format, LINE, st.sampled_from(("===", "---", "="))),
        st.lists(row, min_size=1, max_size=3).map(_table),
        st.builds("{0}{1}\n{2}\n{0}".format, st.sampled_from(("```", "~~~")), st.sampled_from(("", "python")), inline),
        inline.map(lambda text: _indented(text, "    ", "    ")),
        st.sampled_from(("---", "* * *", "- - -", "***", "[…]", "- […]", "", "```", "|a|b|\n|-|-|", "[…] [^1]")),
        st.builds(
            "[{}]: {}{}".format, st.sampled_from(REFERENCES), st.sampled_from(ADDRESSES), st.sampled_from(("", ' "t"'))
        ),
        st.sampled_from(FOOTNOTES).map("[^{}]: A note of few words.".format),
    )


GAPS = st.sampled_from(("\n\n", "\n\n", "\n\n", "\n", "\n \n", "\n\n\n", "\r\n\r\n", "\n\u00a0\n"))
BLOCKS = st.recursive(_blocks(), _holding, max_leaves=5)
MARKDOWN = st.lists(st.tuples(BLOCKS, GAPS), max_size=6).map(lambda found: "".join(b + gap for b, gap in found))
"""A Markdown text of a few blocks of every kind."""

JUNK = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="\\`*_{}[]()#+-.!|<>&;:~^=$\"'/@ \n\t\u00a0\u00ad\u200bab1й", max_size=50),
    st.lists(st.sampled_from((*ODDITIES, *HOSTILE, *ESCAPES, *ENTITIES, *WORDS, " ", "\n", "\n\n")), max_size=14).map(
        "".join
    ),
)
"""What nobody would write: signs that mean something in Markdown, in any order."""
