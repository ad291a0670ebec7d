"""Names in other forms, and what people read for codes (GET /v1/labels)."""

import re

from service.accounts.labels.registry import register
from service.kit.text import fold_tr

LONGEST_SLUG = 60

register(
    "partner_status",
    {
        "active": ("Etkin", "Active"),
        "paused": ("Duraklatıldı", "Paused"),
        "archived": ("Arşivde", "Archived"),
    },
)


def slug(name: str) -> str:
    """A name as it can stand in an address; empty where nothing of it can.

    >>> slug("Ayşe  Öz & Co."), slug("山田")
    ('ayse-oz-co', '')
    """
    return re.sub(r"[^a-z0-9]+", "-", fold_tr(name)).strip("-")[:LONGEST_SLUG].strip("-")


def email_key(email: str | None) -> str | None:
    """By what two spellings of one address are the same.

    >>> email_key(" Ayse@Example.com ")
    'ayse@example.com'
    """
    return None if email is None else email.strip().casefold()
