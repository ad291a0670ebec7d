"""Profiles over HTTP: making, reading, changing, archiving."""

import asyncio
from uuid import UUID

import httpx
import pytest

from service.influencers.bulk.profiles import put_influencers
from service.influencers.profiles import show, store
from service.influencers.profiles.schemas import Filters
from service.kit.db import Connection
from tests.service.influencers.files import intake, profile

AYSE = {
    "name": "Ayşe Işık",
    "country": "TR",
    "city": "İstanbul",
    "languages": ["tr"],
    "categories": ["güzellik"],
    "tags": ["yaz"],
    "source": "sheet",
    "legal_basis": "legitimate_interest",
    "contacts": [{"role": "manager", "email": "ayse@ajans.example"}],
    "accounts": [
        {
            "platform": "instagram",
            "handle": "@Ayse.Isik",
            "followers": 120_000,
            "avg_likes": 3_000,
            "avg_comments": 600,
            "observed_at": "2026-11-01T00:00:00Z",
        }
    ],
    "rates": [{"platform": "instagram", "format": "reel", "price": {"amount": 1_500_000, "currency": "TRY"}}],
}


async def made(client: httpx.AsyncClient, **changes: object) -> dict:
    answer = await client.post("/v1/influencers", json=AYSE | changes)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_profile_comes_back_as_it_was_written(client: httpx.AsyncClient) -> None:
    created = await made(client)
    read = (await client.get(f"/v1/influencers/{created['id']}")).json()
    assert read == created
    account = read["accounts"][0]
    assert (account["handle"], account["identity"], account["followers"]) == ("Ayse.Isik", "handle", 120_000)
    rate = account["engagement_rate"]
    assert rate["value"] == pytest.approx(0.03)
    assert (rate["basis"], rate["components"], rate["statistic"]) == ("followers", "public", "mean_unknown_n")
    assert (rate["origin"], rate["n"]) == ("averages", None)
    assert read["rates"][0]["price"] == {"amount": 1_500_000, "currency": "TRY"}
    assert read["contacts"][0]["email"] == "ayse@ajans.example"
    assert (read["opted_out"], read["archived_at"]) == (False, None)


async def test_who_says_nothing_of_the_ground_has_it_unstated(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/influencers", json={"name": "Deniz"})
    created = answer.json()
    assert (created["legal_basis"], created["source"]) == ("unstated", "api")
    assert created["collected_at"]


async def test_the_same_account_again_names_who_has_it(client: httpx.AsyncClient) -> None:
    first = await made(client)
    again = await client.post("/v1/influencers", json=AYSE | {"name": "Başkası"})
    assert again.status_code == 409
    assert again.json()["type"] == "/problems/account-taken"
    assert again.json()["influencer_id"] == first["id"]
    assert len((await client.get("/v1/influencers")).json()["data"]) == 1


async def test_two_at_once_make_one(client: httpx.AsyncClient) -> None:
    """Seen red without the unique index on handles: both answered 201."""
    answers = await asyncio.gather(*(client.post("/v1/influencers", json=AYSE) for _ in range(6)))
    codes = sorted(answer.status_code for answer in answers)
    assert codes == [201, 409, 409, 409, 409, 409]
    winner = next(answer.json()["id"] for answer in answers if answer.status_code == 201)
    assert {a.json()["influencer_id"] for a in answers if a.status_code == 409} == {winner}


@pytest.mark.parametrize(
    "handle", ["AYSE.ISIK", "@ayse.isik", "Ayşe.Işık", "ayse.isik "], ids=["upper", "at", "turkish", "space"]
)
async def test_a_handle_is_one_in_every_spelling(client: httpx.AsyncClient, handle: str) -> None:
    await made(client)
    account = {"platform": "instagram", "handle": handle}
    answer = await client.post("/v1/influencers", json={"name": "B", "accounts": [account]})
    assert answer.status_code == 409


async def test_the_same_handle_on_another_platform_is_another_account(client: httpx.AsyncClient) -> None:
    await made(client)
    await made(client, accounts=[{"platform": "tiktok", "handle": "ayse.isik"}])


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"name": ""}, "name"),
        ({"name": " "}, "name"),
        ({"country": "Türkiye"}, "country"),
        ({"languages": ["Türkçe"]}, "languages[0]"),
        ({"status": "vip"}, "status"),
        ({"workspace_id": "ws_0"}, "workspace_id"),
        ({"accounts": [{"platform": "myspace", "handle": "a"}]}, "accounts[0].platform"),
        ({"accounts": [{"platform": "x", "handle": "a", "followers": -1}]}, "accounts[0].followers"),
        ({"accounts": [{"platform": "x", "handle": "a", "followers": 10**30}]}, "accounts[0].followers"),
        ({"contacts": [{"email": "nobody"}]}, "contacts[0].email"),
        ({"avatar_url": "http://127.0.0.1/a.png"}, "avatar_url"),
        ({"avatar_url": "http://0x7f000001/"}, "avatar_url"),
        ({"avatar_url": "file:///etc/passwd"}, "avatar_url"),
        (
            {"rates": [{"platform": "x", "format": "post", "price": {"amount": 1, "currency": "XQX"}}]},
            "rates[0]",
        ),
        (
            {"rates": [{"platform": "x", "format": "post", "price": {"amount": 1.5, "currency": "TRY"}}]},
            "rates[0]",
        ),
    ],
)
async def test_what_a_profile_can_not_be(client: httpx.AsyncClient, change: dict, path: str) -> None:
    answer = await client.post("/v1/influencers", json=AYSE | change)
    assert answer.status_code == 400, answer.text
    assert any(error["path"].startswith(path) for error in answer.json()["errors"])
    assert (await client.get("/v1/influencers")).json()["data"] == []


