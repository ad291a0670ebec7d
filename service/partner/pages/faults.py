"""What is wrong with a field, in words for somebody who fills in a form. Pure."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from service.accounts.labels.registry import Language

_WORDS: list[tuple[re.Pattern[str], str, str]] = [
    (re.compile(pattern), tr, en)
    for pattern, tr, en in (
        (r"is required|required argument|of length >= 1$", "Bu alan zorunludur.", "Please fill this in."),
        (r"of length <= (\d+)", r"En fazla \1 karakter olabilir.", r"At most \1 characters."),
        (r"has more than (\d+) characters", r"En fazla \1 karakter olabilir.", r"At most \1 characters."),
        (r"one of the options|is not asked", "Listeden birini seçin.", "Please choose one of the list."),
        (r"of length >= (\d+)", r"En az \1 karakter olmalı.", r"At least \1 characters."),
        (
            r"matching regex|can't be read as",
            "Bu biçimde bir değer olamaz.",
            "This doesn't have the right form.",
        ),
        (
            r"^(\S+) is not among the workspace's destination_hosts",
            r"\1 markanın sitelerinden biri değil.",
            r"\1 is none of the brand's sites.",
        ),
        (r"begin with http", "Adres https:// ile başlamalı.", "The address has to begin with https://."),
        (r"names no host", "Adreste bir site adı yok.", "The address names no site."),
        (
            r"^needs 3 to 64 letters",
            "3–64 harf, rakam, - veya _ olmalı; ilk ve son karakter harf veya rakam olmalı.",
            "It takes 3 to 64 letters, digits, - or _; the first and the last are a letter or a digit.",
        ),
        (
            r"white space|brace|user name|parameter|longer than",
            "Bu adres kullanılamaz.",
            "This address can't be used.",
        ),
        (r"is no date|is no month|Invalid RFC3339|`date`", "Geçerli bir tarih değil.", "This is no date."),
        (r"is after `to`", "Bitişten sonra olamaz.", "It is after the end."),
        (r"more than (\d+) days before", r"En fazla \1 gün seçilebilir.", r"At most \1 days can be chosen."),
        (r"is a day to come", "Bu gün henüz gelmedi.", "This day is still to come."),
        (r"two years ago", "İki yıldan eski olamaz.", "It is more than two years ago."),
        (r"is no amount|is more than", "Geçerli bir tutar değil.", "This is no amount."),
        (r"is no currency", "Geçerli bir para birimi değil.", "This is no currency."),
        (r"enum value", "Listeden birini seçin.", "Please choose one of the list."),
        (
            r"Expected `bool`|has to be accepted|accept",
            "Bunu kabul etmeniz gerekiyor.",
            "You have to accept this.",
        ),
    )
]
_OTHER = ("Bu değer kabul edilmedi.", "This value was not accepted.")


def in_words(message: str, language: Language) -> str:
    """
    >>> in_words("Expected `str` of length <= 200", "tr")
    'En fazla 200 karakter olabilir.'
    >>> in_words("evil.example is not among the workspace's destination_hosts", "en")
    "evil.example is none of the brand's sites."
    """
    for pattern, tr, en in _WORDS:
        found = pattern.search(message)
        if found is not None:
            return found.expand(tr if language == "tr" else en)
    return _OTHER[0] if language == "tr" else _OTHER[1]


def by_field(errors: Iterable[Mapping[str, Any]], language: Language) -> dict[str, str]:
    """Each failing field with its first fault.

    >>> by_field([{"path": "url", "message": "is required"}, {"path": "url", "message": "?"}], "en")
    {'url': 'Please fill this in.'}
    """
    found: dict[str, str] = {}
    for error in errors:
        found.setdefault(str(error["path"]), in_words(str(error["message"]), language))
    return found
