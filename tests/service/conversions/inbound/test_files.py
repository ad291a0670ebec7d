"""Files of orders: of shops without webhooks, as their panels export them."""

import io
from typing import Any

import httpx
import openpyxl
import pytest

from service.imports.parsing import Intake
from service.kit.db import Connection
from tests.service.conversions.inbound.conftest import SECRET, Open, order, signed

Drain = Any

TICIMAX = """ID;SiparisNo;SiparisKodu;SiparisTarihi;SiparisDurumu;SiparisToplamTutari;IndirimTutari;\
HediyeCeki;HediyeCekiTutari;Referer;ReklamKaynagi;SiparisKaynagi;ParaBirimi;Kur;OzelAlan1;OzelAlan2;OzelAlan3
501;1001;ABC1;25.11.2026 10:15:00;Kargoya Verildi;1.249,90;100,00;AYSE10;50,00;https://www.instagram.com/;\
Instagram;Web;TL;1;clk_01jd0000000000000000000000;;
502;1002;ABC2;25.11.2026 11:00:00;İptal Edildi;89,90;0;;0;;;Web;TL;1;;;
503;1003;ABC3;25.11.2026 12:30:00;Ödeme Bekliyor;2.500,00;0;;0;;;Mobil;TL;1;;;
504;1004;ABC4;26.11.2026 09:00:00;İade Edildi;300,00;0;AYSE10;0;;;Web;TL;1;;;
"""


async def _import(
    client: httpx.AsyncClient, drain: Drain, content: str | bytes, kind: str = "conversions", **params: Any
) -> dict[str, Any]:
    sent = content.encode() if isinstance(content, str) else content
    answer = await client.post(
        "/v1/imports", params={"kind": kind, "filename": "x.csv", **params}, content=sent
    )
    assert answer.status_code == 202, answer.text
    await drain()
    shown: dict[str, Any] = (await client.get(f"/v1/imports/{answer.json()['id']}")).json()
    assert shown["status"] == "succeeded", shown
    return shown


async def test_orders_of_ticimax(client: httpx.AsyncClient, drain: Drain, owner: Connection) -> None:
    shown = await _import(client, drain, TICIMAX, shop="moda")
    assert (shown["counts"]["read"], shown["counts"]["created"]) == (4, 4)
    fields = {each["header"]: each["field"] for each in shown["columns"]}
    assert (fields["SiparisNo"], fields["HediyeCeki"], fields["OzelAlan1"]) == ("number", "coupon", "extra")
    rows = await owner.fetch(
        "select external_id, status, amount, refunded, coupons, clicks, shop, occurred_at, channel, verified "
        "from conversions order by occurred_at"
    )
    assert [row["amount"] for row in rows] == [124990, 8990, 250000, 30000]
    assert [row["status"] for row in rows] == ["confirmed", "cancelled", "open", "confirmed"]
    assert [row["refunded"] for row in rows] == [0, 0, 0, 30000]
    assert rows[0]["coupons"] == ["AYSE10"]
    assert rows[0]["clicks"] == ["clk_01jd0000000000000000000000"]
    # A time of a file without a zone is the workspace's.
    assert rows[0]["occurred_at"].isoformat() == "2026-11-25T07:15:00+00:00"
    assert {(row["shop"], row["channel"], row["verified"]) for row in rows} == {("moda", "import", True)}
    again = await _import(client, drain, TICIMAX, shop="moda")
    assert again["counts"]["unchanged"] == 4
    assert await owner.fetchval("select count(*) from conversions") == 4


async def test_a_dry_run_writes_nothing_and_shows_no_customer(
    client: httpx.AsyncClient, drain: Drain, owner: Connection
) -> None:
    text = "Order ID,Email,Total,Currency\n1,ayse@shop.example,10.50,EUR\n"
    shown = await _import(client, drain, text, dry_run=True)
    assert shown["counts"]["created"] == 1
    assert "ayse@shop.example" not in str(shown)
    assert await owner.fetchval("select count(*) from conversions") == 0


async def test_lines_of_an_order_stand_in_several_rows(
    client: httpx.AsyncClient, drain: Drain, owner: Connection
) -> None:
    text = (
        "Name,Financial Status,Currency,Total,Taxes,Lineitem sku,Category,Line net,"
        "Lineitem quantity,Created at\n"
        "#1001,paid,TRY,120.00,20.00,A,Moda,60.00,2,2026-11-20 10:00:00 +0300\n"
        "#1001,,,,,B,Ev,40.00,1,\n"
        "#1002,pending,TRY,10.00,,A,Moda,10.00,1,2026-11-20 11:00:00 +0300\n"
    )
    shown = await _import(client, drain, text)
    assert shown["counts"]["created"] == 3
    rows = await owner.fetch(
        "select amount, net, status, lines, occurred_at from conversions order by occurred_at"
    )
    assert [(row["amount"], row["net"], row["status"]) for row in rows] == [
        (12000, 10000, "confirmed"),
        (1000, 1000, "open"),
    ]
    assert [line["category"] for line in rows[0]["lines"]] == ["Moda", "Ev"]
    assert rows[0]["occurred_at"].isoformat() == "2026-11-20T07:00:00+00:00"


