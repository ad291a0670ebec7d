"""The macros of UTM templates: a closed set, `{partner}` and the like, filled in when a link is followed.

Pure. A template with an unknown macro is refused when it is saved; one whose value is not known for this
visit (a platform, a campaign) leaves nothing, and a parameter that is left empty is not appended.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

MACROS = {
    "partner": "the partner's name as a slug",
    "partner_id": "prt_...",
    "campaign": "the campaign's id, cmp_...",
    "platform": "the platform the link is placed on, else the one the click came from",
    "code": "the link's code",
    "link_id": "lnk_...",
    "click_id": "clk_...",
    "country": "two letters, lower case",
    "device": "mobile, tablet, desktop or other",
    "language": "two letters, lower case",
    "target": "the number of the target that was chosen, from 0",
    "network": "the marketplace's network",
    "sub1": "the first sub id",
    "sub2": "the second",
    "sub3": "the third",
    "sub4": "the fourth",
    "sub5": "the fifth",
}
_MACRO = re.compile(r"\{([^{}]*)\}")


def faults(template: str) -> list[str]:
    """What is wrong with a template.

    >>> faults("{partner}-{code}"), faults("{clickid}"), faults("{code")
    ([], ['{clickid} is no macro'], ['has a brace that is no macro'])
    """
    unknown = [f"{{{name[:40]}}} is no macro" for name in _MACRO.findall(template) if name not in MACROS]
    bare = any(brace in _MACRO.sub("", template) for brace in "{}")
    return unknown + ["has a brace that is no macro"] * bare


def expand(template: str, values: Mapping[str, str | None]) -> str:
    """The template with its macros filled in; what is not known leaves nothing.

    >>> expand("{platform}_{code}", {"platform": None, "code": "yaz"})
    '_yaz'
    """
    pieces = _pieces(template)
    if len(pieces) == 1:
        return pieces[0]
    return "".join(piece if at % 2 == 0 else values.get(piece) or "" for at, piece in enumerate(pieces))


@lru_cache(maxsize=10_000)
def _pieces(template: str) -> list[str]:
    """Text and macros in turn."""
    return _MACRO.split(template)
