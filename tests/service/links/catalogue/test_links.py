"""Links through the API: made, listed, changed, retired."""

from typing import Any

import httpx
import pytest

from service.kit import ids
from service.kit.db import Database
from service.links import resolving
from service.links.codes import ALPHABET
from tests.service.links.conftest import Json, Make, allow, made

FULL = {
    "url": "https://shop.example/yaz?sub1=own",
    "code": "YAZ-26",
    "title": "Yaz indirimi",
    "sub2": "hikaye",
    "targets": [
        {"url": "https://tr.shop.example/", "weight": 3, "countries": ["TR"], "languages": ["tr"]},
        {"url": "https://m.shop.example/", "devices": ["mobile"]},
    ],
    "utm": {"source": "{platform}", "content": "{partner}-{code}"},
    "mode": "interstitial",
    "via": "ayse",
    "platform": "instagram",
    "cap": 100,
    "expires_at": "2030-01-01T00:00:00Z",
    "fallback_url": "https://shop.example/",
    "external_id": "e-1",
}


async def _errors(client: httpx.AsyncClient, **fields: Any) -> dict[str, str]:
    answer = await client.post("/v1/links", json={"url": "https://shop.example/x", **fields})
    assert answer.status_code == 400, answer.text
    return {error["path"]: error["message"] for error in answer.json()["errors"]}


async def test_everything_that_is_sent_comes_back(
    client: httpx.AsyncClient, link: Make, partner: Make
) -> None:
    who = await partner()
    sent = FULL | {"partner_id": who["id"], "campaign_id": ids.show("cmp", ids.new())}
    shown = await link(**sent)
    assert shown["code"] == "yaz-26"
    assert shown["short_url"].endswith("/r/yaz-26")
    assert (shown["status"], shown["health"], shown["host"]) == ("active", None, None)
    for name, value in (sent | {"code": "yaz-26"}).items():
        if name != "targets":
            assert shown[name] == value, name
    assert shown["targets"][0] == FULL["targets"][0] | {"devices": []}  # type: ignore[operator,index]
    answer = await client.get(f"/v1/links/{shown['id']}")
    assert answer.json() == shown
    assert answer.headers["etag"] == '"1"'


async def test_a_random_code(link: Make) -> None:
    codes = [(await link())["code"] for _ in range(20)]
    assert len(set(codes)) == 20
    assert all(len(code) == 12 and set(code) <= set(ALPHABET) for code in codes)


@pytest.mark.parametrize("code", ["yaz-26", "YAZ-26", "r", "docs", "elci.js", "v1", "in", "favicon.ico"])
async def test_codes_that_cannot_be_had(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient, link: Make, code: str
) -> None:
    """Taken by oneself, by another workspace, or reserved: the answers say nothing of which."""
    await link(code="yaz-26")
    await allow(other_client)
    answers = []
    for each in (client, other_client):
        answer = await each.post("/v1/links", json={"url": "https://shop.example/x", "code": code})
        answers.append((answer.status_code, answer.json()["type"]))
    assert answers[0] == answers[1]
    assert answers[0][0] in (400, 409)
    if answers[0][0] == 409:
        assert answers[0][1] == "/problems/code-not-available"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://evil.example/", "is not among the workspace's destination_hosts"),
        ("https://shop.example.evil.example/", "is not among"),
        ("https://evilshop.example/", "is not among"),
        ("//shop.example/", "http:// or https://"),
        ("javascript:alert(1)", "http:// or https://"),
        ("data:text/html,x", "http:// or https://"),
        ("ftp://shop.example/", "http:// or https://"),
        ("https://user:pw@shop.example/", "user name"),
        ("https://shop.example@evil.example/", "user name"),
        ("https:\\\\shop.example/", "backslash"),
        ("https://shop.example\\@evil.example/", "backslash"),
        ("https://shop.example/\r\nSet-Cookie: a=b", "white space"),
        ("https://shop.example/a b", "white space"),
        ("https://[::1]/", "names no host"),
        ("https:///x", "names no host"),
        ("https://shop.example:99999/", "can't be read"),
        ("https://shop.example/{clickid}", "brace"),
        ("https://shop.example/?elci=clk_x", "elci"),
    ],
)
async def test_addresses_that_no_link_leads_to(
    client: httpx.AsyncClient, listed: None, url: str, why: str
) -> None:
    found = await _errors(client, url=url, fallback_url=url, targets=[{"url": url}])
    assert set(found) == {"url", "fallback_url", "targets[0].url"}
    assert all(why in message for message in found.values()), found


