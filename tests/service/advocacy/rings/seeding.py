"""A population written into the tables: partners, advocates, customers, orders, clicks, referrals, marks."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from service.advocacy.rings.marking import marks_of
from service.conversions.customers import email_key
from service.conversions.reviews.domains import domain_key
from service.kit import ids
from service.kit.db import Connection
from service.links.visitors import visitor
from tests.service.advocacy.rings.population import DAYS, Population
from tests.service.links.stored_clicks import make_days

SPAN = DAYS + 32


def salt(day: int) -> bytes:
    """A day's: unlike any other's."""
    return sha256(f"salt {day}".encode()).digest()


class Seeded:
    """A population in a program; referrals: their ids, by place."""

    def __init__(self, workspace: UUID, program: UUID, made: Population, now: datetime, name: str) -> None:
        self.workspace, self.program, self.made, self.name = workspace, program, made, name
        self.since = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=SPAN)
        self.partners = [ids.new() for _ in made.people]
        self.advocates = [ids.new() for _ in made.people]
        self.links = [ids.new() for _ in made.people]
        # One mailbox is one customer, however often they come.
        self.customers = {each.mailbox: ids.new() for each in made.people}
        self.owners = {each.mailbox: n for n, each in reversed([*enumerate(made.people)])}
        self.referrals = [ids.new() for _ in made.referrals]
        self.orders: list[list[UUID]] = [[ids.new() for _ in each.orders] for each in made.people]

    def at(self, day: float) -> datetime:
        return self.since + timedelta(milliseconds=round(day * 86_400_000))

    def mail(self, n: int) -> str:
        """Of this program alone: a customer may be in several."""
        return self.name + self.made.people[n].mailbox

    def key(self, n: int) -> bytes:
        found = email_key(self.workspace, self.mail(n))
        assert found is not None
        return found

    def is_advocate(self, n: int) -> bool:
        one = self.made.people[n]
        return one.advocate and self.owners[one.mailbox] == n

    async def write(self, owner: Connection) -> None:
        await make_days(owner, [(self.since + timedelta(days=n)).date() for n in range(SPAN + 1)])
        await self._people(owner)
        click_ids = await self._clicks(owner)
        await self._orders(owner)
        await self._referrals(owner, click_ids)
        await self._marks(owner)

    async def _put(
        self, owner: Connection, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
    ) -> None:
        names = ["workspace_id", *columns]
        places = ", ".join(f"${n + 1}" for n in range(len(names)))
        text = f"insert into {table} ({', '.join(names)}) values ({places})"
        await owner.executemany(text, [(self.workspace, *row) for row in rows])

    async def _people(self, owner: Connection) -> None:
        people = [(n, each) for n, each in enumerate(self.made.people) if self.is_advocate(n)]
        await self._put(
            owner,
            "partners",
            ["id", "program_id", "name", "slug", "name_folded", "email", "email_key"],
            [
                (self.partners[n], self.program, "A", "a", "a", self.mail(n), self.mail(n).lower())
                for n, _ in people
            ],
        )
        await self._put(
            owner,
            "partner_history",
            ["partner_id", "since", "program_id", "status"],
            [(self.partners[n], datetime(2020, 1, 1, tzinfo=UTC), self.program, "active") for n, _ in people],
        )
        # Who was there before is brought by nobody.
        brought = {
            friend: n
            for n, (friend, _, at) in enumerate(self.made.referrals)
            if at == self.made.people[friend].joined
        }
        columns = ["id", "program_id", "partner_id", "member", "joined_by", "status", "consent_at"]
        await self._put(
            owner,
            "advocates",
            [*columns, "consent_text", "joined_at", "created_at", "referral_id"],
            [
                (
                    *(self.advocates[n], self.program, self.partners[n], "customer", "api", "active"),
                    *(self.at(each.joined), "v1", self.at(each.joined), self.at(each.joined)),
                    self.referrals[brought[n]] if n in brought else None,
                )
                for n, each in people
            ],
        )
        await self._put(
            owner,
            "advocate_keys",
            ["program_id", "key", "advocate_id"],
            [(self.program, self.key(n), self.advocates[n]) for n, _ in people],
        )
        await self._put(
            owner,
            "payout_accounts",
            ["id", "partner_id", "number_key", "created_by"],
            [
                (
                    *(ids.new(), self.partners[n]),
                    *(sha256((self.name + each.payout).encode()).digest(), "test"),
                )
                for n, each in people
                if each.payout is not None
            ],
        )

    async def _clicks(self, owner: Connection) -> list[UUID]:
        """A friend's first visit is by the advocate's link."""
        rows, made = [], []
        for friend, advocate, at in self.made.referrals:
            _, address, agent, _, _ = self.made.people[friend].visits[0]
            when = self.at(at)
            click_id = UUID(int=int(when.timestamp() * 1000) << 80 | ids.new().int & (1 << 80) - 1)
            number = visitor(salt(when.toordinal()), self.workspace, address, agent)
            made.append(click_id)
            partner = self.partners[self.owners[self.made.people[advocate].mailbox]]
            rows.append((when, click_id, self.links[advocate], partner, "redirect", number, True, agent))
        columns = ["clicked_at", "id", "link_id", "partner_id", "kind", "visitor", "counted", "user_agent"]
        await self._put(owner, "clicks", columns, rows)
        return made

    async def _orders(self, owner: Connection) -> None:
        customers = [(n, each) for n, each in enumerate(self.made.people) if self.owners[each.mailbox] == n]
        await self._put(
            owner, "customers", ["id"], [(self.customers[each.mailbox],) for _, each in customers]
        )
        await self._put(
            owner,
            "customer_keys",
            ["key", "kind", "customer_id"],
            [(self.key(n), "email", self.customers[each.mailbox]) for n, each in customers],
        )
        by = {friend: advocate for friend, advocate, _ in reversed(self.made.referrals)}
        columns = ["id", "kind", "external_id", "status", "amount", "currency", "net", "net_basis"]
        columns += ["customer_id", "domain", "is_new", "channel", "verified", "occurred_at", "partner_id"]
        rows = []
        for n, each in enumerate(self.made.people):
            partner = None
            if n in by:
                partner = self.partners[self.owners[self.made.people[by[n]].mailbox]]
            for k, (order, day) in enumerate(zip(self.orders[n], sorted(each.orders), strict=True)):
                rows.append(
                    (
                        *(order, "sale", str(order), "confirmed", 10_000, "TRY", 10_000, "order"),
                        *(self.customers[each.mailbox], domain_key(self.workspace, self.mail(n)), k == 0),
                        *("api", True, self.at(day), partner if k == 0 else None),
                    )
                )
        await self._put(owner, "conversions", columns, rows)

    async def _referrals(self, owner: Connection, click_ids: list[UUID]) -> None:
        columns = ["id", "program_id", "advocate_id", "partner_id", "channel", "state", "click_id"]
        columns += ["conversion_id", "friend_id", "purchases", "clicked_at", "qualified_at", "created_at"]
        rows, keys, known = [], [], set[int]()
        for n, (friend, advocate, at) in enumerate(self.made.referrals):
            one, by = self.made.people[friend], self.owners[self.made.people[advocate].mailbox]
            own = self.owners[one.mailbox]
            there = self.is_advocate(own) and own != by
            rows.append(
                (
                    *(self.referrals[n], self.program, self.advocates[by], self.partners[by], "link"),
                    *("qualified", click_ids[n], self.orders[friend][0]),
                    *(self.advocates[own] if there else None, len(one.orders)),
                    *(self.at(at), self.at(at), self.at(at)),
                )
            )
            if own not in known:
                keys.append((self.program, self.key(friend), self.referrals[n]))
            known.add(own)
        await self._put(owner, "referrals", columns, rows)
        await self._put(owner, "referral_keys", ["program_id", "key", "referral_id"], keys)

    async def _marks(self, owner: Connection) -> None:
        rows = set()
        for n, each in enumerate(self.made.people):
            for day, address, agent, device, told in each.visits:
                when = self.at(day)
                of_day = salt(when.toordinal())
                for kind, value in marks_of(of_day, self.workspace, address, agent, device) if told else ():
                    rows.add((self.key(n), kind, value, when))
        await self._put(owner, "referral_marks", ["key", "kind", "value", "seen_at"], sorted(rows))
