"""The one form in which two spellings of a coupon are the same. Pure."""

import re

from service.kit.text import fold_tr

_CODE = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?")


def folded(code: str) -> str | None:
    """What a code is compared by; None where it can't be one: it holds letters, digits, . _ - alone.

    >>> folded(" AYŞE10 "), folded("ayse10"), folded("İLK-20"), folded("%20"), folded("A B")
    ('ayse10', 'ayse10', 'ilk-20', None, None)
    """
    found = fold_tr(code)
    return found if _CODE.fullmatch(found) else None
