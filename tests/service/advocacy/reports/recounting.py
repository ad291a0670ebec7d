"""The report's figures again, row by row and by other means: loops over what the tables hold."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from service.kit.db import Connection
from service.ledger.shares import share

Row = dict[str, Any]
RANKS = {"invited": 0, "clicked": 1, "signed_up": 2, "qualified": 3, "rewarded": 3}
STAGES = ("invitations", "clicks", "signups", "customers")


class Recount:
    """All rows of a workspace, and a span of local days."""

    def __init__(self, rows: dict[str, list[Row]], first: date, last: date, zone: ZoneInfo) -> None:
        self.rows, self.first, self.last, self.zone = rows, first, last, zone

    @classmethod
    async def read(cls, owner: Connection, workspace: UUID, first: date, last: date, tz: str) -> "Recount":
        rows = {}
        for table in ("referrals", "advocates", "rewards", "conversions", "commissions"):
            found = await owner.fetch(f"select * from {table} where workspace_id = $1", workspace)
            rows[table] = [dict(row) for row in found]
        return cls(rows, first, last, ZoneInfo(tz))

    def within(self, at: datetime | None) -> bool:
        return at is not None and self.first <= at.astimezone(self.zone).date() <= self.last

    def funnel(self) -> dict[str, list[int]]:
        """Stage -> count, held, rejected."""
        joined = {row["id"]: row["joined_at"] for row in self.rows["advocates"] if row["joined_at"]}
        there = [at for at in joined.values() if at.astimezone(self.zone).date() <= self.last]
        found = {"advocates": [len(there), 0, 0]}
        found |= {stage: [0, 0, 0] for stage in (*STAGES, "new_advocates")}
        for row in self.rows["referrals"]:
            if not self.within(begun(row)):
                continue
            beside = 2 if row["state"] == "rejected" else 1 if row["held"] else 0
            rank = RANKS[row["before"] or row["state"]]
            for stage in STAGES[: rank + 1]:
                found[stage][beside] += 1
            since = joined.get(row["friend_id"])
            found["new_advocates"][beside] += rank == 3 and since is not None and since >= begun(row)
        return found

    def acquired(self) -> list[Row]:
        return [
            row
            for row in self.rows["referrals"]
            if row["state"] in ("qualified", "rewarded") and row["held"] is None
        ]

    def rewards(self) -> dict[tuple[str, str | None], Counter[str]]:
        """By kind and currency the amounts, and how many were promised."""
        found: defaultdict[tuple[str, str | None], Counter[str]] = defaultdict(Counter)
        for row in self.rows["rewards"]:
            if not self.within(row["earned_at"]):
                continue
            made = found[row["kind"], row["currency"]]
            gone = row["gone"] is not None or row["rejected"] is not None
            stays = 0 if gone else row["amount"] - share(row["amount"], row["refunded"], row["total"])
            expired = row["expired"]
            part = "pending" if row["status"] in ("pending", "on_hold") else "given"
            made["count"] += 1
            made["promised"] += row["amount"]
            made["taken_back"] += row["amount"] - stays
            made["expired"] += min(expired, stays)
            made[part] += stays - min(expired, stays)
        return found

    def purchases(self) -> list[Row]:
        return [
            row
            for row in self.rows["conversions"]
            if row["kind"] in ("sale", "booking") and row["status"] != "open" and not row["test"]
        ]

    def referred_net(self) -> Counter[str]:
        """What friends bought, since their first order as such."""
        of = {row["id"]: row["customer_id"] for row in self.rows["conversions"]}
        since: dict[UUID, datetime] = {}
        for row in self.acquired():
            who = of.get(row["conversion_id"])
            if who is not None:
                since[who] = min(row["qualified_at"], since.get(who, row["qualified_at"]))
        found: Counter[str] = Counter()
        for row in self.purchases():
            start = since.get(row["customer_id"])
            if self.within(row["occurred_at"]) and start is not None and row["occurred_at"] >= start:
                found[row["currency"]] += net(row)
        return found

    def side(self, advocates: bool, days: int, now: datetime) -> Row:
        """What a side brought."""
        them = {row["partner_id"] for row in self.rows["advocates"] if row["joined_at"]}
        every = sorted(self.purchases(), key=lambda row: (row["occurred_at"], row["id"]))
        mine = [
            row
            for row in every
            if row["partner_id"]
            and (row["partner_id"] in them) == advocates
            and self.within(row["occurred_at"])
        ]
        standing = [row for row in mine if stands(row)]
        firsts: dict[UUID, list[Row]] = defaultdict(list)
        for row in every:
            if stands(row) and row["customer_id"]:
                firsts[row["customer_id"]].append(row)
        new = [own for own in firsts.values() if any(own[0] is row for row in standing)]
        today = now.astimezone(self.zone).date()
        old = [
            own
            for own in new
            if own[0]["occurred_at"].astimezone(self.zone).date() + timedelta(days=days) < today
        ]
        again = [
            own
            for own in old
            if len(own) > 1 and own[1]["occurred_at"] - own[0]["occurred_at"] <= timedelta(days=days)
        ]
        return {
            "orders": len(standing),
            "customers": len({row["customer_id"] for row in standing} - {None}),
            "new_customers": len(new),
            "repeat": (len(again), len(old)),
            "refund": (sum(row["status"] == "cancelled" or row["refunded"] > 0 for row in mine), len(mine)),
            "net": sums((row["currency"], net(row)) for row in mine),
        }

    def commissions(self, program_id: UUID) -> Counter[str]:
        """What influencers earned: not in the program of advocacy."""
        return sums(
            (row["currency"], row["amount"])
            for row in self.rows["commissions"]
            if self.within(row["occurred_at"])
            and row["program_id"] != program_id
            and row["status"] not in ("reversed", "rejected")
        )


def begun(row: Row) -> datetime:
    known = [row[name] for name in ("invited_at", "clicked_at", "signed_up_at", "qualified_at") if row[name]]
    return min(known) if known else row["created_at"]  # type: ignore[no-any-return]


def stands(row: Row) -> bool:
    return row["status"] == "confirmed" and (row["amount"] == 0 or row["refunded"] < row["amount"])


def net(row: Row) -> int:
    if row["status"] == "cancelled":
        return 0
    return int(row["net"] - share(row["net"], row["refunded"], max(row["amount"], 1)))


def sums(pairs: Iterable[tuple[str, int]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for name, amount in pairs:
        found[name] += amount
    return found


EVER = (date(2000, 1, 1), datetime.now(UTC).date() + timedelta(days=2))
