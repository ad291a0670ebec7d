"""Which language a page comes in. Pure."""

from typing import cast

from service.accounts.labels.registry import Language
from service.kit.translation import preferred

LANGUAGES = ("tr", "en")


def chosen(asked: str | None, kept: str | None, accepted: str | None, otherwise: str) -> Language:
    """What the address asks for, what was chosen before, what the browser says, what the brand speaks.

    >>> chosen("en", "tr", None, "tr"), chosen("xx", None, "de, tr;q=0.4", "en")
    ('en', 'tr')
    """
    for found in (asked, kept, preferred(accepted), otherwise):
        if found in LANGUAGES:
            return cast(Language, found)
    return "tr"
