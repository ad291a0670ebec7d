"""Opting out and being erased: what stays, what goes, who can't come back."""

import httpx
import pytest

from service.influencers.bulk.profiles import put_influencers
from service.influencers.events import InfluencersErased
from service.influencers.identity import workspace_key
from service.kit import events, ids
from service.kit.db import Connection, Database
from service.settings import Settings
from tests.service.influencers.files import NOVEMBER, intake, profile

CANARY = "Çiğdem Kanarya"
PERSON = {
    "name": CANARY,
    "bio": "kanarya bio",
    "notes": "kanarya notu",
    "contacts": [{"email": "kanarya@posta.example", "phone": "+90 555 000 00 00"}],
    "accounts": [{"platform": "instagram", "handle": "kanarya", "platform_id": "4242", "followers": 5}],
    "rates": [{"platform": "instagram", "format": "post", "price": {"amount": 5, "currency": "TRY"}}],
}


async def made(client: httpx.AsyncClient, **changes: object) -> dict:
    answer = await client.post("/v1/influencers", json=PERSON | changes)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def workspace_of(client: httpx.AsyncClient):
    return ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])


async def test_who_opts_out_is_hidden_and_can_come_back(client: httpx.AsyncClient) -> None:
    person = await made(client)
    path = f"/v1/influencers/{person['id']}"
    out = (await client.post(f"{path}/opt-out", json={"reason": "asked by mail"})).json()
    assert (out["opted_out"], out["opt_out_reason"]) == (True, "asked by mail")
    assert (await client.get("/v1/influencers")).json()["data"] == []
    assert len((await client.get("/v1/influencers?opted_out=true")).json()["data"]) == 1
    again = await client.post("/v1/influencers", json=PERSON)
    assert (again.status_code, again.json()["type"]) == (409, "/problems/suppressed")
    assert (await client.post(f"{path}/opt-in", json={})).status_code == 400
    back = await client.post(f"{path}/opt-in", json={"reason": "signed a consent"})
    assert back.json()["opted_out"] is False
    assert len((await client.get("/v1/influencers")).json()["data"]) == 1
    assert (await client.post("/v1/influencers", json=PERSON)).json()["type"] == "/problems/account-taken"


async def test_an_opt_out_survives_the_next_file(
    client: httpx.AsyncClient, database: Database, settings: Settings
) -> None:
    """Seen red with another key for the marks: the file brought the person back."""
    person = await made(client)
    await client.post(f"/v1/influencers/{person['id']}/opt-out", json={})
    workspace = await workspace_of(client)
    context = intake(workspace)
    context = type(context)(
        workspace, "file", "unstated", NOVEMBER, NOVEMBER, workspace_key(settings, workspace), "TRY"
    )
    rows = [profile("KANARYA", followers=9), profile("other", row=2, platform_id="4242")]
    async with database.transaction(workspace) as db:
        outcomes = await put_influencers(db, context, rows)
    assert [one.why for one in outcomes] == ["suppressed", "suppressed"]
    assert (await client.get("/v1/influencers")).json()["data"] == []


async def test_a_dry_run_counts_and_changes_nothing(client: httpx.AsyncClient) -> None:
    person = await made(client)
    path = f"/v1/influencers/{person['id']}"
    answer = (await client.post(f"{path}/erase?dry_run=true")).json()
    assert answer["counts"] == {
        "influencers": 1,
        "accounts": 1,
        "contacts": 1,
        "rates": 1,
        "snapshots": 1,
        "audiences": 0,
        "follower_samples": 0,
        "follower_sets": 0,
        "posts": 0,
        "merges": 0,
    }
    assert (answer["dry_run"], answer["deletion_id"]) == (True, None)
    assert (await client.get(path)).status_code == 200


async def holding_canary(owner: Connection) -> list[str]:
    """The tables in which any row says something of the person."""
    tables = await owner.fetch(
        "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
    )
    found = []
    for (table,) in tables:
        text = f"select count(*) from {table} t where lower(t::text) ~ 'kanarya|4242|555 000'"
        if await owner.fetchval(text):
            found.append(table)
    return found


async def test_an_erasure_leaves_no_trace(client: httpx.AsyncClient, owner: Connection) -> None:
    """Seen red with the audit log quoting the name."""
    person = await made(client)
    path = f"/v1/influencers/{person['id']}"
    posts = {"posts": [{"platform_id": "1", "caption": "kanarya gönderi", "likes": 1}]}
    await client.post(f"{path}/posts", json=posts)
    shares = [{"dimension": "country", "code": "TR", "share": 1}]
    await client.put(f"{path}/audience", json={"distributions": shares, "source": "vendor"})
    other = await made(client, name="kanarya 2", accounts=[], rates=[], contacts=[])
    await client.post("/v1/influencers/merge", json={"keep": person["id"], "merge": [other["id"]]})
    assert {"influencers", "influencer_posts", "influencer_merges"} <= set(await holding_canary(owner))
    erased = (await client.post(f"{path}/erase")).json()
    assert (erased["counts"]["influencers"], erased["counts"]["posts"], erased["counts"]["merges"]) == (
        2,
        1,
        1,
    )
    assert await holding_canary(owner) == []
    assert (await client.get(path)).status_code == 404
    assert (await client.get(f"/v1/influencers/{other['id']}")).status_code == 404
    record = await owner.fetchrow("select * from influencer_deletions")
    assert ids.show("del", record["id"]) == erased["deletion_id"]
    actions = [row["action"] for row in (await client.get("/v1/audit-log")).json()["data"]]
    assert "influencer.erased" in actions
    again = await client.post("/v1/influencers", json=PERSON)
    assert again.json()["type"] == "/problems/suppressed"


async def test_whoever_holds_something_hears_of_it_before_it_goes(client: httpx.AsyncClient) -> None:
    seen: list[int] = []

    async def hear(db: Connection, event: InfluencersErased) -> None:
        text = "select count(*) from influencers where workspace_id = $1 and id = any($2)"
        seen.append(await db.fetchval(text, event.workspace_id, event.ids))

    events.subscribe(InfluencersErased, hear)
    try:
        person = await made(client)
        await client.post(f"/v1/influencers/{person['id']}/erase")
    finally:
        events._handlers[InfluencersErased].remove(hear)
    assert seen == [1]


@pytest.mark.parametrize("action", ["opt-out", "erase"])
async def test_marks_are_of_one_workspace(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient, action: str
) -> None:
    person = await made(client)
    body = {"json": {}} if action == "opt-out" else {}
    assert (await client.post(f"/v1/influencers/{person['id']}/{action}", **body)).status_code == 200
    await made(other_client)
