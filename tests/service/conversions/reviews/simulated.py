"""A shop's month, drawn by a seed: partners, clicks, orders, and, where asked for, every kind of fraud.

Honest people do what looks odd at times: they type a code they heard in a story, buy in bursts after one,
share a device at home, meet another partner's link the same day, have a cart before they look for a code.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from math import exp
from typing import Any, NamedTuple
from uuid import UUID

from msgspec import Struct

from service.conversions import customers
from service.conversions.facts import Facts
from service.conversions.reviews import Order, flags
from service.conversions.reviews.batch import looking
from service.conversions.reviews.domains import domain_key
from service.conversions.reviews.rules import ReviewRules
from service.conversions.reviews.store import add_rules
from service.kit import ids
from service.kit.db import Connection, Database
from tests.service.conversions.reviews import stored
from tests.service.conversions.reviews.test_judging import facts
from tests.service.links import stored_clicks

DAYS = 28
BANNED = "spam.example"
# Whose codes are known before they get about.
HEARD = (8, 10)
MAIL = ["gmail.com", "hotmail.com", "outlook.com", "icloud.com", "yandex.com", "firma.example"]


class Sale(Struct):
    """An order before it is stored. `fraud`: by which trick, None for an honest one."""

    at: datetime
    partner: UUID
    email: str
    fraud: str | None = None
    coupon: str | None = None
    gap: float | None = None
    visitor: bytes | None = None
    other_gap: float | None = None
    other: UUID | None = None
    cart_gap: float | None = None
    referrer: str | None = None
    landing: dict[str, str] = {}
    known: bool = False
    verified: bool = True


class Told(NamedTuple):
    """What was held, against what was so."""

    sales: list[Sale]
    codes: list[set[str]]

    def held(self, of: Sequence[bool]) -> int:
        return sum(bool(codes) for codes, wanted in zip(self.codes, of, strict=True) if wanted)

    @property
    def precision(self) -> float:
        return self.held([sale.fraud is not None for sale in self.sales]) / self.held(
            [True] * len(self.sales)
        )

    @property
    def recall(self) -> float:
        fraud = [sale.fraud is not None for sale in self.sales]
        return self.held(fraud) / sum(fraud)

    @property
    def false_alarms(self) -> float:
        honest = [sale.fraud is None for sale in self.sales]
        return self.held(honest) / sum(honest)

    def by_trick(self) -> dict[str, tuple[int, int]]:
        """Held and all, by trick."""
        tricks = sorted({sale.fraud for sale in self.sales if sale.fraud})
        return {
            trick: (self.held([sale.fraud == trick for sale in self.sales]), n)
            for trick in tricks
            if (n := sum(sale.fraud == trick for sale in self.sales))
        }


class Month:
    """What happens in a month; `fraud` adds the tricks to the honest orders."""

    def __init__(self, seed: int, *, fraud: bool, partners: int = 40) -> None:
        self.draw = random.Random(seed)
        yesterday = datetime.now(UTC).date() - timedelta(days=1)
        self.start = datetime.combine(yesterday - timedelta(days=DAYS), time(), UTC)
        self.partners = [UUID(int=1000 + n) for n in range(partners)]
        self.emails = {partner: f"ortak{n}@atolye{n}.example" for n, partner in enumerate(self.partners)}
        self.emails[self.partners[0]] = "Ayse.Oz@gmail.com"
        self.clicks: dict[tuple[UUID, datetime], int] = {}
        self.sales: list[Sale] = []
        self.people = 0
        for n, partner in enumerate(self.partners):
            self._honest(n, partner)
        if fraud:
            self._tricks()
        self.sales.sort(key=lambda sale: sale.at)

    def _email(self) -> str:
        self.people += 1
        return f"musteri{self.people}@{self.draw.choice(MAIL)}"

    def _visitor(self) -> bytes:
        return self.draw.randbytes(16)

    def _gap(self) -> float:
        """Seconds from a click to its sale: eight minutes in the middle, never less than a form takes."""
        return max(25.0, 480 * exp(1.2 * self.draw.gauss(0, 1)))

    def _honest(self, n: int, partner: UUID) -> None:
        """Days with a rhythm, and stories that bring clicks and typed codes within hours."""
        draw, rate = self.draw, draw_rate(self.draw, n)
        busy = 80 if n in HEARD else draw.choice([10, 20, 40, 80])
        stories = {draw.randrange(DAYS) for _ in range(3)}
        for day in range(DAYS):
            for hour in range(6, 23):
                at = self.start + timedelta(days=day, hours=hour)
                burst = 12 if day in stories and 17 <= hour <= 20 else 1
                clicks = self._poisson(busy * burst / 17)
                self._click(partner, at, clicks)
                by_click = sum(draw.random() < rate for _ in range(clicks))
                typed = self._poisson(busy * burst * rate * 0.6 / 17)
                for at_n in range(by_click + typed):
                    self._sale(n, partner, at, clicked=at_n < by_click)

    def _poisson(self, mean: float) -> int:
        n, left = 0, self.draw.expovariate(1.0)
        while left < mean:
            n, left = n + 1, left + self.draw.expovariate(1.0)
        return n

    def _click(self, partner: UUID, at: datetime, n: int = 1) -> None:
        hour = at.replace(minute=0, second=0, microsecond=0)
        self.clicks[partner, hour] = self.clicks.get((partner, hour), 0) + n

    def _sale(self, n: int, partner: UUID, hour: datetime, *, clicked: bool) -> None:
        draw = self.draw
        at = hour + timedelta(seconds=draw.uniform(0, 3599))
        sale = Sale(at, partner, self._email(), known=draw.random() < 0.2)
        if clicked:
            sale.gap, sale.visitor = self._gap(), self._visitor()
            sale.landing = draw.choice([{}, {"fbclid": "x"}, {"utm_medium": "social"}])
            sale.referrer = draw.choice([None, "l.instagram.com", "www.google.com"])
            if draw.random() < 0.1:
                sale.other, sale.other_gap = draw.choice(self.partners), sale.gap + draw.uniform(60, 20_000)
            if draw.random() < 0.1:
                sale.cart_gap = sale.gap + draw.uniform(10, 3000)
        else:
            sale.coupon = code_of(n)
            # Some looked for the code, or came by the shop's own advertisement.
            sale.referrer = "kuponlar.example" if draw.random() < 0.02 else None
            sale.landing = {"gclid": "x"} if draw.random() < 0.1 else {}
        self.sales.append(sale)
        if clicked and draw.random() < 0.02:
            # Somebody at home buys with the same device.
            self.sales.append(
                Sale(at + timedelta(hours=1), partner, self._email(), gap=3000, visitor=sale.visitor)
            )

    def _some(self, n: int) -> Iterator[datetime]:
        """Times over the month, by day."""
        for _ in range(n):
            day, hour = self.draw.randrange(DAYS), self.draw.randrange(7, 22)
            yield self.start + timedelta(days=day, hours=hour, seconds=self.draw.uniform(0, 3599))

    def _trick(self, fraud: str, at: datetime, n: int, **fields: Any) -> None:
        values = {"email": self._email(), "gap": self._gap(), "visitor": self._visitor()} | fields
        if values.get("coupon"):
            values["gap"] = values["visitor"] = None
        self.sales.append(Sale(at, self.partners[n], fraud=fraud, **values))
        if values["gap"] is not None:
            self._click(self.partners[n], at)

    def _tricks(self) -> None:
        draw = self.draw
        for at in self._some(14):
            self._trick("own address", at, 0, email=f"a.yse.oz+{draw.randrange(99)}@googlemail.com")
        for at in self._some(10):
            self._trick("own domain", at, 1, email=f"{draw.randrange(99)}@atolye1.example")
        for day in range(4):
            device = self._visitor()
            for hour in range(9, 15):
                at = self.start + timedelta(days=3 + 5 * day, hours=hour, minutes=draw.randrange(60))
                self._trick("one device", at, 2, visitor=device, gap=600)
        for at in self._some(30):
            self._trick("in no time", at, 3, gap=draw.uniform(0.1, 1.9))
        for at in self._some(40):
            gap = draw.uniform(2, 50)
            self._trick(
                "slipped in", at, 4, gap=gap, other=self.partners[9], other_gap=gap + draw.uniform(60, 9000)
            )
        for at in self._some(20):
            gap = draw.uniform(2, 50)
            self._trick("into a cart", at, 5, gap=gap, cart_gap=gap + draw.uniform(30, 900))
        for day in (5, 12, 19):
            for hour in range(8, 22):
                for _ in range(2):
                    at = self.start + timedelta(days=day, hours=hour, minutes=draw.randrange(60))
                    self._trick("rate", at, 6)
        for day in (7, 16):
            for _ in range(40):
                at = self.start + timedelta(days=day, hours=4, seconds=draw.uniform(0, 3599))
                self._trick("burst", at, 7, coupon=code_of(7))
        self._leaks()
        for at in self._some(15):
            self._trick("banned site", at, 11, referrer=f"a.{BANNED}")
        for at in self._some(20):
            self._trick("bought search", at, 12, landing={"gclid": "x"})
        for at in self._some(15):
            self._trick("thrown address", at, 13, email=f"x{draw.randrange(10**6)}@mailinator.com")
        for at in self._some(12):
            self._trick("unsigned", at, 14, coupon=code_of(14), verified=False)

    def _leaks(self) -> None:
        """From a day on, every use of the code is the leak's."""
        since = self.start + timedelta(days=14)
        for n, trick in ((8, "code on a site"), (10, "code of all")):
            for sale in self.sales:
                if sale.coupon == code_of(n) and sale.at >= since:
                    sale.fraud = trick
            for _ in range(45):
                at = since + timedelta(seconds=self.draw.uniform(0, 13.9 * 86_400))
                if n == 8:
                    site = "www.indirimkodu.example" if self.draw.random() < 0.6 else None
                    self._trick(trick, at, n, coupon=code_of(n), referrer=site)
                else:
                    self._trick(trick, at, n, coupon=code_of(n), known=self.draw.random() < 0.9)


