"""Many links at once: a result for each item, and a second time nothing new."""

import asyncio
import csv
import io
from typing import Any

import httpx

from service.kit import ids
from tests.service.links.conftest import Json, Make, allow, made

URL = "https://shop.example/x"


async def _bulk(client: httpx.AsyncClient, links: list[Json], **more: Any) -> Json:
    return await made(client, "/v1/links/bulk", {"links": links, **more}, status=200)


def _results(answer: Json) -> list[str]:
    return [row["result"] for row in answer["data"]]


async def test_a_thousand_links_and_a_replay(client: httpx.AsyncClient, listed: None) -> None:
    wanted: list[Json] = [{"url": f"{URL}/{n}", "title": f"t{n}"} for n in range(1_000)]
    first = await _bulk(client, wanted)
    assert (first["created"], first["exists"], first["failed"]) == (1_000, 0, 0)
    second = await _bulk(client, wanted)
    assert (second["created"], second["exists"], second["failed"]) == (0, 1_000, 0)
    assert [row["id"] for row in first["data"]] == [row["id"] for row in second["data"]]
    assert [row["code"] for row in first["data"]] == [row["code"] for row in second["data"]]
    answer = await client.post("/v1/links/bulk", json={"links": [*wanted, {"url": URL}]})
    assert answer.status_code == 400


async def test_bad_items_stop_no_other(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient, link: Make, partner: Make
) -> None:
    await link(code="taken", via="ayse", external_id="e-1")
    await allow(other_client)
    await made(other_client, "/v1/links", {"url": URL, "code": "theirs"})
    can, ece = await partner(name="Can"), await partner(name="Ece")
    coupon = await made(client, "/v1/coupons", {"code": "CAN10", "partner_id": can["id"]})
    wanted: list[Json] = [
        {"url": URL, "code": "yaz"},
        {"url": "https://evil.example/"},
        {"url": URL, "code": "taken"},
        {"url": URL, "code": "theirs"},
        {"url": URL, "code": "docs"},
        {"url": URL, "via": "AYŞE"},
        {"url": URL, "external_id": "e-1"},
        {"url": URL, "partner_id": ids.show("prt", ids.new())},
        {"url": URL, "partner_id": ece["id"], "coupon_id": coupon["id"]},
        {"url": URL, "partner_id": can["id"], "coupon_id": coupon["id"]},
        {"url": URL, "utm": {"source": "{who}"}},
        {"url": URL, "code": "YAZ", "title": "other"},
        {"url": URL},
    ]
    answer = await _bulk(client, wanted)
    told = {
        row["index"]: [(error["path"], error["code"]) for error in row.get("errors", [])]
        for row in answer["data"]
    }
    assert told == {
        0: [],
        1: [("url", "invalid-input")],
        2: [("code", "code-not-available")],
        3: [("code", "code-not-available")],
        4: [("code", "code-not-available")],
        5: [("via", "via-taken")],
        6: [("external_id", "link-external-id-taken")],
        7: [("partner_id", "partner-not-found")],
        8: [("coupon_id", "invalid-input")],
        9: [],
        10: [("utm.source", "invalid-input")],
        11: [("code", "code-not-available")],
        12: [],
    }
    assert answer["created"] == 3
    assert _results(await _bulk(client, wanted)).count("exists") == 3
    assert len((await client.get("/v1/links?limit=100")).json()["data"]) == 4


async def test_equal_items_are_several_links(client: httpx.AsyncClient, listed: None) -> None:
    first = await _bulk(client, [{"url": URL}] * 3)
    assert len({row["code"] for row in first["data"]}) == 3
    more = await _bulk(client, [{"url": URL}] * 4)
    assert _results(more) == ["exists"] * 3 + ["created"]
    assert [row["id"] for row in more["data"]][:3] == [row["id"] for row in first["data"]]


async def test_two_requests_at_once_make_each_link_once(client: httpx.AsyncClient, listed: None) -> None:
    wanted: list[Json] = [{"url": f"{URL}/{n}"} for n in range(50)]
    answers = await asyncio.gather(*(_bulk(client, wanted) for _ in range(4)))
    assert sum(answer["created"] for answer in answers) == 50
    assert not any(answer["failed"] for answer in answers)
    assert len({tuple(row["id"] for row in answer["data"]) for answer in answers}) == 1


async def test_a_dry_run_keeps_nothing(client: httpx.AsyncClient, listed: None) -> None:
    wanted: list[Json] = [{"url": URL, "code": "yaz"}, {"url": URL}, {"url": "https://evil.example/"}]
    answer = await _bulk(client, wanted, dry_run=True)
    assert _results(answer) == ["created", "created", "failed"]
    assert [(row.get("id"), row.get("code")) for row in answer["data"]] == [
        (None, "yaz"),
        (None, None),
        (None, None),
    ]
    assert (await client.get("/v1/links")).json()["data"] == []


async def test_the_list_as_a_file(client: httpx.AsyncClient, link: Make, partner: Make, drain: Any) -> None:
    """No cell is a formula; what is exported comes back as it was."""
    who = await partner()
    await link(title="=cmd|' /C calc'!A0", partner_id=who["id"], utm={"source": "{platform}"}, cap=5)
    await link(code="yaz", sub1="-x", expires_at="2030-01-01T00:00:00Z", mode="direct")
    answer = await client.get("/v1/links.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[0]["code"] == "yaz"
    assert (rows[1]["title"], rows[0]["sub1"]) == ("'=cmd|' /C calc'!A0", "'-x")
    assert rows[1]["partner_id"] == who["id"]
    assert len(list(csv.reader(io.StringIO((await client.get("/v1/links.csv?q=yaz")).text)))) == 2


async def test_more_links_than_one_batch_of_the_file(client: httpx.AsyncClient, listed: None) -> None:
    await _bulk(client, [{"url": f"{URL}/{n}"} for n in range(1_000)])
    text = (await client.get("/v1/links.csv")).text
    assert len(set(text.splitlines())) == 1_001