async def test_an_order_that_a_batch_cuts_is_whole(
    client: httpx.AsyncClient, drain: Drain, owner: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Intake.batches, "__defaults__", (2,))
    rows = [
        "Siparis No;Toplam Tutar;Stok Kodu;Satir Net",
        "1;30,00;A;10,00",
        "1;;B;10,00",
        "1;;C;10,00",
        "2;5,00;A;5,00",
    ]
    await _import(client, drain, "\n".join(rows))
    found = await owner.fetch(
        "select jsonb_array_length(lines) as n, net from conversions order by amount desc"
    )
    assert [tuple(row) for row in found] == [(3, 3000), (1, 500)]


async def test_a_workbook_s_numbers_end_exact(
    client: httpx.AsyncClient, drain: Drain, owner: Connection
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Sipariş No", "Toplam Tutar", "Para Birimi", "KDV"])
    sheet.append([9007199254740993, 1249.9, "TL", 208.31666666])
    sheet.append(["A-2", 0.1 + 0.2, "USD", None])
    buffer = io.BytesIO()
    book.save(buffer)
    await _import(client, drain, buffer.getvalue(), filename="siparis.xlsx")
    rows = await owner.fetch("select amount, currency, tax from conversions order by amount")
    assert [tuple(row) for row in rows] == [(30, "USD", None), (124990, "TRY", 20832)]


BAD_ROWS = (
    (";10,00;TL;sale;", "missing_value"),
    ("1;;TL;sale;", "missing_value"),
    ("2;10,005;TL;sale;", "not_a_price"),
    ("3;-10,00;TL;sale;", "negative"),
    ("4;10,00;TL;kedi;", "not_a_code"),
    ("5;10,00 USD;TL;sale;", "conflict"),
    ("6;on lira;TL;sale;", "not_a_number"),
    ("1,02E+15;10,00;TL;sale;", "shortened_number"),
)


async def test_rows_that_are_no_orders(client: httpx.AsyncClient, drain: Drain) -> None:
    good = [f"9{at};20,50;TL;sale;" for at in range(12)]
    rows = ["Siparis No;Toplam Tutar;Para Birimi;Tur;Not", *good, *(row for row, _ in BAD_ROWS)]
    shown = await _import(client, drain, "\n".join(rows))
    assert (shown["counts"]["created"], shown["counts"]["rejected"]) == (12, len(BAD_ROWS))
    rejects = (await client.get(f"/v1/imports/{shown['id']}/rejects")).json()["data"]
    assert [each["code"] for each in rejects] == [reason for _, reason in BAD_ROWS]


async def test_a_file_overwrites_no_webhook(
    client: httpx.AsyncClient,
    anonymous: httpx.AsyncClient,
    integration: Open,
    drain: Drain,
    owner: Connection,
) -> None:
    address = await integration("shopify", secrets=[SECRET], shop="moda")
    body = order(1001)
    await anonymous.post(address.path, content=body, headers=signed(body))
    await drain()
    shown = await _import(client, drain, "Siparis No;Toplam Tutar\n1001;999,00\n", shop="moda")
    assert shown["counts"]["rejected"] == 1
    [reject] = (await client.get(f"/v1/imports/{shown['id']}/rejects")).json()["data"]
    assert reject["code"] == "conflict"
    rows = await owner.fetch("select amount, jsonb_array_length(conflicts) as n from conversions")
    assert [tuple(row) for row in rows] == [(124990, 1)]


async def test_records_as_the_api_has_them_are_in_minor_units(
    client: httpx.AsyncClient, drain: Drain, owner: Connection
) -> None:
    text = '{"external_id": "7", "kind": "sale", "amount": {"amount": 124990, "currency": "TRY"}}\n'
    await _import(client, drain, text, filename="x.ndjson")
    assert await owner.fetchval("select amount from conversions") == 124990


async def test_partial_refunds_of_a_file_are_cumulative(
    client: httpx.AsyncClient, drain: Drain, owner: Connection
) -> None:
    for told, expected in (("0", 0), ("30,00", 3000), ("30,00", 3000), ("100,00", 10000)):
        await _import(client, drain, f"Siparis No;Toplam Tutar;Iade Tutari\n5;100,00;{told}\n")
        assert await owner.fetchval("select refunded from conversions") == expected
