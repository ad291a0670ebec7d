"""The history of consents, the gate, the files of the İYS, and forgetting."""

import csv
from io import StringIO
from typing import Any

import httpx
import pytest

from service.advocacy.consents import gate
from service.kit import ids, mail
from service.kit.db import Connection, Database

Json = dict[str, Any]
EARLY, LATE = "2026-01-01T10:00:00Z", "2026-06-01T10:00:00Z"


def consent(**changed: Any) -> Json:
    body = {
        "channel": "email",
        "address": "ayse@shop.example",
        "status": "given",
        "occurred_at": EARLY,
        "source": "HS_WEB",
    }
    return body | changed


async def told(client: httpx.AsyncClient, **changed: Any) -> Json:
    answer = await client.post("/v1/consents", json=consent(**changed))
    assert answer.status_code == 201, answer.text
    found: Json = answer.json()
    return found


async def asked(client: httpx.AsyncClient, **changed: Any) -> str:
    body = {"channel": "email", "address": "ayse@shop.example"} | changed
    answer = await client.post("/v1/consents/check", json=body)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    assert found["allowed"] == (found["reason"] in ("consented", "transactional", "merchant_without_refusal"))
    return str(found["reason"])


async def test_the_newest_counts_in_any_order(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient
) -> None:
    assert await asked(client) == "no_consent"
    refused = await told(client, status="withdrawn", occurred_at=LATE, text_version="v3")
    assert await asked(client) == "withdrawn"
    given = await told(client, address=" Ayse@Shop.EXAMPLE ")
    assert (await asked(client), given["current"], refused["current"]) == ("withdrawn", False, True)
    # Of the same moment the refusal counts, whichever comes first.
    await told(client, occurred_at=LATE)
    assert await asked(client) == "withdrawn"
    again = await told(client, status="withdrawn", occurred_at=LATE)
    assert again["id"] == refused["id"]
    assert await asked(client, channel="sms", address="0532 111 22 33") == "no_consent"
    assert await asked(other_client) == "no_consent"
    listed = (await client.get("/v1/consents", params={"address": "ayse@shop.example"})).json()["data"]
    assert [row["status"] for row in listed] == ["given", "given", "withdrawn"]
    assert [row["current"] for row in listed] == [False, False, True]
    assert (await other_client.get("/v1/consents")).json()["data"] == []


async def test_numbers_are_one_in_every_spelling(client: httpx.AsyncClient) -> None:
    made = await told(client, channel="sms", address="0532 111 22 33")
    assert made["address"] == "+905321112233"
    assert await asked(client, channel="sms", address="+90 (532) 111-22-33") == "consented"
    assert await asked(client, channel="call", address="+90 (532) 111-22-33") == "no_consent"
    merchant = {"channel": "call", "address": "+905321112233", "recipient_type": "merchant"}
    assert await asked(client, **merchant) == "merchant_without_refusal"


async def test_every_failing_field_is_named(client: httpx.AsyncClient) -> None:
    body = consent(address="ayse", occurred_at="2099-01-01T00:00:00Z", text_version="\x00")
    answer = await client.post("/v1/consents", json=body)
    assert answer.status_code == 400
    assert {error["path"] for error in answer.json()["errors"]} == {"address", "occurred_at", "text_version"}
    for asked_for in ({"address": "?"}, {"external_id": "0"}):
        assert (await client.get("/v1/consents", params=asked_for)).status_code == 400


async def test_good_items_are_taken_beside_bad(client: httpx.AsyncClient) -> None:
    items = [consent(), consent(), consent(address="x"), consent(source="web"), consent(channel="sms")]
    answer = (await client.post("/v1/consents/bulk", json={"consents": items})).json()
    assert [row["status"] for row in answer["results"]] == ["created", "unchanged"] + ["rejected"] * 3
    assert (answer["created"], answer["unchanged"], answer["rejected"]) == (1, 1, 3)
    assert [row["errors"][0]["path"] for row in answer["results"][2:]] == ["address", "source", "address"]


async def test_addresses_are_stored_unreadable(client: httpx.AsyncClient, owner: Connection) -> None:
    await told(client, external_id="c-1")
    text = await owner.fetchval("select c::text from consents c")
    sealed = bytes(await owner.fetchval("select sealed from consents"))
    assert "ayse" not in text
    assert "c-1" not in text
    assert b"ayse" not in sealed


