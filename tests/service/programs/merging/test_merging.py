"""Duplicates: found, and made one; what moves, what stays booked as it was."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
import pytest

from service.kit import ids
from service.kit.db import Database
from service.programs.reading import Payee, agreed_at, payees
from tests.service.discovery.api import Json, influencer, made


async def _partner(client: httpx.AsyncClient, name: str = "Ayşe", **fields: object) -> Json:
    return await made(client, "/v1/partners", {"name": name, **fields})


async def _merge(client: httpx.AsyncClient, keep: Json, *merge: Json, dry_run: bool = False) -> Json:
    body = {"keep": keep["id"], "merge": [one["id"] for one in merge]}
    path = "/v1/partners/merge" + ("?dry_run=true" if dry_run else "")
    return await made(client, path, body, status=200)


async def _things(client: httpx.AsyncClient, partner: Json, code: str) -> None:
    await client.patch("/v1/workspace", json={"destination_hosts": ["shop.example"]})
    link = {"url": "https://shop.example/", "code": code, "partner_id": partner["id"]}
    await made(client, "/v1/links", link)
    await made(client, "/v1/coupons", {"code": code, "partner_id": partner["id"]})


async def _count(client: httpx.AsyncClient, what: str, partner: Json) -> int:
    return len((await client.get(f"/v1/{what}?partner_id={partner['id']}")).json()["data"])


async def test_what_would_move_and_what_moves(client: httpx.AsyncClient) -> None:
    who = await influencer(client, "Ayse Oz")
    keep, one, two = (
        await _partner(client),
        await _partner(client, "Ayşe Ö.", email="a@x.example", influencer_id=who),
        await _partner(client, "A. Öz", email="b@x.example", group="gold"),
    )
    await _things(client, one, "yaz")
    await _things(client, two, "kis")
    dry = await _merge(client, keep, one, two, dry_run=True)
    assert dry["moved"] == {"links": 2, "coupons": 2, "conversions": 0, "commissions": 0}
    assert (await client.get(f"/v1/partners/{keep['id']}")).json() == keep
    assert await _count(client, "links", one) == 1
    done = await _merge(client, keep, one, two)
    assert (done["moved"], done["dry_run"]) == (dry["moved"], False)
    shown = (await client.get(f"/v1/partners/{keep['id']}")).json()
    assert done["partner"] == shown
    taken = {name: shown[name] for name in ("name", "email", "influencer_id", "group", "status")}
    assert taken == {
        "name": "Ayşe",
        "email": "a@x.example",
        "influencer_id": who,
        "group": "gold",
        "status": "active",
    }
    for what in ("links", "coupons"):
        assert [await _count(client, what, each) for each in (keep, one, two)] == [2, 0, 0]
    gone = (await client.get(f"/v1/partners/{one['id']}")).json()
    assert (gone["status"], gone["merged_into"]) == ("archived", keep["id"])
    answer = await client.patch(f"/v1/partners/{one['id']}", json={"status": "active"})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/partner-merged")


@pytest.mark.parametrize("kind", ["itself", "twice", "merged", "other program"])
async def test_what_can_not_be_merged(client: httpx.AsyncClient, kind: str) -> None:
    one, two, three = await _partner(client), await _partner(client), await _partner(client)
    keep, merge = one, [two]
    if kind == "itself":
        merge = [one]
    elif kind == "twice":
        merge = [two, two]
    elif kind == "merged":
        await _merge(client, three, two)
    else:
        program = await made(client, "/v1/programs", {"name": "Yaz"})
        await client.patch(f"/v1/partners/{two['id']}", json={"program_id": program["id"]})
    body = {"keep": keep["id"], "merge": [each["id"] for each in merge]}
    answer = await client.post("/v1/partners/merge", json=body)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/cannot-merge-partners")


async def test_strangers_are_not_there(client: httpx.AsyncClient, other_client: httpx.AsyncClient) -> None:
    mine, theirs = await _partner(client), await _partner(other_client)
    for keep, merge in ((mine, theirs), (theirs, mine)):
        answer = await client.post("/v1/partners/merge", json={"keep": keep["id"], "merge": [merge["id"]]})
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/partner-not-found")


async def test_what_was_before_a_merge_stays_the_duplicate_s_own(
    client: httpx.AsyncClient, database: Database
) -> None:
    """Orders from then on are the kept one's; chains end at the one that stands."""
    program = await made(client, "/v1/programs", {"name": "Yaz"})
    a, b, c = [await _partner(client, name, program_id=program["id"], group=name) for name in "abc"]
    before = datetime.now(UTC)
    await _merge(client, b, c)
    await _merge(client, a, b)
    after = datetime.now(UTC) + timedelta(seconds=1)
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    who = [ids.read("prt", each["id"]) for each in (a, b, c)]
    async with database.transaction(workspace) as db:

        async def groups(at: datetime) -> list[str | None]:
            found = await agreed_at(db, workspace, who, at)
            return [found[each].group for each in who]

        async def standing(at: datetime | None) -> list[UUID]:
            found: dict[UUID, Payee] = await payees(db, workspace, who, at)
            return [found[each].partner_id for each in who]

        assert (await groups(before), await standing(before)) == (["a", "b", "c"], who)
        assert (await groups(after), await standing(after)) == (["a", "a", "a"], [who[0]] * 3)
        assert await standing(None) == [who[0]] * 3
        assert (await payees(db, workspace, who))[who[2]].merged == tuple(sorted(who[1:]))


async def test_duplicates_are_found(client: httpx.AsyncClient, other_client: httpx.AsyncClient) -> None:
    who = await influencer(client, "Ayse Oz")
    program = await made(client, "/v1/programs", {"name": "Yaz"})
    a = await _partner(client, "Ayşe Öz", email="ayse.oz@gmail.com")
    b = await _partner(client, "ayse  oz", influencer_id=who)
    c = await _partner(client, "Can", email="Ayse.Oz+is@googlemail.com", influencer_id=who)
    await _partner(client, "Ayşe Öz", email="ayse.oz@x.example", program_id=program["id"])
    await _partner(client, "Ece", email="ayseoz@x.example")
    gone = await _partner(client, "Can")
    await client.delete(f"/v1/partners/{gone['id']}")
    await _partner(other_client, "Can")
    found, cursor = [], ""
    for _ in range(3):
        page = (await client.get(f"/v1/partners/duplicates?limit=1{cursor}")).json()
        found += page["data"]
        cursor = f"&cursor={page['next_cursor']}"
        if not page["has_more"]:
            break
    told = {(one["likeness"], tuple(each["id"] for each in one["partners"])) for one in found}
    assert told == {
        ("influencer", (b["id"], c["id"])),
        ("email", (a["id"], c["id"])),
        ("name", (a["id"], b["id"])),
    }
    assert {one["program_id"] for one in found} == {None}
    await _merge(client, a, b, c)
    assert (await client.get("/v1/partners/duplicates")).json()["data"] == []


async def test_an_erasure_takes_the_duplicates_along(client: httpx.AsyncClient, database: Database) -> None:
    who = await influencer(client, "Ayse Oz")
    keep = await _partner(client, influencer_id=who, group="Ayşe'ninkiler")
    two = await _partner(client, email="ayse@x.example", group="Ayşe")
    await _merge(client, keep, two)
    await made(client, f"/v1/influencers/{who}/erase", {"reason": "asked"}, status=200)
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    async with database.transaction(workspace) as db:
        text = await db.fetchval(
            """select (select string_agg(p::text, ' ') from partners p) || ' '
                || (select string_agg(h::text, ' ') from partner_history h)"""
        )
    assert "ay" not in text.lower()
