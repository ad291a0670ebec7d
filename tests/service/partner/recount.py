"""A partner's figures counted by hand from raw clicks, conversions, commissions and postings."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from service.kit import ids
from service.kit.db import Connection, Record

PREFIXES = {"link": "lnk", "coupon": "cpn", "campaign": "cmp"}
NAMES = ("conversion_id", "link_id", "coupon_id", "click_id")
STATES = ("pending", "on_hold", "payable", "paid", "reversed", "rejected")
Row = dict[str, Any]


class Raw:
    """Everything that a workspace has stored, and figures of one of its partners."""

    def __init__(self, rows: dict[str, list[Record]], partner: UUID) -> None:
        self.partner = partner
        self.clicks = [row for row in rows["clicks"] if row["partner_id"] == partner]
        self.conversions = {row["id"]: row for row in rows["conversions"]}
        self.touches = [
            row for row in rows["conversion_touches"] if row["partner_id"] == partner and row["share"] > 0
        ]
        self.commissions = [row for row in rows["commissions"] if row["partner_id"] == partner]
        accounts = {row["id"]: row for row in rows["ledger_accounts"]}
        self.posted: Counter[tuple[str, str]] = Counter()
        times = {row["id"]: row["created_at"] for row in rows["ledger_entries"]}
        self.moves: defaultdict[tuple[UUID, str], list[tuple[datetime, int]]] = defaultdict(list)
        for row in rows["ledger_postings"]:
            move = (times[row["entry_id"]], row["amount"])
            account = accounts[row["account_id"]]
            self.moves[row["commission_id"], account["kind"]].append(move)
            if account["partner_id"] == partner:
                self.posted[account["kind"], row["currency"]] += row["amount"]

    def rows(
        self, group_by: str, basis: str, zone: ZoneInfo, first: date, last: date
    ) -> tuple[Row, dict[Any, Row]]:
        """The totals, and figures by (day, value)."""
        names = group_by.split(",")
        dimension = next((name for name in names if name and name != "day"), None)
        found: defaultdict[Any, Row] = defaultdict(empty)
        total = empty()

        def into(at: datetime, value: str | None) -> Iterator[Row]:
            day = at.astimezone(zone).date()
            if first <= day <= last:
                yield total
                yield found[(day if "day" in names else None), value]

        if dimension not in ("coupon", "product"):
            for click in self.clicks:
                for row in into(click["clicked_at"], _click_value(click, dimension)):
                    row["clicks"] += Counter(
                        gross=1, net=click["counted"], unique=click["counted"] and click["unique"]
                    )
        for touch in self.touches:
            order = self.conversions[touch["conversion_id"]]
            at = self._sold_at(touch, order, basis)
            for value, sum_ in [] if at is None else self._parts(touch, dimension, _left(touch, order)):
                for row in into(at, value):
                    row["cancelled" if order["status"] == "cancelled" else "conversions"].add(order["id"])
                    row["sales"][order["currency"]] += sum_
        for one in self.commissions:
            touch = self._touch(one)
            at = self._earned_at(one, touch, basis)
            if at is None or (one["status"] == "reversed" and one["step"] == "clawback"):
                continue
            for value, sum_ in self._parts(touch, dimension, one["amount"]):
                for row in into(at, value):
                    row["commissions"][one["currency"], one["status"]] += sum_
        return total, dict(found)

    def _touch(self, one: Record) -> Record | None:
        return next(
            (
                touch
                for touch in sorted(self.touches, key=lambda touch: touch["n"])
                if all(
                    touch[name] == one[name] for name in ("conversion_id", "link_id", "coupon_id", "click_id")
                )
            ),
            None,
        )

    def _moved(self, one: Record, basis: str) -> datetime | None:
        states, kind, pick = {
            "validation": (("payable", "paid"), "payable", min),
            "payout": (("paid",), "paid", max),
        }[basis]
        times = [at for at, amount in self.moves[one["id"], kind] if amount * one["amount"] > 0]
        return pick(times) if times and one["status"] in states else None

    def _sold_at(self, touch: Record, order: Record, basis: str) -> datetime | None:
        if basis == "event":
            return order["occurred_at"]
        if basis == "click":
            return touch["at"] if touch["kind"] == "click" else order["occurred_at"]
        mine = [
            at
            for one in self.commissions
            if one["conversion_id"] == order["id"] and one["step"] == "accrual"
            if (at := self._moved(one, basis)) is not None
        ]
        return min(mine, default=None)

    def _earned_at(self, one: Record, touch: Record | None, basis: str) -> datetime | None:
        if basis in ("validation", "payout"):
            return self._moved(one, basis)
        clicked = basis == "click" and touch is not None and touch["kind"] == "click"
        return touch["at"] if clicked else one["occurred_at"]  # type: ignore[index]

    def _parts(self, touch: Record | None, dimension: str | None, whole: int) -> list[tuple[str | None, int]]:
        if dimension != "product":
            return [(_touch_value(touch, dimension), whole)]
        nets: Counter[str] = Counter()
        lines = [] if touch is None else self.conversions[touch["conversion_id"]]["lines"]
        for line in lines:
            if line.get("sku"):
                nets[line["sku"]] += line["net"]
        if not nets:
            return [(None, whole)]
        parts, ends, before = [], 0, 0
        for name, net in sorted(nets.items()):
            ends += net
            upto = int(Fraction(whole * ends, nets.total()))
            parts.append((name, upto - before))
            before = upto
        return parts


def _left(touch: Record, order: Record) -> int:
    """The part of an order's net that is left after refunds; halves are rounded to even."""
    mine = round(Fraction(touch["share"]) * order["net"])
    if order["status"] == "cancelled":
        return 0
    total = max(order["amount"], 1)
    return mine - round(Fraction(mine * min(order["refunded"], total), total))


