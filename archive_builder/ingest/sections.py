"""Knows the lines that open a part of the page below or beside the article: comments, other articles, notes, captions.

Such a line alone proves nothing; what it may take with it is decided where the whole document is seen.
"""

from __future__ import annotations

import re

from archive_builder.ingest.furniture import filling, shortened

__all__ = [
    "is_about_the_author",
    "is_caption",
    "is_comment_header",
    "is_comment_signature",
    "is_counted",
    "is_related_header",
]

COUNT = r"(?:\d{1,5}|no|one|two|three|four|five|six|seven|eight|nine|ten|ein|eine|un|une|una)"
NUMBER = r"(?: ?\(?\d{1,5}\)?)?"
SUBJECT = r".{1,300}"
COMMENT_HEADER = filling(
    rf"{COUNT} (?:responses?|comments?|replies|reply|thoughts?)(?: (?:to|on) {SUBJECT})?",
    rf"(?:readers' |reader )?(?:comments|responses|replies){NUMBER}",
    rf"{COUNT} (?:kommentare?|antwort(?:en)?|gedanken?)(?: (?:zu|auf) {SUBJECT})?|(?:leser)?kommentare{NUMBER}",
    rf"{COUNT} (?:commentaires?|réponses?|réflexions?)(?: (?:sur|à) {SUBJECT})?|commentaires{NUMBER}",
    rf"\d{{1,5}} (?:комментари(?:й|я|ев)|ответ(?:а|ов)?)(?: (?:на|к) {SUBJECT})?|комментарии{NUMBER}",
    rf"{COUNT} (?:comentarios?|respuestas?|pensamientos?)(?: (?:en|a|sobre) {SUBJECT})?|comentarios{NUMBER}",
)
COUNTED = re.compile(rf"\W*{COUNT} .*|.*\d\W*")
COMMENT_SIGNATURE = re.compile(
    r"\W{0,4}(?:\d{1,4}[.)] )?[^\s:!?]{1,40}(?: [^\s:!?]{1,40}){0,4}"
    r" (?:says|said|wrote|writes|sagt|sagte|schreibt|schrieb|meint|(?:a )?dit|écrit|a écrit|"
    r"пишет|говорит|сказал|сказала|написал|написала|dice|dijo|escribió|comentó)(?: (?:on|am|le|el) .{1,60})?\s?:"
)
RELATED_HEADER = filling(
    r"(?:related|more|recommended|latest|popular)(?: (?:articles?|posts?|stories|news|coverage|content|from .{1,60}))",
    r"related|read (?:more|next|also)|see also|you (?:may|might) also like|more on this(?: topic| story)?|most read",
    r"(?:ähnliche|verwandte|weitere) (?:artikel|beiträge)|mehr zum thema|lesen sie auch",
    r"das könnte (?:sie|dich) auch interessieren",
    r"articles? (?:similaires|liés|connexes)|(?:lire|à lire|voir) (?:aussi|également)|sur le même sujet",
    r"(?:читайте|смотрите) также|по теме|похожие (?:статьи|записи|новости|материалы)|материалы по теме",
    r"ҳамчунин (?:хонед|бихонед)|инчунин (?:хонед|бихонед)|читайте також|ayrıca okuyun|ilgili haberler",
    r"بیشتر بخوانید|همچنین بخوانید|اقرأ أيضا|اقرأ أيضًا|相关阅读|延伸阅读|相关新闻|関連記事",
    r"(?:artículos|noticias|entradas) relacionad[ao]s|(?:lea|lee|leer|ver) también|te puede interesar",
)
ABOUT_THE_AUTHOR = filling(
    r"about the authors?|über (?:den autor|die autorin|die autoren)|à propos de l'aute?ure?|à propos des auteurs",
    r"об авторе|об авторах|sobre (?:el autor|la autora|los autores)",
)
PICTURE = r"(?:photo|photograph|foto|image|imagen|bild|picture|caption|légende|фото|фотография)"
CAPTION = re.compile(
    rf"{PICTURE}(?: (?:by|credit|courtesy|von|de|par|por))?\s?[:/©].{{1,300}}"
    rf"|.{{1,900}}\((?:{PICTURE}|credit|courtesy)\b[^()]{{0,120}}\)\.?"
)


def is_comment_header(line: str) -> bool:
    """Whether ``line`` may open readers' comments."""
    return COMMENT_HEADER.fullmatch(shortened(line)) is not None


def is_counted(header: str) -> bool:
    """Whether a line that may open readers' comments says how many there are, as few headings in an article do."""
    return COUNTED.fullmatch(shortened(header)) is not None


def is_comment_signature(line: str) -> bool:
    """Whether ``line`` says, and only says, that a reader writes."""
    return COMMENT_SIGNATURE.fullmatch(shortened(line)) is not None


def is_related_header(line: str) -> bool:
    """Whether ``line`` may open a list of other articles."""
    return RELATED_HEADER.fullmatch(shortened(line)) is not None


def is_about_the_author(line: str) -> bool:
    """Whether ``line`` may open a note on the author."""
    return ABOUT_THE_AUTHOR.fullmatch(shortened(line)) is not None


def is_caption(line: str) -> bool:
    """Whether ``line`` reads like what stands under a picture."""
    return CAPTION.fullmatch(shortened(line)) is not None
