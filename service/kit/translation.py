"""Problems in Turkish, for `Accept-Language: tr`. Types, paths and member names stay as they are."""

import re
from typing import Any, Literal

from service.kit.problems import Problem

_TITLES = {
    "Bad request": "Hatalı istek",
    "Invalid input": "Geçersiz girdi",
    "Not authenticated": "Kimlik doğrulanmadı",
    "Not allowed": "İzin yok",
    "Not found": "Bulunamadı",
    "Method not allowed": "Bu yöntem kullanılamaz",
    "Conflict": "Çakışma",
    "Changed by someone else": "Başkası tarafından değiştirilmiş",
    "Too large": "Çok büyük",
    "Unsupported media type": "Desteklenmeyen içerik türü",
    "Idempotency-Key used for another request": "Idempotency-Key başka bir istekte kullanılmış",
    "If-Match required": "If-Match gerekli",
    "Too many requests": "Çok fazla istek",
    "Not installed": "Kurulu değil",
    "Unavailable": "Şu anda kullanılamıyor",
    "Internal error": "Sunucu hatası",
    "Unreadable cursor": "Okunamayan imleç",
}
_MESSAGES = [
    (re.compile(r"^is required$"), "zorunludur"),
    (re.compile(r"^is not a field here$"), "burada böyle bir alan yok"),
    (re.compile(r"^Expected `(.+?)`, got `(.+?)`$"), r"`\1` bekleniyordu, `\2` geldi"),
    (re.compile(r"^Expected `str` of length (.+)$"), r"uzunluğu \1 olan `str` bekleniyordu"),
    (re.compile(r"^Expected `str` matching regex (.+)$"), r"\1 kalıbına uyan `str` bekleniyordu"),
    (re.compile(r"^Expected `(.+?)` (.+)$"), r"`\1` \2 bekleniyordu"),
    (re.compile(r"^Invalid enum value (.+)$"), r"\1 geçerli değerlerden biri değil"),
    (re.compile(r"^Missing required argument$"), "zorunludur"),
]


def register_titles(titles: dict[str, str]) -> None:
    """Adds a domain's titles: English to Turkish."""
    _TITLES.update(titles)


def titles() -> dict[str, str]:
    """English titles and their Turkish form."""
    return dict(_TITLES)


def preferred(accept_language: str | None) -> Literal["tr", "en"] | None:
    """Which of the two ranks above the other in an Accept-Language header (RFC 9110, 12.5.4); None where it
    names neither.

    >>> preferred("tr-TR,tr;q=0.9,en;q=0.8"), preferred("en, tr;q=0.5"), preferred("de"), preferred(None)
    ('tr', 'en', None, None)
    """
    ranks = {"tr": 0.0, "en": 0.0}
    for part in (accept_language or "")[:200].split(","):
        tag, _, quality = part.strip().partition(";q=")
        language = tag.lower().split("-")[0]
        if language in ranks:
            ranks[language] = max(ranks[language], _quality(quality))
    if not any(ranks.values()):
        return None
    return "tr" if ranks["tr"] > ranks["en"] else "en"


def wants_turkish(accept_language: str | None) -> bool:
    """Whether `tr` ranks above `en`.

    >>> wants_turkish("tr-TR,tr;q=0.9,en;q=0.8"), wants_turkish("en, tr;q=0.5"), wants_turkish(None)
    (True, False, False)
    """
    return preferred(accept_language) == "tr"


def _quality(text: str) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0.0


def in_turkish(problem: Problem) -> dict[str, Any]:
    """The problem's members with Turkish title and field messages."""
    body = problem.body()
    body["title"] = _TITLES.get(problem.title, problem.title)
    if problem.detail == problem.title:
        body["detail"] = body["title"]
    if "errors" in body:
        body["errors"] = [{**item, "message": _message(item["message"])} for item in body["errors"]]
        body["detail"] = f"{len(body['errors'])} alan olması gerektiği gibi değil"
    return body


def _message(text: str) -> str:
    for pattern, turkish in _MESSAGES:
        if pattern.search(text):
            return pattern.sub(turkish, text)
    return text