def empty() -> Row:
    """A row of nothing."""
    return {
        "clicks": Counter(),
        "conversions": set(),
        "cancelled": set(),
        "sales": Counter(),
        "commissions": Counter(),
    }


def _click_value(click: Record, dimension: str | None) -> str | None:
    return _shown(dimension, click["sub1"] if dimension == "sub1" else click.get(f"{dimension}_id"))


def _touch_value(touch: Record | None, dimension: str | None) -> str | None:
    if touch is None or dimension is None:
        return None
    return _shown(dimension, touch["sub1"] if dimension == "sub1" else touch[f"{dimension}_id"])


def _shown(dimension: str | None, value: Any) -> str | None:
    return ids.show(PREFIXES[dimension], value) if dimension in PREFIXES and value else value


async def raw(owner: Connection, workspace: UUID, partner: UUID) -> Raw:
    """Reads everything, as the owner of the database."""
    rows = {}
    for table in (
        *("clicks", "conversions", "conversion_touches", "commissions"),
        *("ledger_accounts", "ledger_entries", "ledger_postings"),
    ):
        rows[table] = await owner.fetch(f"select * from {table} where workspace_id = $1", workspace)
    return Raw(rows, partner)


def plain(row: Row) -> Row:
    """A counted row in the shape of `answered`."""
    earned = defaultdict(dict)
    for (currency, status), amount in row["commissions"].items():
        if amount:
            earned[currency][status] = amount
    return {
        "clicks": {name: row["clicks"][name] for name in ("gross", "net", "unique")},
        "conversions": len(row["conversions"]),
        "cancelled": len(row["cancelled"]),
        "sales": {currency: amount for currency, amount in row["sales"].items() if amount},
        "commissions": dict(earned),
    }


def answered(row: Row) -> Row:
    """The same of an answer, zeros left out."""
    earned = {
        each["currency"]: {state: each[state] for state in STATES if each[state]}
        for each in row["commissions"]
    }
    return {
        "clicks": row["clicks"] or {"gross": 0, "net": 0, "unique": 0},
        "conversions": row["conversions"],
        "cancelled": row["cancelled"],
        "sales": {each["currency"]: each["amount"] for each in row["sales"] if each["amount"]},
        "commissions": {currency: found for currency, found in earned.items() if found},
    }
