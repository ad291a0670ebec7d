"""/v1/partner/commissions: what was earned, explained, and why it is not paid, without a brand's secrets."""

from datetime import UTC, datetime, timedelta

import httpx

from tests.service.conversions.orders.conftest import TERMS, lira
from tests.service.links.conftest import Json, Make, made
from tests.service.partner.conftest import AsPartner, file_of, rows_of

PATH = "/v1/partner/commissions"
YESTERDAY = (datetime.now(UTC) - timedelta(days=1)).isoformat()


async def decide(client: httpx.AsyncClient, commission: Json, **body: str) -> None:
    answer = await client.patch(f"/v1/commissions/{commission['id']}", json=body)
    assert answer.status_code == 200, answer.text


async def test_a_commission_comes_with_its_rule_in_words(
    sell: Make, ayse: Json, as_ayse: httpx.AsyncClient
) -> None:
    order = await sell(coupon="AYSE10")
    (one,) = await rows_of(as_ayse, PATH)
    assert (one["amount"], one["base"], one["status"]) == (lira(1_000), lira(10_000), "payable")
    assert (one["conversion_id"], one["program_id"]) == (order["id"], ayse["program_id"])
    assert one["rule"]["text"]["tr"].startswith("net 100,00 tutarın %10 kadarı")
    assert (one["rule"]["rate"], one["rule"]["version"]) == ("0.10", 1)
    assert one["decline_reason"] is None
    whole = (await as_ayse.get(f"{PATH}/{one['id']}")).json()
    assert whole == one | {"net": lira(1_000), "rows": [one]}


async def test_nobody_sees_another_s(
    client: httpx.AsyncClient,
    other_client: httpx.AsyncClient,
    sell: Make,
    as_ayse: httpx.AsyncClient,
    as_mehmet: httpx.AsyncClient,
) -> None:
    order = await sell(coupon="AYSE10")
    (one,) = await rows_of(as_ayse, PATH)
    assert await rows_of(as_mehmet, PATH) == []
    assert await rows_of(as_mehmet, f"{PATH}?ids={one['id']}") == []
    for path in (f"/{one['id']}", f"?conversion_id={order['id']}", f".csv?conversion_id={order['id']}"):
        assert (await as_mehmet.get(PATH + path)).status_code == 404, path
        assert (await as_ayse.get(PATH + path)).status_code == 200, path
    for stranger in (client, other_client):
        assert (await stranger.get(PATH)).status_code == 403


async def test_a_refund_is_a_row_that_says_so(
    client: httpx.AsyncClient, sell: Make, as_ayse: httpx.AsyncClient
) -> None:
    order = await sell(coupon="AYSE10", occurred_at=YESTERDAY)
    path = f"/v1/conversions/{order['id']}/refunds"
    await made(client, path, {"external_id": "r1", "amount": lira(6_000), "reason": "beden küçük geldi"})
    back, earned = await rows_of(as_ayse, PATH)
    assert (back["step"], back["corrects"], back["amount"]) == ("clawback", earned["id"], lira(-500))
    assert back["decline_reason"]["code"] == "refunded"
    assert back["rule"]["text"]["en"] == "a refund: 50% of the order went back (-5.00 TRY)"
    assert "beden" not in str(back)
    await made(client, path, {"external_id": "r2", "amount": lira(6_000)})
    for row in await rows_of(as_ayse, PATH):
        assert (row["status"], row["decline_reason"]["text"]["tr"]) == ("reversed", "İade edildi")
    whole = (await as_ayse.get(f"{PATH}/{back['id']}")).json()
    assert (whole["net"], len(whole["rows"])) == (lira(0), 3)


async def test_a_brand_s_reason_of_a_rejection_is_told_and_that_of_a_hold_is_not(
    client: httpx.AsyncClient, sell: Make, as_ayse: httpx.AsyncClient
) -> None:
    await sell(coupon="AYSE10", occurred_at=YESTERDAY)
    (one,) = await rows_of(as_ayse, PATH)
    await decide(client, one, status="on_hold", reason="kendi kartıyla almış olabilir")
    (held,) = await rows_of(as_ayse, PATH)
    assert held["status"] == "on_hold"
    assert held["decline_reason"] == {
        "code": "under_review",
        "text": {"tr": "İncelemede", "en": "Under review"},
    }
    assert "kart" not in (await as_ayse.get(f"{PATH}/{one['id']}")).text
    await decide(client, one, status="rejected", reason="Müşteri ali@musteri.example iptal etti")
    (declined,) = await rows_of(as_ayse, PATH)
    assert declined["decline_reason"]["text"]["tr"] == "Müşteri … iptal etti"
    (row,) = await file_of(as_ayse, f"{PATH}.csv")
    assert row["decline_reason"] == "Müşteri … iptal etti"
    await decide(client, one, status="pending")
    assert (await rows_of(as_ayse, PATH))[0]["decline_reason"] is None


