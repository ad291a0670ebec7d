"""Batches of files of influencers: what is new, what is known, what may not come back."""

import asyncio
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.accounts.actions import create_workspace
from service.influencers.bulk.profiles import put_influencers
from service.influencers.events import InfluencersChanged
from service.influencers.identity import Identity, marks
from service.influencers.intake.rows import InfluencerRow, Rate
from service.influencers.profiles import store as profiles
from service.influencers.removals import actions as removals
from service.kit import events, ids
from service.kit.db import Connection, Database
from tests.service.influencers.files import KEY, NOVEMBER, OCTOBER, intake, profile

TABLES = (
    "influencers",
    "influencer_accounts",
    "influencer_snapshots",
    "influencer_contacts",
    "influencer_rates",
)


async def put(db: Connection, workspace: UUID, *rows: InfluencerRow, **context) -> list[str]:
    return [one.status for one in await put_influencers(db, intake(workspace, **context), rows)]


async def counts(db: Connection) -> dict[str, int]:
    return {table: await db.fetchval(f"select count(*) from {table}") for table in TABLES}


async def account(db: Connection, workspace: UUID, handle: str):
    row = await db.fetchrow(
        "select * from influencer_accounts where workspace_id = $1 and handle_folded = $2", workspace, handle
    )
    return row


async def test_new_rows_are_created_with_all_they_say(db: Connection, workspace: UUID) -> None:
    row = profile(
        "@Ayşe.IŞIK",
        name="Ayşe Işık",
        followers=120_000,
        avg_likes=3_000.0,
        avg_comments=600.0,
        country="TR",
        categories=("güzellik", "moda"),
        email="a@b.example",
        rates=(Rate("reel", Decimal("12500.50"), None),),
        audience_country="TR",
    )
    assert await put(db, workspace, row) == ["created"]
    found = await account(db, workspace, "ayse.isik")
    assert (found["handle"], found["identity"], found["followers"]) == ("Ayşe.IŞIK", "handle", 120_000)
    assert found["er_value"] == pytest.approx(0.03)
    assert (found["observed_at"], found["er_as_of"], found["audience_country"]) == (NOVEMBER, NOVEMBER, "TR")
    person = await profiles.get_influencer(db, workspace, found["influencer_id"])
    assert (person.name, person.country, person.categories) == ("Ayşe Işık", "TR", ["güzellik", "moda"])
    assert (person.source, person.legal_basis, person.collected_at) == (
        "vendor",
        "legitimate_interest",
        NOVEMBER,
    )
    assert await counts(db) == dict.fromkeys(TABLES, 1)
    assert await db.fetchval("select amount from influencer_rates") == 1_250_050


async def test_the_same_file_again_changes_nothing(db: Connection, workspace: UUID) -> None:
    rows = [profile(f"h{n}", row=n, followers=n, email=f"{n}@b.example") for n in range(20)]
    assert await put(db, workspace, *rows) == ["created"] * 20
    before = await db.fetch("select * from influencers order by id")
    assert await put(db, workspace, *rows) == ["unchanged"] * 20
    assert await db.fetch("select * from influencers order by id") == before
    assert (await counts(db))["influencer_snapshots"] == 20


async def test_a_later_file_adds_snapshots(db: Connection, workspace: UUID) -> None:
    await put(db, workspace, profile("a", followers=100, avg_views=9.0), as_of=OCTOBER)
    assert await put(db, workspace, profile("a", followers=150)) == ["updated"]
    found = await account(db, workspace, "a")
    assert (found["followers"], found["avg_views"], found["observed_at"]) == (150, 9.0, NOVEMBER)
    assert (await counts(db))["influencer_snapshots"] == 2


async def test_an_earlier_file_fills_gaps_and_no_more(db: Connection, workspace: UUID) -> None:
    await put(db, workspace, profile("a", name="Yeni", followers=150))
    assert await put(
        db, workspace, profile("a", name="Eski", followers=100, avg_views=9.0, city="İzmir"), as_of=OCTOBER
    ) == ["updated"]
    found = await account(db, workspace, "a")
    assert (found["followers"], found["avg_views"], found["name"]) == (150, 9.0, "Yeni")
    person = await profiles.get_influencer(db, workspace, found["influencer_id"])
    assert (person.name, person.city) == ("Yeni", "İzmir")


