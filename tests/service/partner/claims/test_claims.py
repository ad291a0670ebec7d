"""/v1/partner/claims and /v1/claims: from a partner's word to postings."""

import asyncio
from datetime import date

import httpx
import pytest

from service.kit.db import Connection
from service.kit.money import Price
from service.partner.claims import checks
from service.partner.claims.brand import checks as brand_checks
from service.partner.claims.brand.schemas import ClaimDecision
from service.partner.claims.schemas import NewClaim
from tests.service.conversions.orders.conftest import lira
from tests.service.links.conftest import Json, Make, made
from tests.service.partner.conftest import AsPartner, file_of, rows_of

PATH = "/v1/partner/claims"
SALE: Json = {
    "kind": "untracked_sale",
    "text": "Mağazada ekran görüntüsü",
    "order_number": "#1001",
    "ordered_on": "2026-11-02",
    "amount": lira(12_000),
}
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100
TODAY = date(2026, 11, 25)


async def _balance(client: httpx.AsyncClient) -> dict[str, int]:
    found = (await client.get("/v1/partner/balance")).json()["data"]
    return {name: value for one in found for name, value in one.items() if isinstance(value, int)}


async def _decided(client: httpx.AsyncClient, claim: Json, status: int = 200, **body: object) -> Json:
    return await made(client, f"/v1/claims/{claim['id']}/decision", {"reason": "Haklısınız"} | body, status)


async def test_an_order_that_is_known_is_credited_and_posted(
    client: httpx.AsyncClient, sell: Make, as_ayse: httpx.AsyncClient, as_mehmet: httpx.AsyncClient
) -> None:
    order = await sell(coupon="MEHMET10")
    file = (await as_ayse.post(f"{PATH}/evidence?filename=ekran.png", content=PNG)).json()
    assert (file["content_type"], file["purpose"]) == ("image/png", "evidence")
    claim = await made(as_ayse, PATH, SALE | {"evidence": [file["id"]]})
    assert (claim["status"], claim["evidence"][0]["name"], claim["end"]) == ("open", "ekran.png", None)
    whole = (await client.get(f"/v1/claims/{claim['id']}")).json()
    (suggested,) = whole["suggestions"]
    assert suggested["conversion"]["id"] == order["id"]
    assert [suggested[name] for name in ("same_amount", "same_day", "same_shop")] == [True] * 3
    assert suggested["credited_to"] == [order["partner_id"]]
    assert (await client.get(f"/v1/files/{file['id']}/content")).content == PNG

    tried = await _decided(client, claim, decision="accept", dry_run=True)
    assert (tried["dry_run"], tried["claim"]["status"], len(tried["entries"])) == (True, "accepted", 2)
    assert (await client.get(f"/v1/claims/{claim['id']}")).json()["status"] == "open"
    assert len(await rows_of(as_mehmet, "/v1/partner/conversions")) == 1

    done = await _decided(client, claim, decision="accept", note="markanın notu")
    assert (done["conversion"]["id"], done["conversion_made"]) == (order["id"], False)
    sums = [sum(line["amount"]["amount"] for line in entry["lines"]) for entry in done["entries"]]
    assert sums == [0, 0]
    assert {one["status"] for one in done["commissions"]} == {"payable", "reversed"}
    assert await rows_of(as_mehmet, "/v1/partner/conversions") == []
    ((mine,), (earned,)) = (
        await rows_of(as_ayse, "/v1/partner/conversions"),
        await rows_of(as_ayse, "/v1/partner/commissions"),
    )
    assert (mine["evidence"][0]["kind"], earned["amount"]) == ("manual", lira(1_000))
    seen = await as_ayse.get(f"{PATH}/{claim['id']}")
    assert (seen.json()["status"], seen.json()["end"]["reason"]) == ("accepted", "Haklısınız")
    assert "markanın notu" not in seen.text
    assert (await client.get(f"/v1/claims/{claim['id']}")).json()["note"] == "markanın notu"
    log = (await client.get("/v1/audit-log")).json()["data"]
    noted = {(one["action"], one["actor"][:3]) for one in log if one["subject"] == claim["id"]}
    assert noted == {("claim.created", "prt"), ("claim.accepted", "key")}


