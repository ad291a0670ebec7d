"""Hosts and domains that say something by themselves: pure, with lists as data."""

import functools
import re
from collections.abc import Collection
from importlib import resources
from typing import Final, Literal

_COUPON_WORDS: Final = re.compile(
    r"coupon|kupon|voucher|gutschein|promo-?cod|promo-?kod|codepromo|indirim-?kod"
)


@functools.cache
def listed(name: Literal["mail_providers", "disposable", "coupon_sites"]) -> frozenset[str]:
    """One of the lists in `data`, in lower case.

    >>> "gmail.com" in listed("mail_providers"), "mailinator.com" in listed("disposable")
    (True, True)
    """
    text = resources.files(__package__).joinpath("data", f"{name}.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def is_under(host: str | None, hosts: Collection[str]) -> str | None:
    """The listed host that a host is, or is a part of.

    >>> is_under("www.a.spam.example", {"spam.example"}), is_under("notspam.example", {"spam.example"})
    ('spam.example', None)
    """
    while host:
        if host in hosts:
            return host
        host = host.partition(".")[2]
    return None


def is_coupon_site(host: str | None, more: Collection[str] = ()) -> bool:
    """Whether a host collects codes.

    >>> is_coupon_site("indirimkodu.example"), is_coupon_site("blog.example"), is_coupon_site(None)
    (True, False, False)
    """
    if host is None:
        return False
    known = is_under(host, listed("coupon_sites")) or is_under(host, more)
    return known is not None or _COUPON_WORDS.search(host) is not None