async def test_a_correction_of_the_same_day_corrects(db: Connection, workspace: UUID) -> None:
    first, second = profile("a", followers=100), profile("a", followers=90)
    await put(db, workspace, first)
    assert await put(db, workspace, second) == ["updated"]
    assert (await account(db, workspace, "a"))["followers"] == 90
    assert await put(db, workspace, first) == ["unchanged"], "a file that was taken in changes nothing"
    assert (await counts(db))["influencer_snapshots"] == 1


async def test_rows_that_contradict_each_other_settle(db: Connection, workspace: UUID) -> None:
    """Seen red without the digests of rows: the second time each row undid the other."""
    rows = [profile("a", row=1, followers=100), profile("A", row=2, followers=120, city="Bursa")]
    assert await put(db, workspace, *rows) == ["created", "unchanged"]
    for row in rows:
        assert await put(db, workspace, row) == ["unchanged"]
    assert (await account(db, workspace, "a"))["followers"] == 120


async def test_a_time_series_is_one_account(db: Connection, workspace: UUID) -> None:
    rows = [profile("a", row=n, followers=n, as_of=date(2026, 1, n)) for n in range(1, 29)]
    rows[3] = profile("a", row=4, followers=4, avg_views=7.0, as_of=date(2026, 1, 4))
    outcome = await put(db, workspace, *reversed(rows))
    assert (outcome.count("created"), outcome.count("updated")) == (1, 27)
    assert (await counts(db))["influencer_snapshots"] == 28
    found = await account(db, workspace, "a")
    assert (found["followers"], found["avg_views"]) == (28, 7.0)
    assert await put(db, workspace, *rows) == ["unchanged"] * 28


@pytest.mark.parametrize(
    ("known", "row", "status"),
    [
        ({"platform_id": "1", "handle": "a"}, {"platform_id": "1", "handle": "b"}, "updated"),
        ({"platform_id": "1", "handle": "a"}, {"handle": "A"}, "updated"),
        ({"handle": "a"}, {"platform_id": "1", "handle": "a"}, "updated"),
        ({"platform_id": "1", "handle": "a"}, {"platform_id": "2", "handle": "a"}, "rejected"),
        ({"platform_id": "1", "handle": "a"}, {"platform_id": "2", "handle": "b"}, "created"),
        ({"handle": "a"}, {"handle": "a", "platform": "tiktok"}, "created"),
        ({"name": "Ali Can"}, {"name": "ALİ  CAN"}, "updated"),
        ({"name": "Ali Can"}, {"name": "Ali Can", "handle": "alican"}, "created"),
        ({"name": "Ali Can"}, {"name": "Ali Canan"}, "created"),
    ],
)
async def test_who_is_known_again(
    db: Connection, workspace: UUID, known: dict, row: dict, status: str
) -> None:
    await put(db, workspace, profile(followers=1, **known), as_of=OCTOBER)
    assert await put(db, workspace, profile(followers=2, **row)) == [status]


async def test_a_name_counts_within_its_source(db: Connection, workspace: UUID) -> None:
    await put(db, workspace, profile(name="Ali Can"))
    assert await put(db, workspace, profile(name="Ali Can"), source="other") == ["created"]
    assert {row["identity"] for row in await db.fetch("select identity from influencer_accounts")} == {"name"}


async def test_two_ways_to_name_one_account_in_a_file(db: Connection, workspace: UUID) -> None:
    rows = [
        profile("a", row=1, platform_id="1", followers=1),
        profile("a", row=2, followers=2, city="Van"),
        profile("a", row=3, platform_id="2", followers=3),
        profile("b", row=4, platform_id="1", followers=4),
    ]
    assert await put(db, workspace, *rows) == ["created", "updated", "rejected", "unchanged"]
    assert (await counts(db))["influencer_accounts"] == 1


