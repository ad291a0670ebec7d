"""What a forecast's query asks for (pure)."""

from typing import get_args

from msgspec import Struct

from service.discovery.plans.reading import refuse
from service.discovery.plans.schemas import Asked, Limits
from service.discovery.reach.planned import read
from service.discovery.shortlists.items.schemas import Status
from service.influencers.reading import words
from service.influencers.schemas import Platform
from service.kit import ids
from service.kit.money import CURRENCIES, Price

# A plan each: of some dozen accounts .3 s.
MOST_BUDGETS = 12
MOST_AMOUNT = 2**53
PLATFORMS = frozenset(get_args(Platform))
STATUSES = frozenset(get_args(Status))


class Query(Struct, frozen=True):
    """The parameters as they came."""

    budget: int | None
    currency: str | None
    posts: str | None
    platforms: str | None
    status: str | None
    budgets: str | None


def asked(shortlist_id: str, query: Query, home: str) -> Asked:
    """A plan for the budget. home: the workspace's currency. Raises InvalidInput, NotFound.

    >>> asked("sho_" + "0" * 26, Query(500, None, "reel:2", None, None, None), "TRY").budget
    Price(amount=500, currency='TRY')
    """
    currency = query.currency or home
    if currency not in CURRENCIES:
        refuse([{"path": "currency", "message": f"{currency} is not one of ISO 4217"}])
    return Asked(
        budget=Price(query.budget or 0, currency),
        objective="unique_reach",
        shortlist_id=ids.read("sho", shortlist_id),
        influencer_ids=None,
        posts=list(read(query.posts)),
        costs=[],
        must_include=[],
        exclude=[],
        max_size=None,
        limits=Limits(),
        brief_id=None,
        statuses=sorted(words("status", query.status, STATUSES)),
        platforms=sorted(words("platforms", query.platforms, PLATFORMS)),
    )


def budgets(text: str | None) -> list[int]:
    """The budgets of the curve, rising. Raises ImpossibleDemands.

    >>> budgets("300, 100,200,100")
    [100, 200, 300]
    """
    parts = [part.strip() for part in (text or "").split(",") if part.strip()]
    faults = [
        {"path": f"budgets[{at}]", "message": "is no amount in minor units"}
        for at, part in enumerate(parts)
        if not (part.isascii() and part.isdigit() and len(part) <= 16 and int(part) <= MOST_AMOUNT)
    ]
    if len(parts) > MOST_BUDGETS:
        faults.append({"path": "budgets", "message": f"holds more than {MOST_BUDGETS} amounts"})
    if faults:
        refuse(faults)
    return sorted({int(part) for part in parts})
