"""GET /v1/attribution/compare over conversions in the database."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from litestar import Litestar

from service.conversions.attribution.comparing import keeping
from service.kit import ids, jobs
from service.kit.db import Connection, Database
from service.settings import Settings
from tests.service.conversions.attribution import seeding

DAY = timedelta(days=1)
AT = datetime(2026, 6, 15, 9, tzinfo=UTC)
Json = dict[str, Any]
SPAN = {"from": "2026-06-01", "to": "2026-06-30"}


@pytest.fixture
async def mine(client: httpx.AsyncClient) -> UUID:
    """The client's workspace."""
    return ids.read("ws", (await client.get("/v1/workspace")).json()["id"])


async def _compare(client: httpx.AsyncClient, status: int = 200, **params: Any) -> Json:
    answer = await client.get("/v1/attribution/compare", params={**SPAN, **params})
    assert answer.status_code == status, answer.text
    found: Json = answer.json()
    return found


def touch(partner: UUID | None, days: float, kind: str = "click", at: datetime = AT, **more: Any) -> Json:
    return {"kind": kind, "partner_id": partner, "at": at - days * DAY, **more}


def values(found: Json, model: str) -> dict[str, int]:
    return {row["partner_id"]: row["models"][model]["value"]["amount"] for row in found["data"]}


async def test_paths_by_hand(client: httpx.AsyncClient, owner: Connection, mine: UUID) -> None:
    a, b, c = [await seeding.partner(owner, mine) for _ in range(3)]
    way = [touch(a, 14), touch(b, 7), touch(c, 0, "coupon"), touch(None, 1)]
    await seeding.conversion(owner, mine, AT, way, amount=700)
    await seeding.conversion(owner, mine, AT + DAY, [touch(b, 0)], amount=1_000, refunded=500, net=900)
    await seeding.conversion(owner, mine, AT, [touch(a, 31)], amount=99)
    found = await _compare(client)
    one, two, three = (ids.show("prt", each) for each in (a, b, c))
    assert values(found, "last") == {one: 0, two: 450, three: 700}
    assert values(found, "first") == {one: 700, two: 450, three: 0}
    assert values(found, "linear") == {one: 234, two: 683, three: 233}
    assert values(found, "time_decay") == {one: 100, two: 650, three: 400}
    assert values(found, "position") == {one: 280, two: 590, three: 280}
    assert values(found, "shapley") == {one: 234, two: 683, three: 233}
    assert values(found, "markov") == {one: 288, two: 575, three: 287}
    assert found["totals"] == [
        {
            "currency": "TRY",
            "conversions": 3,
            "value": {"amount": 1249, "currency": "TRY"},
            "attributed_conversions": 2,
            "attributed": {"amount": 1150, "currency": "TRY"},
            "unattributed_conversions": 1,
            "unattributed": {"amount": 99, "currency": "TRY"},
        }
    ]
    assert {row["name"] for row in found["data"]} == {"A"}
    parts = [row["models"]["linear"]["conversions"] for row in found["data"]]
    assert sum(parts) == pytest.approx(2)
    wide = await _compare(client, window_days=60, basis="amount", models="first, last")
    assert values(wide, "first") == {one: 799, two: 500, three: 0}
    assert (wide["models"], wide["basis"], wide["window_days"]) == (["last", "first"], "amount", 60)


async def test_what_is_not_compared(client: httpx.AsyncClient, owner: Connection, mine: UUID) -> None:
    a = await seeding.partner(owner, mine)
    for fields in ({"status": "cancelled"}, {"status": "open"}, {"test": True}):
        await seeding.conversion(owner, mine, AT, [touch(a, 1)], **fields)
    # 1 June begins at 21:00 UTC in Istanbul.
    start = datetime(2026, 5, 31, 21, tzinfo=UTC)
    await seeding.conversion(owner, mine, start - timedelta(seconds=1), [touch(a, 0, at=start)])
    await seeding.conversion(owner, mine, start, [touch(a, 0, at=start)], amount=1)
    await seeding.conversion(owner, mine, start + 30 * DAY, [touch(a, 0, at=start + 30 * DAY)])
    found = await _compare(client)
    assert values(found, "last") == {ids.show("prt", a): 1}
    # In UTC the day begins three hours later, and ends so.
    assert values(await _compare(client, tz="UTC"), "last") == {ids.show("prt", a): 10_000}


async def test_which_touches_make_a_path(client: httpx.AsyncClient, owner: Connection, mine: UUID) -> None:
    wide = await seeding.program(owner, mine, window_days=60)
    a, b = [await seeding.partner(owner, mine) for _ in range(2)]
    far = await seeding.partner(owner, mine, wide)
    public = await seeding.coupon(owner, mine, "bahar", a, "public")
    over = await seeding.coupon(owner, mine, "bitti", a, ends_at=AT)
    cases = [
        ([touch(a, 1), touch(b, 0, "manual", share=1)], {b: 1}),
        ([touch(a, 1), touch(b, 9, "bond")], {a: 10}),
        ([touch(b, 9, "bond", share=1), touch(a, 0, "coupon", coupon_id=public)], {b: 100}),
        ([touch(a, 0, "coupon", coupon_id=public), touch(b, 2)], {b: 1_000}),
        ([touch(a, 0, "coupon", coupon_id=public)], {a: 10_000}),
        ([touch(a, 0, "coupon", coupon_id=over)], {}),
        ([touch(far, 59), touch(a, 31)], {far: 100_000}),
        ([touch(a, -0.5), touch(b, -2)], {a: 1_000_000}),
        ([touch(b, 3, "bond")], {}),
    ]
    for n, (touches, _) in enumerate(cases):
        await seeding.conversion(owner, mine, AT, touches, amount=10**n)
    expected: dict[str, int] = {}
    for n, (_, partners) in enumerate(cases):
        for partner in partners:
            expected[ids.show("prt", partner)] = expected.get(ids.show("prt", partner), 0) + 10**n
    assert {who: value for who, value in values(await _compare(client), "first").items() if value} == expected