async def test_accounts_of_one_row_are_one_person_s(db: Connection, workspace: UUID) -> None:
    await put(db, workspace, profile("a", row=9, name="Ece"), as_of=OCTOBER)
    rows = [
        profile("a", row=1, name="Ece"),
        profile("ece", row=1, name="Ece", platform="tiktok"),
        profile("b", row=2, name="Su"),
        profile("su", row=2, name="Su", platform="youtube"),
        profile("su", row=3, name="Su", platform="youtube"),
        profile("su2", row=3, name="Su", platform="x"),
    ]
    assert await put(db, workspace, *rows) == [
        "updated",
        "created",
        "created",
        "created",
        "unchanged",
        "created",
    ]
    owners = await db.fetch(
        "select array_agg(handle order by handle) from influencer_accounts group by influencer_id order by 1"
    )
    assert [row[0] for row in owners] == [["a", "ece"], ["b", "su", "su2"]]
    assert (await counts(db))["influencers"] == 2


async def test_what_a_person_wrote_stays(db: Connection, workspace: UUID) -> None:
    await put(db, workspace, profile("a", name="A", city="Ankara", tags=("x",)), as_of=OCTOBER)
    owner = (await account(db, workspace, "a"))["influencer_id"]
    await db.execute("update influencers set city = 'Konya', edited = '{city}' where id = $1", owner)
    await put(db, workspace, profile("a", name="B", city="Bolu", country="TR", tags=("y",)))
    person = await profiles.get_influencer(db, workspace, owner)
    assert (person.city, person.country, person.name, person.tags) == ("Konya", "TR", "A", ["x", "y"])


async def test_a_handle_that_stood_for_a_name_gives_way_to_it(db: Connection, workspace: UUID) -> None:
    await put(db, workspace, profile("elci.tr"), as_of=OCTOBER)
    await put(db, workspace, profile("elci.tr", name="Elçi"))
    owner = (await account(db, workspace, "elci.tr"))["influencer_id"]
    assert (await profiles.get_influencer(db, workspace, owner)).name == "Elçi"


@pytest.mark.parametrize("gone", ["opted_out", "erased"])
async def test_who_left_does_not_come_back(db: Connection, workspace: UUID, gone: str) -> None:
    """Seen red without the marks of handles: after an erasure the file made the person anew."""
    await put(db, workspace, profile("a", platform_id="1", followers=1), profile(name="Ali", row=2))
    owners = [row[0] for row in await db.fetch("select id from influencers")]
    for owner in owners:
        if gone == "opted_out":
            await removals.opt_out(db, workspace, [owner], None, KEY)
        else:
            await db.execute("delete from influencers where id = $1", owner)
            who = [
                Identity("instagram", "1", "a", None, "vendor"),
                Identity("instagram", None, None, "ali", "vendor"),
            ]
            await removals.store.add_marks(
                db, workspace, [mark for one in who for mark in marks(KEY, one)], "erased", None
            )
    before = await counts(db)
    rows = [
        profile("A", row=1, followers=2),
        profile("other", row=2, platform_id="1"),
        profile(name="ALİ", row=3),
        profile("b", row=4),
    ]
    outcomes = await put_influencers(db, intake(workspace), rows)
    assert [one.why for one in outcomes] == ["suppressed", "suppressed", "suppressed", None]
    assert (await counts(db))["influencers"] == before["influencers"] + 1


async def test_prices_that_are_none_are_said(db: Connection, workspace: UUID) -> None:
    rows = [
        profile("a", row=1, rates=(Rate("post", Decimal("1.234"), "TRY"),)),
        profile("b", row=2, rates=(Rate("post", Decimal("10"), "ZZZ"),)),
        profile("c", row=3, rates=(Rate("post", Decimal("10"), "JPY"), Rate("story", Decimal("5.5"), "TRY"))),
    ]
    outcomes = await put_influencers(db, intake(workspace), rows)
    assert [(one.status, one.why) for one in outcomes] == [
        ("rejected", "not_a_price"),
        ("rejected", "not_a_price"),
        ("created", None),
    ]


