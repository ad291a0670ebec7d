"""Every contact of a customer with a partner that speaks for an order, of many orders at once."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from service.conversions.attribution import store
from service.conversions.attribution.coupons import gather_coupons
from service.conversions.attribution.deciding import SLACK
from service.conversions.attribution.schemas import Earlier, SeenClick
from service.conversions.attribution.touches import Gathered, Touch
from service.conversions.facts import Facts
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import NotFound
from service.links.front.click_ids import clicked_at

# The longest window that terms can have.
WINDOW: Final = timedelta(days=365)


async def gather(db: Connection, workspace_id: UUID, orders: Sequence[Facts]) -> list[Gathered]:
    """For each order: clicks that it names, or that its cart's page named; other clicks of the same visitor
    on the day of such a click; coupons; the clicks of the customer's earlier orders, and the orders that may
    have bound the customer to a partner.

    Programs' windows and bonds are not looked at, only how long they can be. Orders that hang on the same
    have to be asked about one after the other.
    """
    clicks = await _clicks(db, workspace_id, orders)
    coupons = await gather_coupons(db, workspace_id, orders)
    earlier = await _earlier(db, workspace_id, orders)
    found = []
    for n, facts in enumerate(orders):
        touches = _earlier_touches(facts, earlier[n], {touch.click_id for touch in clicks[n].touches})
        touches += [*clicks[n].touches, *coupons[n].touches]
        customer = [] if facts.customer_id is None else [facts.customer_id]
        found.append(
            Gathered(
                sorted(touches, key=lambda touch: touch.at),
                clicks[n].hangs_on.union(coupons[n].hangs_on, customer),
            )
        )
    return found


def click_ids(texts: Iterable[str]) -> list[UUID]:
    """Those that are ids of our clicks; others are other systems'.

    >>> click_ids(["gclid-1", "clk_01jd0000000000000000000000", "clk_zzz"])
    [UUID('01934000-0000-0000-0000-000000000000')]
    """
    found: dict[UUID, None] = {}
    for text in texts:
        try:
            found[ids.read("clk", text.strip().lower())] = None
        except NotFound:
            continue
    return list(found)


async def _clicks(db: Connection, workspace_id: UUID, orders: Sequence[Facts]) -> list[Gathered]:
    named = [_times(each) for each in await _named(db, workspace_id, orders)]
    times = {click_id: at for each in named for click_id, at in each.items()}
    if not times:
        return [Gathered([], frozenset()) for _ in orders]
    known = await store.clicks(db, workspace_id, list(times.values()), list(times))
    seen = [[click for click in known if click.id in each] for each in named]
    near = [_near(facts, clicks) for facts, clicks in zip(orders, seen, strict=True)]
    others = await _same_visitor(db, workspace_id, orders, near)
    return [
        Gathered(
            [_click(click, named=True) for click in mine] + [_click(click, named=False) for click in beside],
            frozenset(click.visitor for click in clicks if click.visitor is not None),
        )
        for clicks, mine, beside in zip(seen, near, others, strict=True)
    ]


async def _named(db: Connection, workspace_id: UUID, orders: Sequence[Facts]) -> list[list[UUID]]:
    """The clicks that orders name, by themselves or by their carts."""
    named = [click_ids(facts.clicks) for facts in orders]
    tokens = [(n, token) for n, facts in enumerate(orders) for token in facts.tokens]
    if tokens:
        places, names = [n for n, _ in tokens], [token for _, token in tokens]
        for row in await store.clicks_of_tokens(db, workspace_id, places, names):
            named[row.n].append(row.click_id)
    return named


def _times(named: Sequence[UUID]) -> dict[UUID, datetime]:
    return {click_id: at for click_id in named if (at := time_of(click_id)) is not None}


def _near(facts: Facts, clicks: Sequence[SeenClick]) -> list[SeenClick]:
    """Those that aren't too old to count."""
    since = facts.occurred_at - WINDOW - SLACK
    return [click for click in clicks if since <= click.at]


def time_of(click_id: UUID) -> datetime | None:
    """When a click was made; None where an id that was made up says a time that there isn't."""
    try:
        return clicked_at(click_id)
    except (OverflowError, ValueError, OSError):
        return None


async def _same_visitor(
    db: Connection, workspace_id: UUID, orders: Sequence[Facts], seen: Sequence[Sequence[SeenClick]]
) -> list[list[SeenClick]]:
    """Other clicks of those visitors. Their numbers are a day's: salts change at midnight, UTC."""
    found: list[list[SeenClick]] = [[] for _ in orders]
    asked = [
        _visit(n, facts, visits)
        for n, (facts, clicks) in enumerate(zip(orders, seen, strict=True))
        if (visits := [click for click in clicks if click.visitor is not None and not click.foreign])
    ]
    if asked:
        for click in await store.clicks_of_visitors(db, workspace_id, asked):
            found[click.n].append(click)
    return found


def _visit(n: int, facts: Facts, visits: Sequence[SeenClick]) -> dict[str, Any]:
    days = [click.at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) for click in visits]
    return {
        "n": n,
        "visitors": [click.visitor.hex() for click in visits if click.visitor is not None],
        "since": min(days),
        "until": min(facts.occurred_at, max(days) + timedelta(days=1)),
        "beside": [click.id for click in visits],
    }


def _click(click: SeenClick, *, named: bool) -> Touch:
    return Touch(
        "click",
        click.at,
        click.partner_id,
        program_id=click.program_id,
        link_id=click.link_id,
        click_id=click.id,
        campaign_id=click.campaign_id,
        sub1=click.sub1,
        name=ids.show("clk", click.id),
        named=named,
        void="foreign_origin" if click.foreign else "",
    )


async def _earlier(db: Connection, workspace_id: UUID, orders: Sequence[Facts]) -> list[list[Earlier]]:
    found: list[list[Earlier]] = [[] for _ in orders]
    bought = [
        (n, facts, facts.customer_id) for n, facts in enumerate(orders) if facts.customer_id is not None
    ]
    if bought:
        rows = await store.earlier_touches(
            db,
            workspace_id,
            [customer_id for *_, customer_id in bought],
            [facts.occurred_at for _, facts, _ in bought],
            [facts.id for _, facts, _ in bought],
        )
        for row in rows:
            found[bought[row.n - 1][0]].append(row)
    return found


def _earlier_touches(facts: Facts, found: Sequence[Earlier], known: set[UUID | None]) -> list[Touch]:
    """What earlier orders of the customer tell: clicks that this one may rest on too, and bonds."""
    touches = []
    for each in found:
        if each.kind == "click" and each.click_id not in known and each.at >= facts.occurred_at - WINDOW:
            known.add(each.click_id)
            touches.append(_earlier_click(each))
    bonds = {(each.conversion_id, each.partner_id): _bond(each) for each in found if each.credited}
    return [*touches, *bonds.values()]


def _earlier_click(each: Earlier) -> Touch:
    return Touch(
        "click",
        each.at,
        each.partner_id,
        program_id=each.program_id,
        link_id=each.link_id,
        click_id=each.click_id,
        campaign_id=each.campaign_id,
        sub1=each.sub1,
        name=ids.show_or_none("clk", each.click_id) or "",
    )


def _bond(each: Earlier) -> Touch:
    return Touch(
        "bond",
        each.occurred_at,
        each.partner_id,
        program_id=each.program_id,
        link_id=each.link_id,
        campaign_id=each.campaign_id,
        sub1=each.sub1,
        name=ids.show("cnv", each.conversion_id),
        sales=each.sales,
    )
