"""What partners see of their money: their own, with what was merged into it, and nothing of the brand's."""

import csv
from collections.abc import Awaitable, Callable
from io import StringIO

import httpx

from service.kit.db import Connection
from tests.service.discovery.api import Json, made
from tests.service.ledger.payouts.owing import TURKISH, Brand, iban_of

Drain = Callable[[], Awaitable[None]]
AsPartner = Callable[[str], Awaitable[httpx.AsyncClient]]
NOTE = "markanın-notu"


async def _got(client: httpx.AsyncClient, path: str) -> Json:
    answer = await client.get(path)
    assert answer.status_code == 200, f"{path}: {answer.text}"
    found: Json = answer.json()
    return found


async def test_own_payouts_and_statement(brand: Brand, drain: Drain, as_partner: AsPartner) -> None:
    ayse, twin, can = [await brand.partner(name) for name in ("Ayşe", "Ayşe Ö", "Can")]
    for partner, amount in ((ayse, 100), (twin, 50), (can, 700)):
        await brand.earn(partner, amount)
    await brand.start(partner_ids=[twin], note=NOTE)
    await drain()
    await made(brand.client, "/v1/partners/merge", {"keep": ayse, "merge": [twin]}, status=200)
    await brand.start(note=NOTE)
    await drain()
    me, other = await as_partner(ayse), await as_partner(can)
    payouts = (await _got(me, "/v1/partner/payouts"))["data"]
    assert [one["amount"]["amount"] for one in payouts] == [100, 50]
    assert payouts[0]["iban"].startswith("TR")
    assert "note" not in payouts[0]
    rows = await _got(me, f"/v1/partner/payouts/{payouts[1]['id']}/commissions")
    assert [row["amount"]["amount"] for row in rows["data"]] == [50]
    for path in ("", "/commissions"):
        assert (await other.get(f"/v1/partner/payouts/{payouts[0]['id']}{path}")).status_code == 404
    answer = await me.get("/v1/partner/payouts.csv")
    table = list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff"))))
    assert [(row["amount"], row["currency"], row["status"]) for row in table] == [
        ("100", "TRY", "created"),
        ("50", "TRY", "created"),
    ]
    assert NOTE not in answer.text
    for who, partner, sum_ in ((me, ayse, 150), (other, can, 700)):
        own = await _got(who, "/v1/partner/statement")
        assert own == await brand.get(f"/v1/partners/{partner}/statement")
        assert [(each["earned"], each["paid"]) for each in own["currencies"]] == [(sum_, sum_)]
    lines = (await _got(me, "/v1/partner/statement/lines"))["data"]
    assert sum(line["paid"] for line in lines) == 150
    told = (await me.get("/v1/partner/statement.csv")).text
    assert told == (await brand.client.get(f"/v1/partners/{ayse}/statement.csv")).text
    assert (await _got(me, "/v1/partner/payouts?status=paid"))["data"] == []
    assert (await me.get("/v1/partner/payouts?limit=0")).status_code == 400


async def test_own_payout_account(brand: Brand, as_partner: AsPartner) -> None:
    ayse, can = await brand.partner("Ayşe", account=False), await brand.partner("Can")
    me = await as_partner(ayse)
    path = "/v1/partner/payout-account"
    assert (await me.get(path)).status_code == 404
    body = {"iban": TURKISH, "payee": "Ayşe Öz"}
    answer = await me.put(path, json=body)
    assert answer.status_code == 200, answer.text
    own = answer.json()
    assert (own["iban"], own["payee"]) == ("TR33 •••• 1326", "Ayşe Öz")
    assert {*own} == {"id", "country", "iban", "payee", "created_at"}
    assert (await me.put(path, json=body | {"iban": TURKISH[:-1] + "7"})).status_code == 400
    assert (await me.put(path, json=body | {"partner_id": can})).status_code == 400
    brands = await brand.get(f"/v1/partners/{ayse}/payout-account")
    assert (brands["id"], brands["created_by"]) == (own["id"], ayse)
    assert (await brand.get(f"/v1/partners/{can}/payout-account"))["shared_with"] == []
    log = (await brand.client.get("/v1/audit-log")).json()["data"]
    assert [one["actor"] for one in log if one["action"] == "payout_account.put"][:1] == [ayse]
    assert (await me.delete(path)).status_code == 204
    assert (await me.get(path)).status_code == 404


async def test_partners_do_not_pay_themselves(brand: Brand, as_partner: AsPartner) -> None:
    ayse = await brand.partner("Ayşe")
    await brand.earn(ayse, 100)
    me = await as_partner(ayse)
    body = {"partner_id": ayse, "amount": {"amount": 100, "currency": "TRY"}}
    for path, sent in (("/v1/payouts", {}), ("/v1/payouts/outside", body)):
        assert (await me.post(path, json=sent)).status_code == 403
    for path in ("/v1/payouts", "/v1/payout-runs", f"/v1/partners/{ayse}/statement"):
        assert (await me.get(path)).status_code == 403


async def _mails(owner: Connection) -> list[dict[str, str]]:
    bodies = await owner.fetch("select body from outbox where topic = 'mail' order by id")
    return [row["body"] for row in bodies]


async def test_where_money_goes_is_for_people(
    brand: Brand, as_partner: AsPartner, anonymous: httpx.AsyncClient, owner: Connection
) -> None:
    """A key that leaks moves no money, and whoever moves it can't keep it from the partner."""
    address = "ayse@ortak.example"
    program = (await made(brand.client, "/v1/programs", {"name": "P"}))["id"]
    ayse = await brand.partner("Ayşe", account=False, email=address, program_id=program)
    me = await as_partner(ayse)
    off = {"language": "en", "notices": {"payout_paid": False}}
    assert (await me.patch("/v1/partner/me", json=off)).status_code == 200
    key = await made(me, "/v1/partner/api-keys", {"name": "panel"})
    embed = await made(brand.client, f"/v1/programs/{program}/embed-tokens", {"email": address})
    path, body = "/v1/partner/payout-account", {"iban": TURKISH, "payee": "Ayşe Öz"}
    for secret, slug in ((key["secret"], "people-only"), (embed["token"], "not-allowed")):
        headers = {"Authorization": f"Bearer {secret}"}
        for refused in (
            await anonymous.put(path, json=body, headers=headers),
            await anonymous.delete(path, headers=headers),
        ):
            assert (refused.status_code, refused.json()["type"].rpartition("/")[2]) == (403, slug)
    assert await _mails(owner) == []
    for _ in range(2):
        assert (await me.put(path, json=body)).status_code == 200
    brands = f"/v1/partners/{ayse}/payout-account"
    assert (await brand.client.put(brands, json=body | {"iban": iban_of(9)})).status_code == 200
    assert (await me.delete(path)).status_code == 204
    first, second, third = await _mails(owner)
    assert {each["to"] for each in (first, second, third)} == {address}
    assert "TR33 •••• 1326. Changed by somebody logged in for you" in first["text"]
    assert "Changed by the brand" in second["text"]
    assert "was removed by somebody logged in for you" in third["text"]
    log = (await brand.client.get("/v1/audit-log")).json()["data"]
    told = [(one["action"], one["actor"][:4]) for one in log if one["action"].startswith("payout_account")]
    assert told == [
        ("payout_account.removed", "prt_"),
        ("payout_account.put", "key_"),
        ("payout_account.put", "prt_"),
    ]
