"""What an order says of how its buyer came: click ids, codes, campaign values, the page of arrival."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, urlsplit

from msgspec import Struct

from service.conversions.shops.shapes import Json, text, texts
from service.kit.text import fold_tr

# Ours in any place; those of others only under a name that says so.
_OURS = re.compile(r"clk_[0-9a-z]{26}")
_NAMED = "elci elciclickid elciclick elciid clickid clkid dubid dubclickid irclickid subid cid afclickid"
_CLICK_NAMES = frozenset(_NAMED.split())
_COUPONS = "coupon couponcode discountcode promocode promotioncode kupon kuponkodu"
_COUPON_NAMES = frozenset(_COUPONS.split())
_UTM = ("source", "medium", "campaign", "content", "term", "id")
_MOST_PARAMETERS = 50
_MOST_CLICKS = 20


class Arrival(Struct, frozen=True):
    """What the address of a page tells."""

    clicks: tuple[str, ...] = ()
    campaign: dict[str, str] = {}
    landing: dict[str, str] = {}


def arrival(address: Json) -> Arrival:
    """Reads the address a visit began on: a path or a full one.

    >>> arrival("/p/elbise?utm_source=ig&elci=clk_01jd0000000000000000000000").campaign
    {'source': 'ig'}
    """
    pairs = parameters(address)
    return Arrival(clicks_in(pairs.items()), campaign_of(pairs), pairs)


def parameters(address: Json) -> dict[str, str]:
    """The parameters of an address."""
    found = address if isinstance(address, str) and len(address) <= 8000 else ""
    try:
        pairs = parse_qsl(urlsplit(found).query, max_num_fields=500)
    except ValueError:
        return {}
    kept = [(name[:100], told) for name, value in pairs if (told := text(value)) and text(name)]
    return dict(kept[:_MOST_PARAMETERS])


def clicks_in(pairs: Iterable[tuple[Json, Json]]) -> tuple[str, ...]:
    """Click ids among names and values: ours wherever they stand, others' by the name.

    >>> clicks_in([("engraving", "Ada"), ("note", "clk_01jd0000000000000000000000"), ("Click ID", "x1")])
    ('clk_01jd0000000000000000000000', 'x1')
    """
    found: list[str] = []
    for name, value in pairs:
        told = text(value)
        if told is None:
            continue
        found += _OURS.findall(told) or ([told] if squeezed(name) in _CLICK_NAMES else [])
    return texts(found)[:_MOST_CLICKS]


def coupons_in(pairs: Iterable[tuple[Json, Json]]) -> tuple[str, ...]:
    """Coupon codes among names and values, by the name."""
    return texts(value for name, value in pairs if squeezed(name) in _COUPON_NAMES)


def campaign_of(pairs: Mapping[str, Json], start: str = "utm_") -> dict[str, str]:
    """The utm values, by their short names."""
    told = {name: text(pairs.get(start + name)) for name in _UTM}
    return {name: value for name, value in told.items() if value is not None}


def host_of(address: Json) -> str | None:
    """The host of a referrer, in lower case.

    >>> host_of("https://www.Instagram.com/p/1"), host_of("instagram.com"), host_of("")
    ('www.instagram.com', 'instagram.com', None)
    """
    told = text(address)
    if told is None:
        return None
    try:
        host = urlsplit(told if "//" in told else f"//{told}").hostname
    except ValueError:
        return None
    return host if host and "." in host and " " not in host else None


def country_of(*values: Json) -> str | None:
    """The first two-letter code of a country."""
    return next(
        (told.upper() for each in values if (told := text(each)) and re.fullmatch("[A-Za-z]{2}", told)), None
    )


def squeezed(name: Json) -> str:
    """A name without case and punctuation: `elci_click_id`, "Click ID", `ClickId`."""
    return re.sub("[^a-z0-9]", "", fold_tr(text(name) or ""))
