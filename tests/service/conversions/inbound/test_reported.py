"""Marketplaces' panels: reported totals, never mixed with orders."""

from typing import Any

import httpx
import pytest

from service.imports.parsing import Intake
from service.kit.db import Connection
from tests.service.conversions.inbound.test_files import _import

Drain = Any

TRENDYOL = """Tarih;Takip Kodu;Tıklama Sayısı;Sipariş Sayısı;Ciro;Komisyon;Durum
01.11.2026;AYSE-1;1.200;14;12.345,67;617,28;Onaylandı
02.11.2026;AYSE-1;900;9;8.000,00;400,00;Onaylandı
02.11.2026;ALI-1;10;0;0;0;Beklemede
Toplam;Toplam;2.110;23;20.345,67;1.017,28;
"""


async def test_lines_of_a_panel(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient, drain: Drain, owner: Connection
) -> None:
    partner = (await client.post("/v1/partners", json={"name": "Ayşe"})).json()
    await client.patch("/v1/workspace", json={"destination_hosts": ["trendyol.com", "*.trendyol.com"]})
    body = {"url": "https://www.trendyol.com/x", "network": "trendyol", "tracking_id": "AYSE-1"}
    link = await client.post("/v1/links", json=body | {"partner_id": partner["id"]})
    assert link.status_code == 201, link.text
    shown = await _import(client, drain, TRENDYOL, "network_report", shop="trendyol")
    assert (shown["counts"]["created"], shown["counts"]["rejected"]) == (3, 1)
    lines = (await client.get("/v1/reported")).json()["data"]
    assert [line["starts_on"] for line in lines] == ["2026-11-02", "2026-11-02", "2026-11-01"]
    first = lines[2]
    assert first["sales"] == {"amount": 1234567, "currency": "TRY"}
    assert (first["clicks"], first["orders"], first["network"]) == (1200, 14, "trendyol")
    assert (first["partner_id"], first["link_id"]) == (partner["id"], link.json()["id"])
    own = (await client.get("/v1/reported", params={"partner_id": partner["id"]})).json()["data"]
    assert len(own) == 2
    assert await owner.fetchval("select count(*) from conversions") == 0
    assert (await other_client.get("/v1/reported")).json()["data"] == []


async def test_the_same_report_changes_nothing_and_a_later_one_replaces(
    client: httpx.AsyncClient, drain: Drain
) -> None:
    await _import(client, drain, TRENDYOL, "network_report", shop="trendyol")
    again = await _import(client, drain, TRENDYOL, "network_report", shop="trendyol")
    assert again["counts"]["unchanged"] == 3
    later = TRENDYOL.replace("12.345,67", "10.000,00").replace(";14;", ";12;")
    changed = await _import(client, drain, later, "network_report", shop="trendyol")
    assert (changed["counts"]["updated"], changed["counts"]["unchanged"]) == (1, 2)
    sums = (await client.get("/v1/reported/totals")).json()
    assert sums["basis"] == "network_report"
    [total] = sums["data"]
    assert (total["group"], total["orders"], total["sales"]["amount"]) == ("trendyol", 21, 1800000)


async def test_each_sale_by_itself_is_summed_within_its_key(
    client: httpx.AsyncClient, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Intake.batches, "__defaults__", (2,))
    text = (
        "Date,Tracking ID,ASIN,Items Shipped,Revenue,Ad Fees\n" + "2026-11-01,elci-21,B01,1,10.50,1.05\n" * 5
    )
    await _import(client, drain, text, "network_report", source="Amazon Associates")
    await _import(client, drain, text, "network_report", source="Amazon Associates")
    [line] = (await client.get("/v1/reported", params={"network": "amazon"})).json()["data"]
    assert (line["items"], line["sales"]["amount"], line["commission"]["amount"]) == (5, 5250, 525)


async def test_sums_by_group_days_and_pages(client: httpx.AsyncClient, drain: Drain) -> None:
    await _import(client, drain, TRENDYOL, "network_report", shop="trendyol")
    rows = ("N11;Ekim 2026;kis;100,00;5,00", "Hepsiburada;2026-10;kis;50,00;2,50")
    monthly = "\n".join(("Pazaryeri;Dönem;Kampanya;Ciro;Hakediş", *rows))
    await _import(client, drain, monthly, "network_report")

    async def sums(**params: Any) -> dict[str | None, int]:
        answer = await client.get("/v1/reported/totals", params=params)
        assert answer.status_code == 200, answer.text
        return {each["group"]: each["sales"]["amount"] for each in answer.json()["data"]}

    assert await sums(group_by="network") == {"trendyol": 2034567, "n11": 10000, "hepsiburada": 5000}
    assert await sums(group_by="day", network="n11") == {"2026-10-01/2026-10-31": 10000}
    assert await sums(group_by="partner") == {None: 2049567}
    assert await sums(group_by="network", **{"from": "2026-11-02"}) == {"trendyol": 800000}
    assert await sums(group_by="network", to="2026-10-15") == {"n11": 10000, "hepsiburada": 5000}
    page = (await client.get("/v1/reported", params={"limit": 2})).json()
    rest = (await client.get("/v1/reported", params={"limit": 50, "cursor": page["next_cursor"]})).json()
    assert len({line["id"] for line in page["data"] + rest["data"]}) == 5
    assert (await client.get("/v1/reported", params={"link_id": "x"})).status_code == 404