async def test_text_that_can_not_be_stored_is_refused(client: httpx.AsyncClient) -> None:
    assert (await client.post("/v1/influencers", json={"name": "a\x00b"})).status_code == 400
    raw = b'{"name": "a\\ud800b"}'
    headers = {"Content-Type": "application/json"}
    assert (await client.post("/v1/influencers", content=raw, headers=headers)).status_code == 400


async def test_a_patch_changes_what_it_names(client: httpx.AsyncClient) -> None:
    created = await made(client)
    path = f"/v1/influencers/{created['id']}"
    answer = await client.patch(path, json={"city": None, "tags": ["kış", "kış"], "notes": "arandı"})
    changed = answer.json()
    assert (changed["city"], changed["tags"], changed["notes"]) == (None, ["kış"], "arandı")
    assert changed["name"] == created["name"]
    assert changed["contacts"] == created["contacts"]
    assert changed["version"] == created["version"] + 1


async def test_no_change_is_lost(client: httpx.AsyncClient) -> None:
    created = await made(client)
    path = f"/v1/influencers/{created['id']}"
    tag = (await client.get(path)).headers["ETag"]
    first = await client.patch(path, json={"notes": "a"}, headers={"If-Match": tag})
    second = await client.patch(path, json={"notes": "b"}, headers={"If-Match": tag})
    assert (first.status_code, second.status_code) == (200, 412)
    assert first.headers["ETag"] != tag


async def test_archived_is_hidden_until_restored(client: httpx.AsyncClient) -> None:
    created = await made(client)
    path = f"/v1/influencers/{created['id']}"
    assert (await client.delete(path)).status_code == 204
    assert (await client.get("/v1/influencers")).json()["data"] == []
    assert len((await client.get("/v1/influencers?archived=true")).json()["data"]) == 1
    assert len((await client.get(f"/v1/influencers?ids={created['id']}")).json()["data"]) == 1
    assert (await client.get(path)).json()["archived_at"] is not None
    assert (await client.post(f"{path}/restore")).json()["archived_at"] is None
    assert len((await client.get("/v1/influencers")).json()["data"]) == 1


async def test_lists_are_filtered_and_paged_without_gaps(client: httpx.AsyncClient) -> None:
    for number in range(7):
        platform = "tiktok" if number % 2 else "instagram"
        account = {"platform": platform, "handle": f"h{number}"}
        await made(client, name=f"N{number}", tags=[f"t{number % 3}"], accounts=[account])
    names, cursor = [], None
    while True:
        query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await client.get("/v1/influencers", params=query)).json()
        names += [row["name"] for row in page["data"]]
        cursor = page["next_cursor"]
        if not page["has_more"]:
            break
    assert names == [f"N{number}" for number in reversed(range(7))]
    assert "accounts" not in page["data"][0]
    tiktok = (await client.get("/v1/influencers?platform=tiktok&include=accounts,rates,contacts")).json()
    assert [row["name"] for row in tiktok["data"]] == ["N5", "N3", "N1"]
    assert all(row["accounts"][0]["platform"] == "tiktok" for row in tiktok["data"])
    tagged = (await client.get("/v1/influencers?tag=t2")).json()
    assert [row["name"] for row in tagged["data"]] == ["N5", "N2"]


