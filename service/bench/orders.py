"""Partners, clicks and orders made up for the benchmark of conversions."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import httpx

from service.conversions.reports import Buyer, Line, Order, Ref
from service.kit import ids
from service.kit.db import Connection
from service.links.front.click_ids import ClickIds

PARTNERS = 200
DAYS = 90
# Every third order comes from somebody who bought before.
CUSTOMERS_EACH = 2 / 3
TERMS: dict[str, Any] = {
    "name": "bench",
    "kind": "affiliate",
    "rules": [{"kind": "sale", "rate": "0.10"}],
    "hold": {"days": 14, "from": "event"},
}


class Click(NamedTuple):
    id: UUID
    at: datetime
    partner_id: UUID


async def partners(client: httpx.AsyncClient) -> list[UUID]:
    """A program that pays 10% of sales, its partners, and a coupon of each."""
    program = await _made(client, "/v1/programs", TERMS)
    found = []
    for n in range(PARTNERS):
        body = {"name": f"Partner {n}", "program_id": program["id"]}
        partner = await _made(client, "/v1/partners", body)
        await _made(client, "/v1/coupons", {"code": coupon(n), "partner_id": partner["id"]})
        found.append(ids.read("prt", partner["id"]))
    return found


async def _made(client: httpx.AsyncClient, path: str, body: dict[str, Any]) -> Any:
    answer = await client.post(path, json=body)
    if answer.status_code != 201:
        raise RuntimeError(f"{path}: {answer.text}")
    return answer.json()


def coupon(n: int) -> str:
    return f"BENCH{n}"


def orders(
    count: int, seed: int, partner_ids: list[UUID], until: datetime
) -> Iterator[tuple[Order, Click | None]]:
    """Orders of the last 90 days: four of five name a click of the days before, the others a coupon, and one
    of eight both; some customers come again."""
    draw = random.Random(seed)  # noqa: S311 - the same orders each time, nothing secret
    made = ClickIds()
    for n in range(count):
        at = until - timedelta(days=DAYS * draw.random())
        clicked, typed = draw.random() < 0.8, draw.random() < 0.125
        click = None
        if clicked:
            click_at = at - timedelta(days=draw.expovariate(0.5) % 29)
            number = int(click_at.timestamp() * 1000)
            partner = partner_ids[_popular(draw)]
            click = Click(UUID(bytes=made.new(number)[0]), _moment(click_at), partner)
        codes = (coupon(_popular(draw)),) if typed or not clicked else ()
        yield _order(f"{seed}-{n}", draw, at, click, codes, round(count * CUSTOMERS_EACH)), click


def _popular(draw: random.Random) -> int:
    """A few partners bring most, as everywhere."""
    return min(PARTNERS - 1, int(PARTNERS * draw.random() ** 3))


def _moment(at: datetime) -> datetime:
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def _order(
    name: str, draw: random.Random, at: datetime, click: Click | None, codes: tuple[str, ...], people: int
) -> Order:
    net = draw.randint(5_000, 400_000)
    return Order(
        (Ref("id", name), Ref("number", f"#{name}")),
        amount=net + net // 5,
        currency="TRY",
        tax_included=True,
        tax=net // 5,
        lines=(Line(sku=f"sku-{draw.randint(1, 500)}", net=net, tax=net // 5),),
        clicks=() if click is None else (ids.show("clk", click.id),),
        coupons=codes,
        buyer=Buyer(external_id=f"c{draw.randint(1, max(1, people))}"),
        country="TR",
        paid=True,
        occurred_at=at,
        stated_at=at,
    )


async def store_clicks(db: Connection, workspace_id: UUID, clicks: list[Click]) -> None:
    """Clicks that count, of visitors who are all different."""
    await db.execute("select entry.add_click_days($1)", sorted({click.at.date() for click in clicks}))
    await db.execute(
        """insert into clicks (workspace_id, clicked_at, id, link_id, partner_id, kind, counted, visitor)
           select $1, at, id, partner, partner, 'redirect', true, uuid_send(gen_random_uuid())
           from unnest($2::timestamptz[], $3::uuid[], $4::uuid[]) as t (at, id, partner)""",
        workspace_id,
        [click.at for click in clicks],
        [click.id for click in clicks],
        [click.partner_id for click in clicks],
    )


# Paths of one touch (half of them), two (a quarter) and so on, of partners of whom a few are in most.
FILL = f"""
    with made as (
        insert into conversions (workspace_id, id, kind, external_id, status, amount, currency, net,
            net_basis, channel, verified, occurred_at)
        select $1, gen_random_uuid(), 'sale', 'fill-' || n, 'confirmed', net * 6 / 5, 'TRY', net, 'order',
            'import', true, $4::timestamptz - random() * interval '{DAYS} days'
        from (select n, 5000 + floor(random() * 395000)::bigint as net
              from generate_series($2::bigint, $3::bigint) n) drawn
        returning id, occurred_at
    )
    insert into conversion_touches (workspace_id, conversion_id, n, kind, partner_id, at, share)
    select $1, m.id, t.n, 'click',
        ($5::uuid[])[1 + floor(cardinality($5::uuid[]) * power(t.which, 3))::integer],
        m.occurred_at - t.age * interval '1 day', 0
    from made m
    cross join lateral (
        select k as n, random() as which, random() * 29 as age
        from generate_series(0, least(9, floor(-ln(1 - random()) / ln(2)))::integer) k
        where m.id is not null
    ) t
"""