async def test_a_price_follows_the_one_before(db: Connection, workspace: UUID) -> None:
    await put(db, workspace, profile("a", rates=(Rate("post", Decimal("100"), None),)), as_of=OCTOBER)
    assert await put(db, workspace, profile("a", rates=(Rate("post", Decimal("120"), None),))) == ["updated"]
    rows = await db.fetch("select amount, valid_from, valid_to from influencer_rates order by valid_from")
    assert [tuple(row) for row in rows] == [
        (10_000, date(2026, 10, 1), date(2026, 10, 31)),
        (12_000, date(2026, 11, 1), None),
    ]


async def test_whoever_keeps_a_copy_is_told_of_changes_alone(db: Connection, workspace: UUID) -> None:
    told: list[int] = []

    async def hear(db: Connection, event: InfluencersChanged) -> None:
        told.append(len(event.ids))

    events.subscribe(InfluencersChanged, hear)
    rows = [profile(f"h{n}", row=n) for n in range(5)]
    await put(db, workspace, *rows)
    await put(db, workspace, *rows)
    await put(db, workspace, *rows[:4], profile("h4", row=4, city="Rize"))
    events._handlers[InfluencersChanged].remove(hear)
    assert told == [5, 1]


async def test_two_files_at_once_make_each_account_once(database: Database) -> None:
    workspace = ids.read("ws", (await create_workspace(database, "A")).workspace_id)
    rows = [profile(f"h{n}", row=n, followers=n) for n in range(200)]

    async def one(rows: list[InfluencerRow], source: str) -> list[str]:
        async with database.transaction(workspace) as db:
            return await put(db, workspace, *rows, source=source)

    outcomes = await asyncio.gather(one(rows, "a"), one(rows[::-1], "b"), one(rows, "c"))
    assert sorted(outcome.count("created") for outcome in outcomes) == [0, 0, 200]
    async with database.transaction(workspace) as db:
        assert await db.fetchval("select count(*) from influencer_accounts") == 200
        assert await db.fetchval("select count(*) from influencer_snapshots") == 600


# Ids keep their handles here: whom an old handle means after a change, no file can say. 1 and 3 share one.
_KNOWN_BY = st.sampled_from(
    [
        *[("a", "1"), (None, "1"), ("b", "2"), (None, "2"), ("a", "3")],
        *[("a", None), ("b", None), ("c", None), (None, None)],
    ]
)
_ROWS = st.lists(st.tuples(_KNOWN_BY, st.sampled_from(["Ali", "Can"]), st.integers(0, 3)), max_size=8)


@given(files=st.lists(_ROWS, min_size=1, max_size=3))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_whatever_files_say_identities_stay_one_and_files_repeat_to_nothing(
    db: Connection, workspace: UUID, files: list
) -> None:
    # Each example begins with empty tables.
    inner = db.transaction()
    await inner.start()
    try:
        await _check_files(db, workspace, files)
    finally:
        await inner.rollback()


async def _check_files(db: Connection, workspace: UUID, files: list) -> None:
    for number, file in enumerate(files):
        rows = [
            profile(handle, row=at, platform_id=pid, name=name, followers=followers)
            for at, ((handle, pid), name, followers) in enumerate(file)
        ]
        day = OCTOBER.replace(month=number + 1)
        first = await put(db, workspace, *rows, as_of=day)
        again = await put(db, workspace, *rows, as_of=day)
        assert set(again) <= {"unchanged", "rejected"}
        assert [one == "rejected" for one in again] == [one == "rejected" for one in first]
    for columns in ("platform, platform_id", "platform, handle_folded"):
        key = columns.split(", ")[1]
        text = f"select count(*) from influencer_accounts where {key} is not null group by {columns}"
        assert all(row[0] == 1 for row in await db.fetch(text))


async def test_nothing_of_nothing(db: Connection, workspace: UUID) -> None:
    assert await put_influencers(db, intake(workspace), []) == []
    assert await counts(db) == dict.fromkeys(TABLES, 0)
