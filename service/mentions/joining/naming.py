"""Whom a mention names: handles in its text. Pure."""

import re

from service.influencers.identity import clean_handle, fold_handle

MOST = 50
# No part of an e-mail address.
_HANDLE = re.compile(r"(?<![\w.@/])@([\w.\-·]{1,100})")


def handles(text: str) -> list[str]:
    """The folded handles of a text, each once.

    >>> handles("Teşekkürler @Ada.Shop! @ada.shop'tan aldım, yazın: a@b.com @Ece.")
    ['ada.shop', 'ece']
    """
    found = (fold_handle(clean_handle(name.rstrip(".-·"))) for name in _HANDLE.findall(text))
    return list(dict.fromkeys(name for name in found if name))[:MOST]