async def test_a_review_says_nothing_of_what_it_found(
    client: httpx.AsyncClient, sell: Make, ayse: Json, as_ayse: httpx.AsyncClient
) -> None:
    await client.patch(f"/v1/partners/{ayse['partner_id']}", json={"email": "ayse@ortak.example"})
    order = await sell(coupon="AYSE10", occurred_at=YESTERDAY, customer={"email": "ayse@ortak.example"})
    (held,) = await rows_of(as_ayse, PATH)
    assert held["decline_reason"]["code"] == "under_review"
    (hold,) = (await client.get("/v1/holds")).json()["data"]
    assert hold["code"] == "self_referral_email"
    await made(client, f"/v1/holds/{hold['id']}/confirm", {"reason": "own address, caught"}, 200)
    (declined,) = await rows_of(as_ayse, PATH)
    assert (declined["status"], declined["decline_reason"]["code"]) == ("rejected", "not_confirmed")
    for path in (f"{PATH}/{held['id']}", f"{PATH}.csv", f"/v1/partner/conversions/{order['id']}"):
        text = (await as_ayse.get(path)).text
        assert held["id"] in text
        for word in ("self", "caught", "ayse@ortak.example", "hold_"):
            assert word not in text, (path, word)


async def test_an_agency_learns_neither_whose_order_nor_how_much_was_earned(
    client: httpx.AsyncClient, sell: Make, as_partner: AsPartner
) -> None:
    agency = await made(client, "/v1/partners", {"name": "Ajans"})
    overrides = [{"partner_id": agency["id"], "rate": "0.25"}]
    program = await made(client, "/v1/programs", TERMS | {"overrides": overrides})
    star = await made(client, "/v1/partners", {"name": "Yıldız", "program_id": program["id"]})
    await made(client, "/v1/coupons", {"code": "YILDIZ", "partner_id": star["id"]})
    order = await sell(coupon="YILDIZ", occurred_at=YESTERDAY)
    refund = {"external_id": "r1", "amount": lira(6_000)}
    await made(client, f"/v1/conversions/{order['id']}/refunds", refund)
    as_agency = await as_partner(agency["id"])
    back, one = await rows_of(as_agency, PATH)
    assert (one["kind"], one["amount"], one["base"]) == ("override", lira(250), None)
    assert one["rule"]["text"]["en"] == "25% of what a partner earns"
    assert (back["amount"], back["rule"]["text"]["en"]) == (lira(-125), "Refunded")
    assert await rows_of(as_agency, "/v1/partner/conversions") == []
    assert (await as_agency.get(f"{PATH}?conversion_id={order['id']}")).status_code == 404
    for path in (PATH, f"{PATH}/{one['id']}", f"{PATH}.csv"):
        text = (await as_agency.get(path)).text
        assert one["id"] in text
        for word in (star["id"], order["id"], "Yıldız", "12000", "6000", "10.00"):
            assert word not in text, (path, word)


async def test_lists_are_narrowed_and_paged(
    client: httpx.AsyncClient, sell: Make, ayse: Json, as_ayse: httpx.AsyncClient
) -> None:
    first = await sell(coupon="AYSE10", external_id="1")
    second = await sell(coupon="AYSE10", external_id="2", occurred_at=YESTERDAY)
    newest, oldest = await rows_of(as_ayse, f"{PATH}?limit=1")
    assert (newest["conversion_id"], oldest["conversion_id"]) == (second["id"], first["id"])
    coupon = (await client.get("/v1/coupons")).json()["data"][0]["id"]
    for query, found in (
        ("status=pending", [newest]),
        ("kind=bonus", []),
        ("step=accrual&currency=TRY", [newest, oldest]),
        (f"program_id={ayse['program_id']}&coupon_id={coupon}", [newest, oldest]),
        (f"conversion_id={first['id']}", [oldest]),
        (f"ids={oldest['id']},{newest['id']}", [newest, oldest]),
        ("to=2026-11-03T00:00:00Z", [oldest]),
        ("updated_since=2100-01-01T00:00:00Z", []),
    ):
        assert await rows_of(as_ayse, f"{PATH}?{query}") == found, query
        rows = await file_of(as_ayse, f"{PATH}.csv?{query}")
        assert [row["id"] for row in rows] == [one["id"] for one in found], query
    for query in ("program_id", "conversion_id", "link_id", "coupon_id"):
        prefix = {"program_id": "prg", "conversion_id": "cnv", "link_id": "lnk", "coupon_id": "cpn"}[query]
        assert (await as_ayse.get(f"{PATH}?{query}={prefix}_{'0' * 26}")).status_code == 404, query
    assert (await as_ayse.get(f"{PATH}/com_{'0' * 26}")).status_code == 404
