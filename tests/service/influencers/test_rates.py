"""Prices: which days they hold, and what ends what."""

from datetime import date
from itertools import pairwise
from uuid import UUID

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.influencers.rates.schemas import RateRow
from service.influencers.rates.timeline import follow, holding
from service.kit import ids

OWNER = ids.new()


def row(day: int, amount: int, last: int | None = None, **changes: object) -> RateRow:
    to = None if last is None else date(2026, 1, last)
    given = {"platform": "instagram", "format": "reel", "currency": "TRY", "source": "api"} | changes
    return RateRow(
        id=ids.new(),
        influencer_id=OWNER,
        amount=amount,
        tax_included=None,
        valid_from=date(2026, 1, day),
        valid_to=to,
        **given,
    )


def line(*rows: RateRow) -> list[tuple[int, int, int | None]]:
    """What holds after prices came one after the other: (first day, amount, last day)."""
    known: dict[UUID, RateRow] = {}
    for new in rows:
        known |= {written.id: written for written in follow(list(known.values()), new)}
    held = sorted(known.values(), key=lambda rate: (rate.source, rate.valid_from))
    return [(r.valid_from.day, r.amount, r.valid_to.day if r.valid_to else None) for r in held]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([row(1, 100)], [(1, 100, None)]),
        ([row(1, 100), row(10, 120)], [(1, 100, 9), (10, 120, None)]),
        ([row(1, 100), row(10, 100)], [(1, 100, None)]),
        ([row(1, 100), row(1, 130)], [(1, 130, None)]),
        ([row(10, 120), row(1, 100)], [(1, 100, 9), (10, 120, None)]),
        ([row(1, 100, 5), row(10, 100)], [(1, 100, 5), (10, 100, None)]),
        ([row(1, 100, 20), row(10, 120)], [(1, 100, 9), (10, 120, None)]),
        ([row(1, 100), row(20, 140), row(10, 120)], [(1, 100, 9), (10, 120, 19), (20, 140, None)]),
        ([row(1, 100), row(10, 120, source="b")], [(1, 100, None), (10, 120, None)]),
        ([row(1, 100), row(10, 120, 12)], [(1, 100, 9), (10, 120, 12)]),
    ],
)
def test_a_price_ends_the_one_before(rows: list, expected: list) -> None:
    assert line(*rows) == expected


@given(st.lists(st.tuples(st.integers(1, 28), st.integers(1, 3)), max_size=12))
def test_no_day_has_two_prices_and_the_last_word_holds(said: list[tuple[int, int]]) -> None:
    known: dict[UUID, RateRow] = {}
    for day, amount in said:
        new = row(day, amount)
        known |= {written.id: written for written in follow(list(known.values()), new)}
        assert holding(list(known.values()), new).amount == amount
    held = sorted(known.values(), key=lambda rate: rate.valid_from)
    assert all(one.valid_to is not None and one.valid_to < after.valid_from for one, after in pairwise(held))


async def owner_of(client: httpx.AsyncClient) -> str:
    return (await client.post("/v1/influencers", json={"name": "Ece"})).json()["id"]


def rate(amount: int, day: str | None = None, **changes: object) -> dict:
    given = {"platform": "instagram", "format": "reel", "price": {"amount": amount, "currency": "TRY"}}
    return given | ({"valid_from": day} if day else {}) | changes


async def test_prices_are_dated_listed_and_asked_for_by_day(client: httpx.AsyncClient) -> None:
    path = f"/v1/influencers/{await owner_of(client)}/rates"
    for amount, day in ((100, "2026-01-01"), (120, "2026-02-01"), (140, "2026-03-01")):
        assert (await client.post(path, json=rate(amount, day))).status_code == 201
    rows = (await client.get(path)).json()["data"]
    assert [(r["price"]["amount"], r["valid_to"]) for r in rows] == [
        (140, None),
        (120, "2026-02-28"),
        (100, "2026-01-31"),
    ]
    on = (await client.get(path, params={"on": "2026-02-10", "platform": "instagram"})).json()["data"]
    assert [r["price"]["amount"] for r in on] == [120]
    page = (await client.get(path, params={"limit": 2})).json()
    rest = (await client.get(path, params={"limit": 2, "cursor": page["next_cursor"]})).json()
    assert [r["id"] for r in page["data"] + rest["data"]] == [r["id"] for r in rows]
    assert (await client.delete(f"{path}/{rows[0]['id']}")).status_code == 204
    assert len((await client.get(path)).json()["data"]) == 2


async def test_the_same_price_again_is_the_one_that_holds(client: httpx.AsyncClient) -> None:
    path = f"/v1/influencers/{await owner_of(client)}/rates"
    first = (await client.post(path, json=rate(100, "2026-01-01"))).json()
    again = (await client.post(path, json=rate(100, "2026-05-01"))).json()
    assert again == first


async def test_a_card_replaces_all_prices(client: httpx.AsyncClient) -> None:
    path = f"/v1/influencers/{await owner_of(client)}/rates"
    await client.post(path, json=rate(100))
    card = [rate(200, "2026-01-01", valid_to="2026-06-30"), rate(300, "2026-01-01", format="story")]
    rows = (await client.put(path, json={"rates": card})).json()
    assert sorted(r["price"]["amount"] for r in rows) == [200, 300]
    twice = {"rates": [rate(1, "2026-01-01"), rate(2, "2026-01-01")]}
    assert (await client.put(path, json=twice)).status_code == 409
    assert len((await client.get(path)).json()["data"]) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        rate(-1),
        rate(1, price={"amount": 1, "currency": "try"}),
        rate(1, price={"amount": 1, "currency": "ABC"}),
        rate(1, "2026-02-01", valid_to="2026-01-01"),
        rate(2**64),
        rate(1, format="Reel!"),
        rate(1, commission_rate=0.1),
    ],
)
async def test_what_a_price_can_not_be(client: httpx.AsyncClient, wrong: dict) -> None:
    path = f"/v1/influencers/{await owner_of(client)}/rates"
    assert (await client.post(path, json=wrong)).status_code == 400
    assert (await client.get(path)).json()["data"] == []
