r"""Knows the lines that surround an article on its page, in English, German, French, Russian and Spanish.

One visible tuple of rules, each a pattern that must fill a whole line. A rule is as wide as it is safe: what no article
says on a line of its own counts anywhere, what one might say counts only at the edges of the document.
To add a language or a host, add its words here and a case under ``tests/cases/ingest/``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from archive_builder.ingest.paragraphs import folded

__all__ = ["COUNTER", "RULES", "Rule", "Where", "filling", "reason_to_remove", "shortened"]

LONGEST = 1000  # code points; a longer line is prose, whatever its words
LONGEST_HEADLINE = 160


class Where(StrEnum):
    """Where in the document a line stands."""

    TOP = "top"
    MIDDLE = "middle"
    TAIL = "tail"


EVERYWHERE = frozenset(Where)
EDGES = frozenset({Where.TOP, Where.TAIL})
TOP = frozenset({Where.TOP})
TAIL = frozenset({Where.TAIL})
COUNTER = "counter"


@dataclass(frozen=True, slots=True)
class Rule:
    """Lines of one kind."""

    reason: str
    """What such a line is."""
    where: frozenset[Where]
    """Where it counts."""
    pattern: re.Pattern[str]
    """Fills the line, folded."""


def filling(*alternatives: str) -> re.Pattern[str]:
    """Matches a folded line that one of ``alternatives`` fills, but for bullets, arrows and emphasis around it."""
    # No full stop, which would make a sentence of it.
    return re.compile(rf"[\s*_#•·|>+<→\"-]{{0,8}}(?:{'|'.join(alternatives)})[\s*_:…!|>→\"]{{0,8}}")


def _rule(reason: str, where: frozenset[Where], *alternatives: str) -> Rule:
    return Rule(reason, where, filling(*alternatives))


REST = r"[^.!?]{1,300}"
HEADLINE = rf"[^.]{{1,{LONGEST_HEADLINE}}}"
NETWORK = (
    r"(?:facebook|twitter|x|telegram|whatsapp|vkontakte|vk|вконтакте|одноклассники|linkedin|pinterest|reddit|tumblr|viber|"
    r"messenger|bluesky|mastodon|threads|instagram|youtube|rss|e-?mail|mail|print|copy link|link kopieren)"
)

RULES: tuple[Rule, ...] = (
    _rule(
        "comment form",
        EVERYWHERE,
        r"(?:leave|post|add|write) a (?:reply|comment|response)",
        r"(?:click here to )?cancel reply",
        r"your email address will not be published\.?(?: required fields are marked \*?)?",
        r"required fields are marked \*?",
        r"save my name, email,? and website in this browser for the next time i comment\.?",
        r"this (?:blog|site) is kept spam free by [\w -]{1,60}\.?",
        r"this site uses akismet to reduce spam\.(?: learn how your comment data is processed\.)?",
        r"you must be (?:logged in|registered) to (?:post|leave) a comment\.?",
        r"notify me of (?:follow-?up|new) (?:comments|posts) (?:by|via) email\.?",
        r"subscribe to: post comments \(atom\)",
        r"(?:einen )?kommentar (?:schreiben|hinterlassen|verfassen|abgeben)",
        r"(?:schreiben? (?:sie )?|hinterlassen? (?:sie )?)(?:einen kommentar|eine antwort)",
        r"antwort(?:en)? abbrechen",
        r"(?:deine|ihre) e-?mail-?adresse wird nicht veröffentlicht\.?"
        r"(?: erforderliche felder sind mit \*? ?markiert\.?)?",
        r"(?:laisse[rz]|ajoute[rz]|publie[rz]) (?:un commentaire|une réponse)",
        r"annuler la réponse",
        r"votre adresse (?:e-?mail|de messagerie|électronique) ne sera pas publiée\.?"
        r"(?: les champs obligatoires sont indiqués avec \*?)?",
        r"(?:оставить|оставьте|добавить|написать|отправить) (?:комментарий|ответ|свой комментарий)",
        r"отменить ответ",
        r"(?:ваш )?(?:адрес )?e-?mail не будет опубликован\.?(?: обязательные поля помечены \*?)?",
        r"(?:dejar?|publicar?|añad(?:ir|e)|escrib(?:ir|e)) (?:un comentario|una respuesta|tu comentario)",
        r"cancelar (?:la )?respuesta",
        r"(?:tu|su) dirección de correo electrónico no será publicada\.?"
        r"(?: los campos (?:obligatorios|necesarios) están marcados con \*?)?",
    ),
    _rule(
        "cookie notice",
        EDGES,
        r"(?:we(?: and our (?:\d+ )?partners)?|this (?:web)?site|our (?:web)?site) uses? cookies\b.{0,500}",
        r".{0,300}\bby (?:continuing|using|clicking|closing)\b.{1,200}\b(?:agree|consent|accept)\b"
        r".{0,200}\bcookies?\b.{0,200}",
        r"(?:wir verwenden|(?:diese|unsere) (?:web)?seite (?:verwendet|nutzt)) cookies\b.{0,500}",
        r"(?:nous utilisons|ce site utilise) des cookies\b.{0,500}",
        r"(?:мы используем|(?:этот |наш )?сайт использует) (?:файлы )?cookie.{0,500}",
        r"(?:utilizamos|(?:este|nuestro) sitio(?: web)? utiliza) cookies\b.{0,500}",
    ),
    _rule(
        "call to readers",
        EVERYWHERE,
        r"(?:нашли|заметили|увидели) (?:опечатку|ошибку)\?.{0,200}",
        r"(?:spotted|found|noticed|see) (?:an error|a mistake|a typo)\?.{0,200}",
        r"подпис(?:ывайтесь|аться|ывайся) на (?:наш|нашу|наши|канал).{0,200}",
    ),
    _rule(
        "editor's line",
        TAIL,
        r"[（(【\[]?\s?(?:责任编辑|責任編輯|编辑|編輯|责编|审核|校对)\s?[：:].{1,40}",
        r"(?:来源|來源|记者|記者|作者)\s?[：:].{1,40}",
    ),
    _rule(
        "comment form",
        TAIL,
        r"leave a (?:reply|comment) to .{0,200}[^\s.!?]",
        r"(?:no comments|be the first to comment|join the (?:discussion|conversation))(?: yet)?\.?",
        r"comments (?:are )?(?:closed|off)\.?",
        r"reply|log in to (?:reply|comment)|submit|post comment",
        r"(?:name|email|website|comment|your comment) ?\*?",
        r"(?:noch )?keine kommentare|kommentare (?:sind )?geschlossen\.?|antworten",
        r"(?:aucun|pas de) commentaires?|(?:les )?commentaires (?:sont )?fermés\.?|répondre",
        r"(?:нет комментариев|комментариев (?:пока )?нет|комментарии (?:закрыты|отключены)|ответить)\.?",
        r"(?:no hay|sin|ningún) comentarios?|(?:los )?comentarios (?:están )?cerrados\.?|responder",
    ),
    _rule(
        "share bar",
        EVERYWHERE,
        r"share (?:this|on|via|with)(?: (?:this|article|story|post|page|friends|on|via|and|or|" + NETWORK + r"))*",
        r"(?:artikel |beitrag )?(?:auf|per|über) " + NETWORK + r" teilen|(?:diesen )?(?:artikel|beitrag) teilen",
        r"partager (?:cet article|sur|via)(?: (?:sur|via|et|" + NETWORK + r"))*",
        r"поделиться(?: (?:в|через|с друзьями|статьей|новостью|" + NETWORK + r"))*|поделитесь с друзьями",
        r"comparti(?:r|do) (?:en|este artículo|por|con)(?: (?:en|por|" + NETWORK + r"))*",
    ),
    _rule(
        "share bar",
        EDGES,
        NETWORK + r"(?:[\s,|/·•]+" + NETWORK + r"){0,12}",
        r"share|tweet|shares?:? ?\d{1,6}|\d{1,6} shares?|like this|like loading\.*",
        r"teilen|drucken|merken|partager|imprimer|распечатать|печать|compartir|imprimir",
    ),
    _rule(
        "advertisement",
        EVERYWHERE,
        r"advertisements?(?:\W{1,5}continue reading (?:below|the main story))?|story continues below advertisement",
        r"anzeige|werbung|publicité|реклама|publicidad|广告|廣告|広告|إعلان|اعلان|تبلیغات|reklam|reklama",
    ),
    _rule(
        "read more",
        EVERYWHERE,
        r"(?:read (?:more|also)|see also|also read|related|you may also like|more on this)\s?:\s?" + HEADLINE,
        r"(?:lesen sie auch|mehr (?:dazu|zum thema)|siehe auch)\s?:\s?" + HEADLINE,
        r"(?:(?:lire|voir|à lire) (?:aussi|également)|sur le même sujet)\s?:\s?" + HEADLINE,
        r"(?:читайте также|читать также|смотрите также|по теме|подробнее)\s?:\s?" + HEADLINE,
        r"(?:ҳамчунин (?:хонед|бихонед)|инчунин (?:хонед|бихонед)|читайте також|читайте більше|ayrıca okuyun)\s?:\s?"
        + HEADLINE,
        r"(?:بیشتر بخوانید|همچنین بخوانید|اقرأ أيضا|اقرأ أيضًا|相关阅读|延伸阅读|相关新闻)\s?[:：]\s?" + HEADLINE,
        r"(?:lea también|leer también|lee también|ver también|te puede interesar)\s?:\s?" + HEADLINE,
    ),
    _rule(
        "slideshow crumb",
        EDGES,
        r"(?:\d{1,3}|photo \d{1,3}|bild \d{1,3}|фото \d{1,3}|foto \d{1,3}) ?(?:/|of|von|de|sur|из) ?\d{1,3}",
        r"[\s<>‹›←→◀▶\"'|]{1,12}",
        r"(?:previous|next|vorheriges|nächstes|précédente|suivante|назад|вперёд|anterior|siguiente)"
        r" (?:slide|image|photo|bild|foto|фото|imagen)",
    ),
    _rule(
        "navigation",
        EDGES,
        r"home(?:\s?[>/|\"]\s?[^.!?>]{1,60}){0,6}",
        r"skip to (?:main )?content|menu|search|back to top|top|main menu|toggle navigation",
        r"(?:older|newer) (?:posts?|entries)|(?:previous|next)(?: (?:post|article|story|page))?",
        r"(?:read|learn|show|load) more|continue reading|subscribe(?: now| to our newsletter)?",
        r"sign (?:in|up)|log ?in|register",
        r"follow(?:ing)?|listen|save|comments?|gift this article|listen to this (?:article|story).{0,40}",
        r"\d{1,2} ?min(?:ute)?s? read(?:\s?[·•|,-]\s?[^.!?]{1,40})?|reading time\W{1,3}\d{1,2} min(?:ute)?s?",
        r"startseite|zum inhalt(?: springen)?|menü|suche|weiterlesen|mehr lesen|nach oben|(?:ältere|neuere) beiträge",
        r"(?:vorheriger|nächster) (?:beitrag|artikel)|anmelden|abonnieren|lesezeit\W{1,3}\d{1,2} min(?:uten)?\.?",
        r"accueil|aller au contenu(?: principal)?|recherche|rechercher|lire la suite|haut de page|retour en haut",
        r"article (?:précédent|suivant)|s'abonner|se connecter|temps de lecture\W{1,3}\d{1,2} min(?:utes)?\.?",
        r"главная(?:\s?[>/|\"]\s?[^.!?>]{1,60}){0,6}|перейти к содержанию|меню|поиск|читать (?:далее|полностью|дальше)",
        r"наверх|(?:предыдущая|следующая)(?: (?:запись|статья|новость))?|подписаться|войти",
        r"время чтения\W{1,3}\d{1,2} мин\w{0,3}\.?",
        r"inicio|(?:saltar|ir) al contenido(?: principal)?|menú|buscar|leer más|seguir leyendo|volver arriba",
        r"(?:entrada|artículo|noticia) (?:anterior|siguiente)|suscríbete|suscribirse|iniciar sesión",
    ),
    _rule(
        COUNTER,
        TOP,
        r"\d{1,4}(?:[.,]\d{1,3})?k?(?: (?:comments?|claps?|likes?|shares?|views?))?",
    ),
    _rule(
        "post footer",
        TAIL,
        r"this entry was posted (?:in|on|by|under) .{1,800}",
        r"bookmark the permalink\.?|permalink",
        r"(?:posted (?:in|on|under)|filed under) " + REST,
        r"(?:tagged(?: with)?|tags?\s?:|categor(?:y|ies)\s?:|labels\s?:|topics\s?:) ?" + REST,
        r"(?:copyright|©|\(c\)) .{1,200}|all rights reserved\.?",
        r"dieser (?:beitrag|eintrag) wurde .{1,300} (?:veröffentlicht|abgelegt)\.?",
        r"(?:veröffentlicht (?:in|unter|am)|schlagw(?:ort|orte|örter)\s?:|kategorien?\s?:) ?" + REST,
        r"alle rechte vorbehalten\.?",
        r"cet(?:te)? (?:article|entrée) (?:a été|est) publiée? .{1,300}|tous droits réservés\.?",
        r"(?:publié (?:dans|le)|mots-clés\s?:|étiquettes\s?:|catégories?\s?:) ?" + REST,
        r"запись (?:опубликована|размещена) .{1,300}|все права защищены\.?",
        r"(?:опубликовано в|метки\s?:|теги\s?:|рубрик[аи]\s?:) ?" + REST,
        r"esta entrada (?:fue|ha sido) publicada .{1,300}|todos los derechos reservados\.?",
        r"(?:publicado en|etiquetas?\s?:|categorías?\s?:) ?" + REST,
    ),
)


def reason_to_remove(line: str, where: Where) -> str | None:
    """What kind of furniture ``line`` is, standing there; None for text."""
    words = shortened(line)
    return next((rule.reason for rule in RULES if where in rule.where and rule.pattern.fullmatch(words)), None)


def shortened(line: str) -> str:
    """``line`` folded; nothing where it is too long to be furniture."""
    return folded(line) if len(line) <= LONGEST else ""