def code_of(n: int) -> str:
    """A partner's code."""
    return f"kod{n}"


def draw_rate(draw: random.Random, n: int) -> float:
    """Most audiences buy alike; some are loyal."""
    return draw.uniform(0.008, 0.02) * (2.5 if n % 10 == 9 else 1)


async def judged(database: Database, workspace: UUID, month: Month) -> Told:
    """Stores the month, judges each order as it comes, then looks at all of them together."""
    async with database.transaction(workspace) as db:
        await db.execute("select entry.new_workspace($1, 'Brand')", workspace)
        await add_rules(db, workspace, 1, ReviewRules(banned_referrers=[BANNED]), "test")
        for partner, email in month.emails.items():
            await stored.partner(db, workspace, partner.int, email)
        await _coupons(db, workspace, month)
    orders = await _store(database, workspace, month)
    codes: dict[UUID, set[str]] = {}
    by_id = {order.id: (order, sale) for order, sale in zip(orders, month.sales, strict=True)}
    async with database.transaction(workspace) as db:
        for order, sale in by_id.values():
            (found,) = await flags(db, workspace, [Order(order, [sale.partner])])
            codes[order.id] = {flag.code for flag in found}
    while True:
        async with database.transaction(workspace) as db:
            looked, touched = await looking.look(db, workspace)
            for id_ in touched:
                order, sale = by_id[id_]
                (found,) = await flags(db, workspace, [Order(order, [sale.partner])])
                codes[id_] = {flag.code for flag in found}
        if not looked.found and not looked.ended:
            break
    return Told(month.sales, [codes[order.id] for order in orders])


