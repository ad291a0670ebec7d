"""Texts, lists, e-mail addresses, links, languages, yes and no."""

import re
from functools import cache
from typing import Any

from babel import Locale

from service.imports.cells.missing import is_missing
from service.imports.rejects import Unfit
from service.kit.text import fold_tr

_SPACES = re.compile(r"\s+")
_UNSEEN = re.compile(r"[?\ufffd\s.,!'\"&()|/_*-]*")
_EMAIL = re.compile(r"[\w.+%'-]{1,64}@(?:[\w-]{1,63}\.){1,5}[a-z]{2,24}", re.IGNORECASE)
_SEPARATORS = re.compile(r"[;|\n•,]|\s/\s")
_YES = frozenset(
    ("1", "true", "t", "yes", "y", "evet", "e", "dogru", "var", "x", "✓", "✔", "✅", "verified", "onayli")
)
_NO = frozenset(
    ("0", "false", "f", "no", "n", "hayir", "h", "yanlis", "yok", "✗", "✘", "❌", "unverified", "onaysiz")
)
_NAME, _LABEL, _LONG = 200, 100, 20_000
_PHONE = re.compile(r"[+0-9][0-9 ()./-]{5,39}")


def read_name(value: Any) -> str | None:
    """A name on one line; None for one that an export has turned into question marks.

    >>> read_name(" Stray  Kids "), read_name("??????? ??????")
    ('Stray Kids', None)
    """
    text = _SPACES.sub(" ", _text(value, _NAME)).strip()
    return None if _UNSEEN.fullmatch(text) else text


def read_line(value: Any) -> str:
    """A text on one line."""
    return _SPACES.sub(" ", _text(value, _NAME)).strip()


def read_long(value: Any) -> str:
    """A text of several lines, as it stands."""
    return _text(value, _LONG).strip()


def read_list(value: Any) -> tuple[str, ...]:
    """The entries of a cell that lists several: `Beauty; Fashion`, `Moda, Güzellik`, or a JSON list.

    >>> read_list("Cinema & Actors/actresses"), read_list("Moda, Güzellik"), read_list("Athletics / Family")
    (('Cinema & Actors/actresses',), ('Moda', 'Güzellik'), ('Athletics', 'Family'))
    """
    if isinstance(value, list | tuple):
        parts = [str(_named(each)) for each in value if not is_missing(_named(each))]
    else:
        parts = _SEPARATORS.split(_text(value, _LONG))
    cleaned = (_SPACES.sub(" ", part).strip() for part in parts)
    found = tuple(dict.fromkeys(part for part in cleaned if not is_missing(part)))
    if any(len(part) > _LABEL for part in found):
        raise Unfit("too_long")
    return found


def read_hashtags(value: Any) -> tuple[str, ...]:
    """Hashtags without their sign, from a list or from running text; each once.

    >>> read_hashtags("#moda #güzellik,#moda")
    ('moda', 'güzellik')
    """
    if isinstance(value, list | tuple):
        return tuple(part.lstrip("#") for part in read_list(value))
    text = _text(value, _LONG)
    found = re.findall(r"[#＃](\w{1,150})", text) or [part.strip() for part in _SEPARATORS.split(text)]
    return tuple(dict.fromkeys(part for part in found if part))


def read_email(value: Any) -> str:
    """One address; the first where a cell lists several."""
    if isinstance(value, list):
        value = " ".join(
            str(text) for each in value[:20] for text in (each.values() if isinstance(each, dict) else [each])
        )
    for part in re.split(r"[\s,;|<>()\"]+", _text(value, _NAME).removeprefix("mailto:")):
        if _EMAIL.fullmatch(part):
            return part
    raise Unfit("not_an_email")


def is_email(text: str) -> bool:
    """Whether the text is one address and nothing else."""
    return _EMAIL.fullmatch(text[:300]) is not None


def read_phone(value: Any) -> str:
    """A telephone number as it is written; a spreadsheet may have made a number of it."""
    text = _scalar(value) if not isinstance(value, str) else value
    text = _SPACES.sub(" ", text[:60]).strip().removeprefix("tel:")
    if not _PHONE.fullmatch(text):
        raise Unfit("not_a_phone")
    return text


def read_url(value: Any) -> str:
    """A web address, with `https://` where the scheme is missing."""
    text = _text(value, 2_000).strip()
    if re.fullmatch(r"https?://\S+", text, re.IGNORECASE):
        return text
    if re.fullmatch(r"(?:[\w-]{1,63}\.){1,5}[a-z]{2,24}(?:[/?#]\S*)?", text, re.IGNORECASE):
        return f"https://{text}"
    raise Unfit("not_a_url")


def read_boolean(value: Any) -> bool:
    """Yes and no in English, Turkish, digits and ticks."""
    if isinstance(value, bool):
        return value
    folded = fold_tr(str(value)[:40]).removesuffix(".0")
    if folded in _YES:
        return True
    if folded in _NO:
        return False
    raise Unfit("not_a_boolean")


def read_languages(value: Any) -> tuple[str, ...]:
    """Language codes (ISO 639) of a cell that names one or several.

    >>> read_languages("Türkçe, English"), read_languages("tr-TR")
    (('tr', 'en'), ('tr',))
    """
    entries = [value] if isinstance(value, dict) else value if isinstance(value, list) else None
    if entries is not None:
        names = [
            str(each.get("code") or each.get("name")) if isinstance(each, dict) else str(each)
            for each in entries
        ]
    else:
        names = re.split(r"\s*[,;|/&\n]\s*|\s+(?:and|ve)\s+", _text(value, _NAME))
    return tuple(dict.fromkeys(_language(name) for name in names if not is_missing(name)))


def _language(name: str) -> str:
    folded = fold_tr(name)
    code = _languages().get(folded) or _languages().get(folded.replace("_", "-").split("-")[0])
    if not code:
        raise Unfit("not_a_language")
    return code


@cache
def _languages() -> dict[str, str]:
    found: dict[str, str] = {}
    for locale in ("tr", "en"):
        for code, name in Locale(locale).languages.items():
            if len(code) in (2, 3) and code not in ("und", "mul", "zxx", "mis"):
                found |= {fold_tr(name): code, code.lower(): code}
    found |= {fold_tr(Locale(code).display_name or code): code for code in ("de", "fr", "es", "ru", "ar")}
    return found | {"eng": "en", "tur": "tr", "ger": "de", "kurdish": "ku", "kurtce": "ku", "mandarin": "zh"}


def _named(each: Any) -> Any:
    return (each.get("name") or each.get("tag") or each.get("code")) if isinstance(each, dict) else each


def _text(value: Any, longest: int) -> str:
    if isinstance(value, list | dict):
        raise Unfit("not_a_text")
    text = value if isinstance(value, str) else _scalar(value)
    if len(text) > longest:
        raise Unfit("too_long")
    return text


def _scalar(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
