"""Audiences: what shares can be right, which is the newest, what files add."""

from datetime import UTC, datetime
from uuid import UUID

import httpx
import pytest

from service.influencers.bulk.audiences import put_audiences
from service.influencers.bulk.profiles import put_influencers
from service.kit.db import Connection
from tests.service.influencers.files import NOVEMBER, OCTOBER, audience, intake, profile

SHARES = [
    {"dimension": "country", "code": "TR", "share": 0.8},
    {"dimension": "city", "code": "TR-34", "share": 0.4},
    {"dimension": "age", "code": "18-24", "share": 0.5},
    {"dimension": "gender", "code": "female", "share": 0.7},
    {"dimension": "interests", "code": "Güzellik", "share": 0.9},
    {"dimension": "active_hour", "code": "mon-20", "share": 0.02},
]


async def owner_of(client: httpx.AsyncClient, *platforms: str) -> dict:
    accounts = [{"platform": platform, "handle": "ece"} for platform in platforms or ("instagram",)]
    return (await client.post("/v1/influencers", json={"name": "Ece", "accounts": accounts})).json()


def body(day: str = "2026-11-01", **changes: object) -> dict:
    return {
        "source": "vendor",
        "as_of": f"{day}T00:00:00Z",
        "sample_size": 900,
        "distributions": SHARES,
    } | changes


async def test_an_audience_comes_back_as_it_was_put(client: httpx.AsyncClient) -> None:
    path = f"/v1/influencers/{(await owner_of(client))['id']}/audience"
    assert (await client.get(path)).status_code == 404
    put = await client.put(path, json=body())
    assert put.status_code == 200, put.text
    read = (await client.get(path)).json()
    assert read == put.json()
    key = lambda each: (each["dimension"], each["code"])  # noqa: E731
    assert sorted(read["distributions"], key=key) == sorted(SHARES, key=key)
    assert (read["source"], read["sample_size"]) == ("vendor", 900)


async def test_a_put_replaces_its_source_and_day(client: httpx.AsyncClient) -> None:
    path = f"/v1/influencers/{(await owner_of(client))['id']}/audience"
    await client.put(path, json=body())
    less = [{"dimension": "country", "code": "DE", "share": 1}]
    read = (await client.put(path, json=body(distributions=less))).json()
    assert read["distributions"] == less
    assert len(read["known"]) == 1


async def test_the_newest_is_shown_and_older_ones_can_be_asked_for(client: httpx.AsyncClient) -> None:
    path = f"/v1/influencers/{(await owner_of(client))['id']}/audience"
    for day, source in (("2026-10-01", "a"), ("2026-11-01", "b"), ("2026-09-01", "a")):
        await client.put(path, json=body(day, source=source))
    newest = (await client.get(path)).json()
    assert (newest["source"], newest["as_of"]) == ("b", "2026-11-01T00:00:00Z")
    assert [one["as_of"][:7] for one in newest["known"]] == ["2026-11", "2026-10", "2026-09"]
    assert (await client.get(path, params={"source": "a"})).json()["as_of"][:7] == "2026-10"
    assert (await client.get(path, params={"as_of": "2026-09-01T00:00:00Z"})).json()["source"] == "a"


async def test_with_several_accounts_one_is_named(client: httpx.AsyncClient) -> None:
    owner = await owner_of(client, "instagram", "tiktok")
    path = f"/v1/influencers/{owner['id']}/audience"
    assert (await client.put(path, json=body())).status_code == 409
    account = owner["accounts"][0]["id"]
    assert (await client.put(path, params={"account_id": account}, json=body())).status_code == 200
    other = owner["accounts"][1]["id"]
    assert (await client.get(path, params={"account_id": other})).status_code == 404