async def test_the_file_of_the_iys_goes_out_and_comes_in(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient, drain: Any
) -> None:
    await told(client)
    await told(client, status="withdrawn", occurred_at=LATE, source="HS_EPOSTA")
    await told(client, channel="sms", address="0532 111 22 33", recipient_type="merchant")
    answer = await client.get("/v1/consents.csv")
    rows = list(csv.DictReader(StringIO(answer.text)))
    assert sorted(tuple(row.values()) for row in rows) == [
        ("+905321112233", "MESAJ", "HS_WEB", "ONAY", "2026-01-01 13:00:00", "TACIR"),
        ("ayse@shop.example", "EPOSTA", "HS_EPOSTA", "RET", "2026-06-01 13:00:00", "BIREYSEL"),
    ]
    for times in (1, 2):
        sent = await other_client.post(
            "/v1/imports", params={"kind": "consents", "filename": "iys.csv"}, content=answer.content
        )
        assert sent.status_code == 202, sent.text
        await drain()
        counts = (await other_client.get(f"/v1/imports/{sent.json()['id']}")).json()["counts"]
        assert (counts["created"], counts["unchanged"]) == ((2, 0), (0, 2))[times - 1], counts
    assert await asked(other_client) == "withdrawn"
    assert await asked(other_client, channel="sms", address="+905321112233") == "consented"


async def test_conflicts_with_the_register_are_resolved_by_time(
    client: httpx.AsyncClient, drain: Any
) -> None:
    await told(client, occurred_at="2026-03-01T10:00:00Z")
    head = "recipient,type,source,status,consentDate,recipientType\n"
    file = head + "ayse@shop.example,EPOSTA,IYS_WEB,RET,2026-02-01 10:00:00,BIREYSEL\n"
    for moment, reason in (("2026-02-01", "consented"), ("2026-04-01", "iys_refused")):
        body = file.replace("2026-02-01", moment).encode()
        params = {"kind": "consents", "filename": "iys.csv"}
        assert (await client.post("/v1/imports", params=params, content=body)).status_code == 202
        await drain()
        assert await asked(client) == reason
    await told(client, occurred_at="2026-05-01T10:00:00Z", source="HS_WEB")
    assert await asked(client) == "consented"


async def test_a_customer_is_found_and_forgotten(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient, owner: Connection
) -> None:
    await told(other_client)
    await told(client)
    await told(client, channel="sms", address="05321112233", external_id="c-1")
    order = {"external_id": "7001", "amount": {"amount": 5, "currency": "TRY"}}
    order["customer"] = {"external_id": "c-1", "email": "ayse@shop.example"}
    assert (await client.post("/v1/conversions", json=order)).status_code in (200, 201, 202)
    found = (await client.get("/v1/consents", params={"external_id": "c-1"})).json()["data"]
    assert {row["channel"] for row in found} == {"sms", "email"}
    erased = await client.post("/v1/customers/erase", json={"external_id": "c-1"})
    assert erased.json() == {"known": True, "conversions": 1}
    assert (await client.get("/v1/consents")).json()["data"] == []
    assert len((await client.get("/v1/consents.csv")).text.splitlines()) == 1
    # Being forgotten is no consent, not even for a merchant; a later word of theirs counts again.
    assert await asked(client, recipient_type="merchant") == "erased"
    assert await asked(client, channel="sms", address="05321112233") == "erased"
    kept = await owner.fetch("select 1 from consents where sealed is not null or person_key is not null")
    assert len(kept) == 1
    assert await asked(other_client) == "consented"


@pytest.mark.parametrize("purpose", ["commercial", "survey", "transactional"])
async def test_nothing_leaves_without_the_gate(
    client: httpx.AsyncClient, database: Database, purpose: Any
) -> None:
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    words = mail.Words(tr=("Konu", "Metin"), en=("Subject", "Text"))
    written = mail.compose("ayse@shop.example", words, "tr")
    sent = "select count(*) from outbox where topic = 'mail'"
    async with database.transaction(workspace) as db:
        first = await gate.send_mail(db, workspace, written, purpose)
        assert await db.fetchval(sent) == (1 if purpose == "transactional" else 0)
    await told(client)
    async with database.transaction(workspace) as db:
        second = await gate.send_mail(db, workspace, written, purpose)
        assert await db.fetchval(sent) == (2 if purpose == "transactional" else 1)
    assert (first.allowed, second.allowed) == (purpose == "transactional", True)