async def test_every_fault_is_told_at_once(client: httpx.AsyncClient, listed: None) -> None:
    found = await _errors(
        client,
        code="a b c",
        host="go.evil.example",
        utm={"source": "{clickid}", "term": "{"},
        tracking_id="t",
        campaign_id="lnk_x",
        via="--x",
    )
    assert set(found) == {"code", "host", "utm.source", "utm.term", "tracking_id", "campaign_id", "via"}
    assert found["utm.source"] == "{clickid} is no macro"
    more = await _errors(client, network="amazon")
    assert set(more) == {"network", "tracking_id"}


async def test_addresses_are_kept_in_one_form(client: httpx.AsyncClient) -> None:
    await allow(client, "mağaza.example", "shop.example")
    shown = await made(client, "/v1/links", {"url": "HTTPS://Mağaza.example:443/çay?q=ö#ü"})
    assert shown["url"] == "https://xn--maaza-l1a.example/%C3%A7ay?q=%C3%B6#%C3%BC"


async def test_nothing_is_allowed_until_it_is_listed(client: httpx.AsyncClient) -> None:
    assert "url" in await _errors(client)


async def test_hosts_of_its_own(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient, database: Database
) -> None:
    await allow(client, link_hosts=["go.shop.example"])
    await allow(other_client, link_hosts=["go.shop.example", "go.other.example"])
    body = {"url": "https://shop.example/x", "code": "yaz", "host": "GO.shop.example"}
    shown = await made(client, "/v1/links", body)
    assert (shown["host"], shown["short_url"]) == ("go.shop.example", "http://go.shop.example/yaz")
    await made(client, "/v1/links", {"url": "https://shop.example/y", "code": "yaz"})
    answer = await other_client.post("/v1/links", json=body | {"code": "kis"})
    assert answer.json()["errors"] == [{"path": "host", "message": "is not available for links"}]
    await made(other_client, "/v1/links", body | {"host": "go.other.example"})
    found = await resolving.resolve(database, "go.other.example", "yaz")
    assert found is not None
    assert await resolving.hosts(database) == {"go.shop.example", "go.other.example"}
    listed = (await client.get("/v1/links?host=go.shop.example")).json()["data"]
    own = (await client.get("/v1/links?host=default")).json()["data"]
    assert ([row["id"] for row in listed], [row["host"] for row in own]) == ([shown["id"]], [None])


async def test_direct_links_carry_their_via(link: Make) -> None:
    shown = await link(mode="direct", code="ayse", utm={"source": "{platform}", "medium": "{partner}x"})
    assert shown["via"] == "ayse"
    assert shown["short_url"] == "https://shop.example/x?utm_medium=x&via=ayse"


async def test_a_page_a_filter_a_word(client: httpx.AsyncClient, link: Make, partner: Make) -> None:
    who = await partner()
    campaign = ids.show("cmp", ids.new())
    rows = [
        await link(title="Yaz İndirimi", partner_id=who["id"]),
        await link(campaign_id=campaign),
        await link(expires_at="2020-01-01T00:00:00Z"),
        await link(code="kis-26"),
    ]
    await client.delete(f"/v1/links/{rows[3]['id']}")

    async def found(query: str) -> list[int]:
        answer = await client.get(f"/v1/links?{query}")
        assert answer.status_code == 200, answer.text
        made_ids = [row["id"] for row in rows]
        return sorted(made_ids.index(row["id"]) for row in answer.json()["data"])

    assert await found("") == [0, 1, 2]
    assert await found(f"partner_id={who['id']}") == [0]
    assert await found(f"campaign_id={campaign}") == [1]
    assert await found("status=expired") == [2]
    assert await found("status=retired") == [3]
    assert await found("status=active") == [0, 1]
    assert await found("q=yaz%20indirimi") == [0]
    assert await found(f"ids={rows[3]['id']},{rows[0]['id']}") == [0, 3]
    page = (await client.get("/v1/links?limit=2")).json()
    assert [row["id"] for row in page["data"]] == [rows[2]["id"], rows[1]["id"]]
    rest = (await client.get(f"/v1/links?limit=2&cursor={page['next_cursor']}")).json()
    assert [row["id"] for row in rest["data"]] == [rows[0]["id"]]
    assert rest["has_more"] is False