@pytest.mark.parametrize(
    ("shares", "path"),
    [
        ([("city", "İstanbul", 0.5)], "distributions[0].code"),
        ([("country", "tr", 0.5)], "distributions[0].code"),
        ([("age", "18-25", 0.5)], "distributions[0].code"),
        ([("gender", "kadın", 0.5)], "distributions[0].code"),
        ([("active_hour", "mon-24", 0.5)], "distributions[0].code"),
        ([("zodiac", "leo", 0.5)], "distributions[0].dimension"),
        ([("gender", "female", 1.1)], "distributions[0].share"),
        ([("gender", "female", 0.6), ("gender", "male", 0.6)], "distributions"),
        ([("interests", "Güzellik", 0.6), ("interests", "guzellik", 0.6)], "distributions[1].code"),
        ([], "distributions"),
    ],
)
async def test_what_shares_can_not_be(client: httpx.AsyncClient, shares: list, path: str) -> None:
    owner = await owner_of(client)
    given = [{"dimension": name, "code": code, "share": share} for name, code, share in shares]
    answer = await client.put(f"/v1/influencers/{owner['id']}/audience", json=body(distributions=given))
    assert answer.status_code == 400
    assert path in [error["path"] for error in answer.json()["errors"]]


async def test_many_may_like_many_things(client: httpx.AsyncClient) -> None:
    owner = await owner_of(client)
    given = [{"dimension": "interests", "code": code, "share": 0.9} for code in ("moda", "spor", "oyun")]
    answer = await client.put(f"/v1/influencers/{owner['id']}/audience", json=body(distributions=given))
    assert answer.status_code == 200


async def latest(db: Connection) -> list[tuple[str, datetime]]:
    return [
        tuple(row) for row in await db.fetch("select source, as_of from influencer_audiences where latest")
    ]


async def test_files_add_complete_and_repeat_to_nothing(db: Connection, workspace: UUID) -> None:
    await put_influencers(db, intake(workspace), [profile("a"), profile("b", row=2)])
    rows = [
        audience("A", ("country", "TR", 0.8)),
        audience("a", ("gender", "female", 0.6), ("gender", "male", 0.4), row=2),
        audience("b", ("country", "DE", 1.0), row=3, sample_size=50),
        audience("nobody", ("country", "DE", 1.0), row=4),
    ]
    first = await put_audiences(db, intake(workspace), rows)
    assert [one.status for one in first] == ["created", "unchanged", "created", "rejected"]
    assert first[3].why == "unknown_account"
    again = await put_audiences(db, intake(workspace), rows)
    assert [one.status for one in again] == ["unchanged", "unchanged", "unchanged", "rejected"]
    more = await put_audiences(db, intake(workspace), [audience("a", ("country", "DE", 0.1))])
    assert [one.status for one in more] == ["updated"]
    sizes = await db.fetch("select cardinality(codes) from influencer_audiences order by 1")
    assert [row[0] for row in sizes] == [1, 4]


async def test_one_distribution_of_an_account_is_the_newest(db: Connection, workspace: UUID) -> None:
    await put_influencers(db, intake(workspace), [profile("a")])
    row = audience("a", ("country", "TR", 0.8))
    for as_of, source in ((OCTOBER, "x"), (NOVEMBER, "x"), (OCTOBER, "y"), (NOVEMBER, "a")):
        await put_audiences(db, intake(workspace, as_of, source), [])
        from_source = intake(workspace, as_of, source)
        # Handles are the workspace's: the source of the distribution is another than the profile's.
        await put_audiences(db, from_source, [row])
        assert len(await latest(db)) == 1
    assert await latest(db) == [("x", NOVEMBER)]


async def test_two_days_in_one_file(db: Connection, workspace: UUID) -> None:
    await put_influencers(db, intake(workspace), [profile("a")])
    days = [datetime(2026, 5, day, tzinfo=UTC).date() for day in (2, 3, 1)]
    rows = [audience("a", ("country", "TR", 0.1 * n), row=n, as_of=day) for n, day in enumerate(days, 1)]
    outcome = await put_audiences(db, intake(workspace), rows)
    assert [one.status for one in outcome] == ["created"] * 3
    assert await latest(db) == [("vendor", datetime(2026, 5, 3, tzinfo=UTC))]