async def test_an_order_that_nobody_told_of_is_made_once_by_two_who_decide_at_once(
    client: httpx.AsyncClient, owner: Connection, as_ayse: httpx.AsyncClient
) -> None:
    """Seen red without the lock and without the key of claim_ends: all four are 200. Either alone holds."""
    claim = await made(as_ayse, PATH, SALE | {"amount": lira(10_000)})
    path = f"/v1/claims/{claim['id']}/decision"
    body = {"decision": "accept", "reason": "Fişi gördük"}
    answers = await asyncio.gather(*(client.post(path, json=body) for _ in range(4)))
    assert sorted(one.status_code for one in answers) == [200, 409, 409, 409]
    (done,) = [one.json() for one in answers if one.status_code == 200]
    assert (done["conversion_made"], done["conversion"]["external_id"]) == (True, "1001")
    assert done["conversion"]["occurred_at"] == "2026-11-02T09:00:00Z"
    (earned,) = await rows_of(as_ayse, "/v1/partner/commissions")
    assert earned["amount"] == lira(1_000)
    (refused, *_) = [one.json() for one in answers if one.status_code == 409]
    assert (refused["type"], refused["now_is"]) == ("/problems/claim-ended", "accepted")
    assert await owner.fetchval("select sum(amount) from ledger_postings") == 0
    # The shop tells of it later: it is this order.
    later = {"external_id": "1001", "amount": lira(10_000), "occurred_at": "2026-11-02T10:00:00Z"}
    assert (await client.post("/v1/conversions", json=later)).json()["id"] == done["conversion"]["id"]


async def test_an_order_is_claimed_once_and_two_partners_who_claim_it_are_seen(
    client: httpx.AsyncClient, as_ayse: httpx.AsyncClient, as_mehmet: httpx.AsyncClient
) -> None:
    claim = await made(as_ayse, PATH, SALE)
    again = await as_ayse.post(PATH, json=SALE | {"order_number": " 1001 "})
    assert (again.status_code, again.json()["type"]) == (409, "/problems/claimed-already")
    other = await made(as_mehmet, PATH, SALE)
    whole = (await client.get(f"/v1/claims/{other['id']}")).json()
    assert [one["id"] for one in whole["others"]] == [claim["id"]]
    assert len((await client.get("/v1/claims?order_number=1001&status=open")).json()["data"]) == 2
    for path in (f"{PATH}/{claim['id']}", f"{PATH}/{claim['id']}/withdraw"):
        method = as_mehmet.post if path.endswith("withdraw") else as_mehmet.get
        assert (await method(path)).status_code == 404
    withdrawn = await made(as_ayse, f"{PATH}/{claim['id']}/withdraw", None, 200)
    assert withdrawn["status"] == "withdrawn"
    assert (await as_ayse.post(f"{PATH}/{claim['id']}/withdraw")).status_code == 409
    await _decided(client, claim, 409, decision="decline")
    second = await made(as_ayse, PATH, SALE)
    await _decided(client, second, decision="decline", reason="Sipariş iptal, +90 532 111 22 33")
    rows = await file_of(as_ayse, f"{PATH}.csv")
    assert [(row["status"], row["reason"]) for row in rows] == [
        ("declined", "Sipariş iptal, …"),
        ("withdrawn", ""),
    ]
    assert (await as_ayse.post(PATH, json=SALE)).status_code == 409


async def test_a_question_is_answered_and_may_move_its_commission(
    client: httpx.AsyncClient, sell: Make, as_ayse: httpx.AsyncClient, as_mehmet: httpx.AsyncClient
) -> None:
    await sell(coupon="AYSE10")
    (earned,) = await rows_of(as_ayse, "/v1/partner/commissions")
    await client.patch(f"/v1/commissions/{earned['id']}", json={"status": "rejected", "reason": "kupon"})
    asked = {"kind": "question", "text": "Neden reddedildi?", "commission_id": earned["id"]}
    assert (await as_mehmet.post(PATH, json=asked)).status_code == 404
    claim = await made(as_ayse, PATH, asked)
    assert (await as_ayse.post(PATH, json=asked)).json()["type"] == "/problems/asked-already"
    whole = (await client.get(f"/v1/claims/{claim['id']}")).json()
    assert [one["status"] for one in whole["commissions"]] == ["rejected"]
    wrong = await _decided(client, claim, 400, decision="accept", amount=lira(5))
    assert [one["path"] for one in wrong["errors"]] == ["amount"]
    done = await _decided(client, claim, decision="accept", commission_status="pending")
    assert [one["status"] for one in done["commissions"]] == ["payable"]
    assert [one["kind"] for one in done["entries"]] == ["reinstatement"]
    await made(as_ayse, PATH, asked)


