"""/v1/partner/links: deep links of the partner's own making, and those that the brand made."""

import httpx

from tests.service.links.conftest import Json, allow, made
from tests.service.partner.conftest import file_of, rows_of

PATH = "/v1/partner/links"


async def test_a_partner_makes_deep_links_to_the_brand_s_hosts(
    client: httpx.AsyncClient, ayse: Json, as_ayse: httpx.AsyncClient
) -> None:
    await allow(client, "shop.example", "*.shop.example")
    hosts = (await as_ayse.get("/v1/partner/destinations")).json()
    assert hosts == {"hosts": ["*.shop.example", "shop.example"]}
    coupon = (await client.get("/v1/coupons")).json()["data"][0]["id"]
    sent = {
        "url": "https://tr.shop.example/urun/7?renk=mavi",
        "code": "ayse-yaz",
        "title": "=Yaz",
        "coupon_id": coupon,
        "platform": "instagram",
        **{f"sub{at}": f"s{at}" for at in range(1, 6)},
    }
    link = await made(as_ayse, PATH, sent)
    assert {name: link[name] for name in sent} == sent
    assert (link["made_by"], link["status"]) == ("partner", "active")
    assert link["short_url"].endswith("/ayse-yaz")
    brand_s = (await client.get(f"/v1/links/{link['id']}")).json()
    assert brand_s["partner_id"] == ayse["partner_id"]
    assert await rows_of(as_ayse, PATH) == [link]
    (row,) = await file_of(as_ayse, f"{PATH}.csv")
    assert (row["id"], row["title"], row["sub5"]) == (link["id"], "'=Yaz", "s5")
    picture = await as_ayse.get(f"{PATH}/{link['id']}/qr.svg?size=128")
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/svg+xml")
    trail = (await client.get("/v1/audit-log")).json()["data"]
    assert (trail[0]["action"], trail[0]["subject"]) == ("link.created", link["id"])


async def test_what_a_partner_may_not_say(
    client: httpx.AsyncClient, mehmet: Json, as_ayse: httpx.AsyncClient
) -> None:
    await allow(client, "shop.example")
    for body, status in (
        ({"url": "https://evil.example/"}, 400),
        ({"url": "javascript:alert(1)"}, 400),
        ({"url": "https://shop.example/", "sub1": "x" * 201}, 400),
        ({"url": "https://shop.example/", "partner_id": mehmet["partner_id"]}, 400),
        ({"url": "https://shop.example/", "workspace_id": "x"}, 400),
        ({"url": "https://shop.example/", "cap": 5}, 400),
        ({"url": "https://shop.example/", "code": "admin"}, 409),
    ):
        answer = await as_ayse.post(PATH, json=body)
        assert answer.status_code == status, (body, answer.text)
    coupons = {one["code"]: one["id"] for one in (await client.get("/v1/coupons")).json()["data"]}
    body = {"url": "https://shop.example/", "coupon_id": coupons["MEHMET10"]}
    assert (await as_ayse.post(PATH, json=body)).status_code == 404
    assert await rows_of(as_ayse, PATH) == []


async def test_a_partner_changes_own_links_and_none_of_the_brand_s(
    client: httpx.AsyncClient, ayse: Json, as_ayse: httpx.AsyncClient
) -> None:
    await allow(client, "shop.example")
    body = {"url": "https://shop.example/", "partner_id": ayse["partner_id"], "external_id": "gizli-no"}
    theirs = await made(client, "/v1/links", body)
    mine = await made(as_ayse, PATH, {"url": "https://shop.example/a"})
    for call in (
        as_ayse.patch(f"{PATH}/{theirs['id']}", json={"title": "x"}),
        as_ayse.delete(f"{PATH}/{theirs['id']}"),
    ):
        refused = await call
        assert (refused.status_code, refused.json()["title"]) == (403, "The brand made this link")
    shown = (await as_ayse.get(f"{PATH}/{theirs['id']}")).json()
    assert shown["made_by"] == "brand"
    assert "gizli-no" not in str(shown)
    patch = {"url": "https://shop.example/b", "sub1": "story", "title": "Yeni"}
    stale = await as_ayse.patch(f"{PATH}/{mine['id']}", json=patch, headers={"If-Match": '"99"'})
    assert stale.status_code == 412
    changed = (await as_ayse.patch(f"{PATH}/{mine['id']}", json=patch)).json()
    assert {name: changed[name] for name in patch} == patch
    foreign = await as_ayse.patch(f"{PATH}/{mine['id']}", json={"url": "https://evil.example/"})
    assert foreign.status_code == 400
    assert (await as_ayse.delete(f"{PATH}/{mine['id']}")).status_code == 204
    assert [one["id"] for one in await rows_of(as_ayse, PATH)] == [theirs["id"]]
    retired = await rows_of(as_ayse, f"{PATH}?status=retired")
    assert [(one["id"], one["made_by"]) for one in retired] == [(mine["id"], "partner")]
    revived = (await as_ayse.patch(f"{PATH}/{mine['id']}", json={"status": "active"})).json()
    assert revived["status"] == "active"


async def test_another_partner_s_link_is_not_there(
    client: httpx.AsyncClient,
    other_client: httpx.AsyncClient,
    as_ayse: httpx.AsyncClient,
    as_mehmet: httpx.AsyncClient,
) -> None:
    for brand in (client, other_client):
        await allow(brand, "shop.example")
    link = await made(as_ayse, PATH, {"url": "https://shop.example/", "title": "Gizli"})
    foreign = await made(other_client, "/v1/links", {"url": "https://shop.example/"})
    for one, who in ((link, as_mehmet), (foreign, as_ayse)):
        for method, path in (
            ("GET", ""),
            ("PATCH", ""),
            ("DELETE", ""),
            ("GET", "/qr.svg"),
            ("GET", "/qr.png"),
        ):
            body = {"title": "x"} if method == "PATCH" else None
            answer = await who.request(method, f"{PATH}/{one['id']}{path}", json=body)
            assert (answer.status_code, answer.json()["title"]) == (404, "Link not found"), (method, path)
    assert await rows_of(as_mehmet, PATH) == []
    assert await rows_of(as_mehmet, f"{PATH}?ids={link['id']}&status=active") == []
    assert (await client.get(PATH)).status_code == 403


async def test_who_is_paused_makes_no_links(
    client: httpx.AsyncClient, ayse: Json, as_ayse: httpx.AsyncClient
) -> None:
    await allow(client, "shop.example")
    link = await made(as_ayse, PATH, {"url": "https://shop.example/"})
    await client.patch(f"/v1/partners/{ayse['partner_id']}", json={"status": "paused"})
    refused = await as_ayse.post(PATH, json={"url": "https://shop.example/"})
    assert (refused.status_code, refused.json()["title"]) == (409, "Your membership is paused")
    assert [one["id"] for one in await rows_of(as_ayse, PATH)] == [link["id"]]


async def test_lists_are_narrowed_and_paged(client: httpx.AsyncClient, as_ayse: httpx.AsyncClient) -> None:
    await allow(client, "shop.example")
    links = [
        await made(as_ayse, PATH, {"url": f"https://shop.example/{name}", "title": name})
        for name in ("kahve", "çay", "şeker")
    ]
    assert await rows_of(as_ayse, f"{PATH}?limit=1") == links[::-1]
    assert await rows_of(as_ayse, f"{PATH}?q=CAY") == [links[1]]
    assert await rows_of(as_ayse, f"{PATH}?status=expired") == []
    assert (await as_ayse.get(f"{PATH}?coupon_id=cpn_{'0' * 26}")).status_code == 404