async def _coupons(db: Connection, workspace: UUID, month: Month) -> None:
    await db.executemany(
        """insert into coupons (workspace_id, id, code, folded, kind, partner_id, created_at)
           values ($1, $2, $3, $3, 'exclusive', $4, $5)""",
        [
            (workspace, partner, code_of(n), partner, month.start - timedelta(days=9))
            for n, partner in enumerate(month.partners)
        ],
    )


async def _store(database: Database, workspace: UUID, month: Month) -> list[Facts]:
    """Clicks that matter one by one, the others as the sums that they are counted in."""
    clicks, carts, orders, touches = [], [], [], []
    buyers: dict[str, UUID] = {}
    for n, sale in enumerate(month.sales, 1):
        named: tuple[str, ...] = ()
        if sale.gap is not None:
            click = stored.click(
                sale.at - stored.seconds(sale.gap), sale.partner, 2 * n, visitor=sale.visitor
            )
            clicks.append(click)
            named = (ids.show("clk", click["id"]),)
        if sale.other is not None and sale.other_gap is not None:
            at = sale.at - stored.seconds(sale.other_gap)
            clicks.append(stored.click(at, sale.other, 2 * n + 1, visitor=sale.visitor))
        if sale.cart_gap is not None:
            carts.append(
                (workspace, ids.new(), str(n), sale.visitor, sale.at - stored.seconds(sale.cart_gap))
            )
        key = customers.email_key(workspace, sale.email)
        assert key is not None
        buyer = buyers.setdefault(key.hex(), ids.new())
        orders.append(
            facts(
                id=UUID(int=n),
                # Shops tell whole seconds.
                occurred_at=sale.at.replace(microsecond=0) if n % 2 else sale.at,
                clicks=named,
                coupons=(sale.coupon,) if sale.coupon else (),
                customer_id=buyer,
                keys=(key,),
                domain=domain_key(workspace, sale.email),
                is_new=not sale.known,
                referrer=sale.referrer,
                landing=sale.landing,
                verified=sale.verified,
            )
        )
        kind, coupon = ("coupon", sale.partner) if sale.coupon else ("click", None)
        touches.append((workspace, UUID(int=n), kind, sale.partner, coupon, sale.at))
    await stored_clicks.store(database, workspace, clicks)
    async with database.transaction(workspace) as db:
        await _store_orders(db, workspace, orders, list(buyers.values()), carts, touches)
        await db.executemany(
            """insert into click_rollups (workspace_id, link_id, partner_id, starts_at, dimension, value,
                   gross, net, uniques)
               values ($1, $2, $2, $3, 'all', '', $4, $4, $4)""",
            [(workspace, partner, hour, n) for (partner, hour), n in month.clicks.items() if n],
        )
    return orders