async def test_what_is_no_evidence_is_refused(
    as_ayse: httpx.AsyncClient, as_mehmet: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    upload = f"{PATH}/evidence?filename=x"
    assert (await as_ayse.post(upload, content=b"PK\x03\x04" + b"0" * 50)).status_code == 415
    assert (await as_ayse.post(upload, content=b"")).status_code == 400
    assert (await as_ayse.post(upload, content=PNG + b"0" * (10 * 1024 * 1024))).status_code == 413
    theirs = (await as_mehmet.post(upload, content=PNG)).json()["id"]
    brands = (await client.post("/v1/files?filename=x", content=PNG)).json()["id"]
    for file_id in (theirs, brands, f"fil_{'0' * 26}"):
        answer = await as_ayse.post(PATH, json=SALE | {"evidence": [file_id]})
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/file-not-found"), file_id


async def test_several_orders_of_one_number_are_not_guessed_between(
    client: httpx.AsyncClient, sell: Make, as_ayse: httpx.AsyncClient
) -> None:
    await sell(shop="a")
    second = await sell(shop="b")
    claim = await made(as_ayse, PATH, SALE)
    wrong = await _decided(client, claim, 400, decision="accept")
    assert [one["path"] for one in wrong["errors"]] == ["conversion_id"]
    done = await _decided(client, claim, decision="accept", conversion_id=second["id"])
    assert done["conversion"]["id"] == second["id"]


async def test_an_erased_partner_leaves_no_words(
    client: httpx.AsyncClient, owner: Connection, as_partner: AsPartner
) -> None:
    influencer = await made(client, "/v1/influencers", {"name": "Silinecek"})
    partner = await made(client, "/v1/partners", {"name": "S", "influencer_id": influencer["id"]})
    theirs = await as_partner(partner["id"])
    file = (await theirs.post(f"{PATH}/evidence?filename=x", content=PNG)).json()
    claim = await made(theirs, PATH, SALE | {"evidence": [file["id"]], "text": "gizli-söz"})
    await _decided(client, claim, decision="decline", reason="gizli-neden", note="gizli-not")
    await made(client, f"/v1/influencers/{influencer['id']}/erase", {}, 200)
    kept = await owner.fetch(
        "select (select t.text from claims t), (select reason from claim_ends),"
        " (select count(*) from claim_notes), (select count(*) from files)"
    )
    assert [tuple(row) for row in kept] == [("…", "…", 0, 0)]


@pytest.mark.parametrize(
    ("fields", "paths"),
    [
        ({}, []),
        (
            {"order_number": None, "ordered_on": None, "amount": None},
            ["order_number", "ordered_on", "amount"],
        ),
        ({"order_number": " # "}, ["order_number"]),
        ({"ordered_on": date(2026, 11, 26)}, []),
        ({"ordered_on": date(2026, 11, 27)}, ["ordered_on"]),
        ({"ordered_on": date(2024, 11, 1)}, ["ordered_on"]),
        ({"amount": Price(1, "XQX")}, ["amount.currency"]),
        ({"amount": Price(10**16, "TRY")}, ["amount.amount"]),
        ({"commission_id": "com_"}, ["commission_id"]),
        ({"kind": "question"}, ["commission_id", "order_number", "ordered_on", "amount"]),
    ],
)
def test_a_claim_names_its_order(fields: Json, paths: list[str]) -> None:
    sale: Json = {"order_number": "1001", "ordered_on": TODAY, "amount": Price(5, "TRY")}
    body: Json = {"kind": "untracked_sale", "text": "x"} | sale | fields
    sent = NewClaim(**body)
    assert [one["path"] for one in checks.faults(sent, TODAY)] == paths


@pytest.mark.parametrize(
    ("kind", "fields", "paths"),
    [
        ("untracked_sale", {"amount": Price(5, "TRY")}, []),
        ("untracked_sale", {"amount": Price(5, "XQX")}, ["amount.currency"]),
        ("untracked_sale", {"amount": Price(5, "TRY"), "conversion_id": "cnv_"}, ["amount"]),
        ("untracked_sale", {"commission_status": "payable"}, ["commission_status"]),
        ("question", {"commission_status": "payable"}, []),
        ("question", {"conversion_id": "cnv_"}, ["conversion_id"]),
        ("question", {"decision": "decline", "commission_status": "payable"}, ["commission_status"]),
    ],
)
def test_a_decision_is_of_its_kind(kind: str, fields: Json, paths: list[str]) -> None:
    body: Json = {"decision": "accept", "reason": "x"} | fields
    sent = ClaimDecision(**body)
    assert [one["path"] for one in brand_checks.faults(kind, sent)] == paths  # type: ignore[arg-type]
