"""What a token for the brand's own site may do: it lies in a web page, so less than the partner. Pure."""

from collections.abc import Collection
from typing import Literal

ROLE = "embed"
Scope = Literal["view", "links"]
PREFIX = "embed:"
# The partner's figures. Not: who has access, where money goes, who is told what.
_VIEW = frozenset(
    {
        *("me", "programs", "links", "coupons", "stats", "live"),
        *("conversions", "commissions", "balance", "payouts", "statement", "claims"),
        *("advocate", "referrals", "rewards", "leaderboard"),
    }
)


def held(scopes: Collection[Scope]) -> list[str]:
    """The scopes as a key keeps them.

    >>> held(["view"])
    ['embed:view']
    """
    return sorted({PREFIX + scope for scope in scopes})


def allowed(scopes: Collection[str], method: str, path: str) -> bool:
    """Whether a request is within a token's scopes. `view`: reading the figures; `links`: making links.

    >>> allowed({"embed:view"}, "GET", "/v1/partner/stats.csv")
    True
    >>> allowed({"embed:view"}, "POST", "/v1/partner/links")
    False
    """
    head, _, rest = path.partition("/v1/partner/")
    part = rest.rstrip("/").split("/")[0].removesuffix(".csv")
    if head or not part:
        return False
    if method in ("GET", "HEAD"):
        return part in _VIEW and PREFIX + "view" in scopes
    if part == "tickets":
        return method == "POST" and PREFIX + "view" in scopes
    return method == "POST" and rest.rstrip("/") == "links" and PREFIX + "links" in scopes
