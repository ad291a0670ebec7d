"""What `elci bench advocacy` asks."""

from datetime import datetime, timedelta
from uuid import UUID

import numpy as np

from service.bench.advocacy.growing import Grown
from service.kit import ids

FLOOR = "nothing but the caller"
NO_GOAL = frozenset(("loyalty of a week", "loyalty of a year"))


def asked(program: str, forest: Grown, now: datetime) -> dict[str, str]:
    """What is asked, by name."""
    brought = np.bincount(forest.by, minlength=len(forest.joined))
    first, middle = advocate(0), advocate(int(np.argsort(brought)[-len(brought) // 100]))
    leaf = advocate(len(forest.joined) - 1)
    quarter = f"from={now - timedelta(days=90):%Y-%m-%dT%H:%M:%SZ}"
    of = f"program_id={program}"
    week = f"from={now - timedelta(days=7):%Y-%m-%d}"
    month = f"from={now - timedelta(days=60):%Y-%m-%d}&to={now - timedelta(days=30):%Y-%m-%d}"
    return {
        "report of all programs": "/v1/advocacy/report",
        "report of the program": f"/v1/advocacy/report?{of}",
        "report of a month": f"/v1/advocacy/report?{of}&{month}",
        "report, cohorts by week": f"/v1/advocacy/report?{of}&cohorts=week",
        "report, side by side as a spreadsheet": f"/v1/advocacy/report.csv?{of}&table=sides",
        "tree of the first": f"/v1/advocates/{first}/tree",
        "tree of the first, 500 accounts": f"/v1/advocates/{first}/tree?depth=10&wide=50&most=500",
        "tree of one of a hundred": f"/v1/advocates/{middle}/tree",
        "tree of the last": f"/v1/advocates/{leaf}/tree",
        "trees of the program": f"/v1/programs/{program}/referral-trees",
        "trees of the program, 100": f"/v1/programs/{program}/referral-trees?limit=100",
        "leaderboard": f"/v1/advocates/leaderboard?{of}",
        "leaderboard of 90 days": f"/v1/advocates/leaderboard?{of}&{quarter}",
        "advocates": "/v1/advocates?limit=100",
        "advocates of the program": f"/v1/advocates?{of}",
        "advocates, guests": f"/v1/advocates?{of}&status=guest",
        "advocates, employees": "/v1/advocates?member=employee",
        "advocates of a tier nobody has": "/v1/advocates?tier=platinum",
        "advocates, joined by mention": "/v1/advocates?joined_by=mention",
        "advocate": f"/v1/advocates/{first}",
        "referrals": "/v1/referrals?limit=100",
        "referrals of the program": f"/v1/referrals?{of}",
        "referrals of the first": f"/v1/referrals?advocate_id={first}",
        "referrals, rejected": f"/v1/referrals?{of}&state=rejected",
        "referrals, manual": "/v1/referrals?channel=manual",
        "referrals, held": "/v1/referrals?held=true",
        "rewards": "/v1/rewards?limit=100",
        "rewards, expired": "/v1/rewards?status=expired",
        "rewards of friends": "/v1/rewards?side=friend",
        "rewards of the first": f"/v1/rewards?advocate_id={first}",
        "obligations": f"/v1/rewards/obligations?{of}",
        "obligations of 90 days": f"/v1/rewards/obligations?{quarter}",
        "balance of the first": f"/v1/advocates/{first}/balance",
        "reviews": "/v1/reviews?limit=100",
        "summary of all reviews": "/v1/reviews/summary",
        "loyalty of a week": f"/v1/loyalty?{week}",
        "loyalty of a year": "/v1/loyalty",
        FLOOR: "/v1/me",
    }


def advocate(n: int) -> str:
    """The outer id of the n-th advocate (filling.made_id)."""
    return ids.show("adv", UUID(f"01900000-0000-7100-8000-{n:012x}"))