async def _store_orders(
    db: Connection,
    workspace: UUID,
    orders: Sequence[Facts],
    buyers: Sequence[UUID],
    carts: Sequence[tuple[Any, ...]],
    touches: Sequence[tuple[Any, ...]],
) -> None:
    await db.executemany(
        "insert into customers (workspace_id, id) values ($1, $2)", [(workspace, buyer) for buyer in buyers]
    )
    await db.executemany(
        """insert into conversions (workspace_id, id, kind, external_id, status, amount, currency, net,
               net_basis, channel, verified, occurred_at, customer_id, is_new, referrer)
           values ($1, $2, 'sale', '', 'confirmed', $3, $4, $5, 'order', $6, $7, $8, $9, $10, $11)""",
        [
            (
                *(workspace, order.id, order.amount, order.currency, order.net, order.channel),
                *(order.verified, order.occurred_at, order.customer_id, order.is_new, order.referrer),
            )
            for order in orders
        ],
    )
    await db.executemany(
        """insert into conversion_touches (workspace_id, conversion_id, n, kind, partner_id, coupon_id, at,
               share)
           values ($1, $2, 0, $3, $4, $5, $6, 1)""",
        touches,
    )
    await db.executemany(
        """insert into site_events (workspace_id, id, name, key, counted, visitor, occurred_at)
           values ($1, $2, 'add_to_cart', $3, true, $4, $5)""",
        carts,
    )