async def test_conversions_of_a_campaign(client: httpx.AsyncClient, owner: Connection, mine: UUID) -> None:
    a, b = [await seeding.partner(owner, mine) for _ in range(2)]
    campaign = ids.new()
    await seeding.conversion(owner, mine, AT, [touch(a, 2, campaign_id=campaign), touch(b, 1)], amount=50)
    await seeding.conversion(owner, mine, AT, [touch(b, 1)], amount=7)
    found = await _compare(client, campaign_id=ids.show("cmp", campaign))
    assert values(found, "linear") == {ids.show("prt", a): 25, ids.show("prt", b): 25}
    assert found["totals"][0]["value"]["amount"] == 50
    assert (await _compare(client, campaign_id=ids.show("cmp", ids.new())))["data"] == []
    assert (await _compare(client, 404, campaign_id="cmp_x"))["status"] == 404


async def test_partners_beyond_the_limit_are_summed(
    client: httpx.AsyncClient, owner: Connection, mine: UUID
) -> None:
    for n in range(1, 5):
        partner = await seeding.partner(owner, mine)
        await seeding.conversion(owner, mine, AT, [touch(partner, 1)], amount=n * 10)
        await seeding.conversion(owner, mine, AT, [touch(partner, 1)], amount=n, currency="JPY")
    found = await _compare(client, limit=1, models="last")
    kept = [(row["currency"], row["models"]["last"]["value"]["amount"]) for row in found["data"]]
    assert kept == [("JPY", 4), ("TRY", 40)]
    rest = [
        (each["partners"], each["currency"], each["models"]["last"]["value"]["amount"])
        for each in found["other_partners"]
    ]
    assert rest == [(3, "JPY", 6), (3, "TRY", 60)]


async def test_questions_that_can_not_be(client: httpx.AsyncClient) -> None:
    for wrong, path in (
        ({"from": "2026-07-01"}, "from"),
        ({"from": "2020-01-01"}, "from"),
        ({"tz": "Mars/Base"}, "tz"),
        ({"models": "last,guess"}, "models"),
        ({"to": "9999-12-31"}, "from"),
    ):
        found = await _compare(client, 400, **wrong)
        assert path in [error["path"] for error in found["errors"]]
    assert (await _compare(client, 400, window_days=0))["status"] == 400
    assert (await _compare(client, **{"from": "2026-07-01", "to": "2026-07-01"}))["data"] == []


async def test_the_default_is_30_days(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/attribution/compare")
    assert answer.status_code == 200, answer.text
    found = answer.json()
    days = datetime.fromisoformat(found["to"]) - datetime.fromisoformat(found["from"])
    assert days == 29 * DAY
    assert len(found["models"]) == 7


async def test_large_spans_are_a_job(
    client: httpx.AsyncClient,
    owner: Connection,
    mine: UUID,
    database: Database,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    a = await seeding.partner(owner, mine)
    for n in range(3):
        await seeding.conversion(owner, mine, AT + n * DAY, [touch(a, 1)], amount=10)
    at_once = await _compare(client)
    monkeypatch.setattr(keeping, "MOST_AT_ONCE", 2)
    job = await _compare(client, 202)
    assert (await _compare(client, 202))["id"] == job["id"]
    await jobs.run_queued(settings, database)
    done = (await client.get(f"/v1/jobs/{job['id']}")).json()
    assert (done["status"], done["result"]) == ("succeeded", {"conversions": 3, "partners": 1})
    found = await _compare(client)
    assert {**found, "computed_at": 0} == {**at_once, "computed_at": 0}
    await seeding.conversion(owner, mine, AT, [touch(a, 1)], amount=10)
    assert (await _compare(client))["computed_at"] == found["computed_at"]
    # Another question is another answer; an old one is computed anew.
    assert (await _compare(client, 202, basis="amount"))["id"] != job["id"]
    await owner.execute("update comparisons set computed_at = computed_at - interval '11 minutes'")
    assert (await _compare(client, 202))["id"] != job["id"]
    await jobs.run_queued(settings, database)
    assert values(await _compare(client), "last") == {ids.show("prt", a): 40}


async def test_a_failed_job_is_said(
    client: httpx.AsyncClient,
    owner: Connection,
    mine: UUID,
    database: Database,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    a = await seeding.partner(owner, mine)
    await seeding.conversion(owner, mine, AT, [touch(a, 1)])
    monkeypatch.setattr(keeping, "MOST_AT_ONCE", 0)
    job = await _compare(client, 202)
    await owner.execute("update jobs set status = 'failed', finished_at = elci_now()")
    failed = await _compare(client, 409)
    assert failed["job_id"] == job["id"]
    assert failed["type"].endswith("comparison-failed")
    await owner.execute("update jobs set finished_at = elci_now() - interval '2 minutes'")
    assert (await _compare(client, 202))["id"] != job["id"]


async def test_others_see_nothing(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient, owner: Connection, mine: UUID, app: Litestar
) -> None:
    a = await seeding.partner(owner, mine)
    await seeding.conversion(owner, mine, AT, [touch(a, 1)])
    assert (await _compare(other_client))["totals"] == []
    assert len((await _compare(client))["totals"]) == 1