async def test_what_changed_since_comes_in_the_order_of_change(client: httpx.AsyncClient) -> None:
    made_rows = [await made(client, name=f"N{n}", accounts=[]) for n in range(4)]
    await client.patch(f"/v1/influencers/{made_rows[1]['id']}", json={"notes": "x"})
    since = made_rows[2]["updated_at"]
    seen, cursor = [], None
    while True:
        query = {"updated_since": since, "limit": 1} | ({"cursor": cursor} if cursor else {})
        page = (await client.get("/v1/influencers", params=query)).json()
        seen += [row["name"] for row in page["data"]]
        cursor = page["next_cursor"]
        if not page["has_more"]:
            break
    assert seen == ["N2", "N3", "N1"]


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=1000000000",
        "cursor=%00",
        "cursor=AAAA",
        "include=salary",
        "tga=x",
        "ids=" + "inf_0," * 101,
    ],
)
async def test_bad_queries_are_refused(client: httpx.AsyncClient, query: str) -> None:
    assert (await client.get(f"/v1/influencers?{query}")).status_code == 400


async def test_another_workspace_sees_and_finds_nothing(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient
) -> None:
    created = await made(client)
    own = await made(other_client)
    path = f"/v1/influencers/{created['id']}"
    unknown = await other_client.get("/v1/influencers/inf_00000000000000000000000000")
    for method, sub, body in [
        ("GET", "", None),
        ("PATCH", "", {"name": "x"}),
        ("DELETE", "", None),
        ("POST", "/restore", None),
        ("GET", "/accounts", None),
        ("POST", "/accounts", {"platform": "x", "handle": "y"}),
        ("GET", "/snapshots", None),
        ("GET", "/posts", None),
        ("POST", "/posts", {"posts": [{"platform_id": "1"}]}),
        ("GET", "/audience", None),
        ("GET", "/rates", None),
        ("POST", "/opt-out", {}),
        ("POST", "/erase", None),
    ]:
        answer = await other_client.request(method, path + sub, json=body)
        assert answer.status_code == 404, (method, sub)
        assert answer.json()["type"] == unknown.json()["type"], (method, sub)
    assert [row["id"] for row in (await other_client.get("/v1/influencers")).json()["data"]] == [own["id"]]
    merge = {"keep": own["id"], "merge": [created["id"]]}
    assert (await other_client.post("/v1/influencers/merge", json=merge)).status_code == 404
    assert (await client.get(path)).json() == created


async def test_contacts_come_and_go(client: httpx.AsyncClient) -> None:
    created = await made(client)
    path = f"/v1/influencers/{created['id']}/contacts"
    added = (await client.post(path, json={"role": "agency", "phone": "+90 212 000 00 00"})).json()
    assert [row["role"] for row in (await client.get(path)).json()["data"]] == ["manager", "agency"]
    assert (await client.delete(f"{path}/{added['id']}")).status_code == 204
    assert (await client.delete(f"{path}/{added['id']}")).status_code == 404
    replaced = await client.patch(f"/v1/influencers/{created['id']}", json={"contacts": []})
    assert replaced.json()["contacts"] == []


async def test_a_page_takes_a_statement_for_each_thing_asked_for(db: Connection, workspace: UUID) -> None:
    rows = [profile(f"h{n}", row=n, email=f"{n}@posta.example") for n in range(50)]
    await put_influencers(db, intake(workspace), rows)
    asked: list[str] = []
    db.add_query_logger(lambda record: asked.append(record.query))
    found = await store.list_influencers(db, workspace, Filters(), None, 51)
    near = await show.beside(db, workspace, [row.id for row in found], {"accounts", "contacts"})
    shown = [show.influencer(row, near) for row in found]
    await asyncio.sleep(0)
    assert len(asked) == 3
    assert all(len(one.accounts) == 1 and len(one.contacts) == 1 for one in shown)
    assert len(shown) == 50


async def test_problems_are_said_in_turkish(client: httpx.AsyncClient) -> None:
    answer = await client.get(
        "/v1/influencers/inf_00000000000000000000000000", headers={"Accept-Language": "tr"}
    )
    assert (answer.status_code, answer.json()["title"]) == (404, "Influencer bulunamadı")