async def test_changes(client: httpx.AsyncClient, link: Make) -> None:
    shown = await link(**FULL)
    path = f"/v1/links/{shown['id']}"
    answer = await client.patch(path, json={"title": None, "cap": 5}, headers={"If-Match": '"1"'})
    assert answer.status_code == 200, answer.text
    after = answer.json()
    assert {name for name in shown if shown[name] != after[name]} == {"title", "cap", "updated_at"}
    assert (await client.patch(path, json={}, headers={"If-Match": '"1"'})).status_code == 412
    bad: Json = {"url": "https://evil.example/"}
    assert (await client.patch(path, json=bad)).status_code == 400
    assert (await client.patch(path, json={"code": "other"})).status_code == 400
    other = await link(via="can")
    taken = await client.patch(f"/v1/links/{other['id']}", json={"via": "AYSE"})
    assert (taken.status_code, taken.json()["type"]) == (409, "/problems/via-taken")


async def test_a_blocked_link_can_still_be_named(client: httpx.AsyncClient, link: Make) -> None:
    """Its host was taken off the list: only what is changed is checked."""
    shown = await link()
    await allow(client, "other.example")
    path = f"/v1/links/{shown['id']}"
    assert (await client.get(path)).json()["status"] == "blocked"
    assert (await client.patch(path, json={"title": "x"})).status_code == 200
    assert (await client.patch(path, json={"url": "https://shop.example/y"})).status_code == 400


async def test_retired_and_revived(client: httpx.AsyncClient, link: Make, database: Database) -> None:
    shown = await link(code="yaz-26")
    path = f"/v1/links/{shown['id']}"
    for _ in range(2):
        assert (await client.delete(path)).status_code == 204
        found = await resolving.resolve(database, None, "yaz-26")
        assert found is not None
        assert found.retired
    assert (await client.get(path)).json()["status"] == "retired"
    taken = await client.post("/v1/links", json={"url": "https://shop.example/", "code": "yaz-26"})
    assert taken.status_code == 409
    revived = await client.patch(path, json={"status": "active"})
    assert revived.json()["status"] == "active"


async def test_a_partner_that_is_not_there(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient, listed: None
) -> None:
    others = await made(other_client, "/v1/partners", {"name": "Can"})
    for partner_id in (others["id"], ids.show("prt", ids.new())):
        body = {"url": "https://shop.example/x", "partner_id": partner_id}
        answer = await client.post("/v1/links", json=body)
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/partner-not-found")


async def test_a_partner_sees_own_rows_alone(
    client: httpx.AsyncClient, database: Database, link: Make, partner: Make
) -> None:
    """app.partner_id narrows every table that a partner will read; unset, all is as before."""
    ayse, can = await partner(), await partner(name="Can")
    for who in (ayse, can):
        await link(partner_id=who["id"])
        body = {"code": f"K-{who['id']}", "kind": "exclusive", "partner_id": who["id"]}
        await made(client, "/v1/coupons", body)
    await link()
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    counts = {}
    for who_id in (None, ids.read("prt", ayse["id"]), ids.new()):
        async with database.transaction(workspace, who_id) as db:
            counts[who_id] = [
                await db.fetchval(f"select count(*) from {table}")
                for table in ("links", "coupons", "partners")
            ]
    assert list(counts.values()) == [[3, 2, 2], [1, 1, 1], [0, 0, 0]]
    async with database.transaction(workspace, ids.read("prt", ayse["id"])) as db:
        changed = await db.execute("update links set title = 'x', version = version + 1")
        assert changed == "UPDATE 1"
