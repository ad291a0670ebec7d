"""/v1/partner/coupons: the partner's codes, and how often they were used."""

import httpx

from tests.service.links.conftest import Json, Make, allow, made
from tests.service.partner.conftest import file_of, rows_of

PATH = "/v1/partner/coupons"


async def test_a_partner_sees_own_codes_with_what_they_brought(
    client: httpx.AsyncClient, sell: Make, mehmet: Json, as_ayse: httpx.AsyncClient
) -> None:
    await made(client, "/v1/coupons", {"code": "HERKES", "kind": "public"})
    for at in range(3):
        await sell(coupon="AYSE10", external_id=f"n{at}")
    await sell(coupon="AYSE10", external_id="test", test=True)
    await sell(coupon="AYSE10", external_id="c", cancelled_at="2026-11-03T00:00:00Z")
    (one,) = await rows_of(as_ayse, PATH)
    assert (one["code"], one["kind"], one["status"]) == ("AYSE10", "exclusive", "active")
    assert one["conversions"] == 3
    assert (await as_ayse.get(f"{PATH}/{one['id']}")).json() == one
    (row,) = await file_of(as_ayse, f"{PATH}.csv?code=ayşe10")
    assert (row["id"], row["conversions"]) == (one["id"], "3")
    assert await rows_of(as_ayse, f"{PATH}?code=MEHMET10") == []


async def test_another_partner_s_coupon_is_not_there(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient, mehmet: Json, as_ayse: httpx.AsyncClient
) -> None:
    theirs = next(
        one["id"]
        for one in (await client.get("/v1/coupons")).json()["data"]
        if one["partner_id"] == mehmet["partner_id"]
    )
    foreign = (await made(other_client, "/v1/coupons", {"code": "X10", "kind": "public"}))["id"]
    await allow(client, "shop.example")
    link = await made(client, "/v1/links", {"url": "https://shop.example/"})
    for coupon in (theirs, foreign, f"cpn_{'0' * 26}"):
        answer = await as_ayse.get(f"{PATH}/{coupon}")
        assert (answer.status_code, answer.json()["title"]) == (404, "Coupon not found")
        assert await rows_of(as_ayse, f"{PATH}?ids={coupon}") == []
    assert (await as_ayse.get(f"{PATH}?link_id={link['id']}")).status_code == 404
    assert (await client.get(PATH)).status_code == 403


async def test_lists_are_narrowed_and_paged(
    client: httpx.AsyncClient, ayse: Json, as_ayse: httpx.AsyncClient
) -> None:
    body = {"code": "AYSEKIS", "partner_id": ayse["partner_id"], "ends_at": "2026-01-01T00:00:00Z"}
    ended = await made(client, "/v1/coupons", body)
    first = await rows_of(as_ayse, f"{PATH}?limit=1")
    assert [one["code"] for one in first] == ["AYSEKIS", "AYSE10"]
    assert [one["id"] for one in await rows_of(as_ayse, f"{PATH}?status=ended")] == [ended["id"]]
    await client.delete(f"/v1/coupons/{ended['id']}")
    assert [one["code"] for one in await rows_of(as_ayse, PATH)] == ["AYSE10"]
    assert [one["status"] for one in await rows_of(as_ayse, f"{PATH}?ids={ended['id']}")] == ["archived"]
