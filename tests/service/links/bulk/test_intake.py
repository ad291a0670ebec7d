"""Files of links and coupons: English and Turkish headers, rejects by row, dry run, the same file again."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from tests.service.links.conftest import Json, Make

Take = Callable[..., Awaitable[Json]]
ENGLISH = """url,code,partner,title,utm source,utm_content,sub1,expires at,cap
https://shop.example/a,YAZ-1,ayse@x.example,Summer,{platform},{partner},story,2030-01-01,100
shop.example/b,,Can,,,,,,
"""
TURKISH = """Hedef adres;Kod;İş ortağı;Başlık;utm source;Alt kimlik 1;Son tarih
https://shop.example/a;YAZ-1;Ayşe Öz;Yaz;{platform};hikaye;01.01.2030
https://shop.example/b;;Can;;;;
"""


@pytest.fixture
def take(client: httpx.AsyncClient, listed: None, drain: Callable[[], Awaitable[None]]) -> Take:
    """Uploads and imports; the import as it ended."""

    async def run(body: str, **params: Any) -> Json:
        answer = await client.post("/v1/imports", params={"kind": "links", **params}, content=body.encode())
        assert answer.status_code == 202, answer.text
        await drain()
        found: Json = (await client.get(f"/v1/imports/{answer.json()['id']}")).json()
        return found

    return run


@pytest.fixture
async def two(partner: Make) -> list[str]:
    return [(await partner(email="Ayse@x.example"))["id"], (await partner(name="Can"))["id"]]


async def _links(client: httpx.AsyncClient) -> list[Json]:
    rows: list[Json] = (await client.get("/v1/links")).json()["data"]
    return sorted(rows, key=lambda row: row["url"])


@pytest.mark.parametrize("body", [ENGLISH, TURKISH], ids=["English", "Turkish"])
async def test_columns_are_recognised(
    client: httpx.AsyncClient, take: Take, two: list[str], body: str
) -> None:
    done = await take(body)
    assert done["counts"] | {"read": 2, "created": 2, "rejected": 0} == done["counts"], done
    first, second = await _links(client)
    assert (first["code"], first["partner_id"], second["partner_id"]) == ("yaz-1", *two)
    assert (first["sub1"], first["utm"]) in (
        ("story", {"source": "{platform}", "content": "{partner}"}),
        ("hikaye", {"source": "{platform}"}),
    )
    assert first["expires_at"].startswith("2030-01-01")
    assert second["url"] == "https://shop.example/b"
    again = await take(body)
    assert again["counts"] | {"created": 0, "unchanged": 2} == again["counts"]
    assert await _links(client) == [first, second]


async def test_a_dry_run(client: httpx.AsyncClient, take: Take, two: list[str]) -> None:
    assert (await take(ENGLISH, dry_run=True))["counts"]["created"] == 2
    assert await _links(client) == []


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("https://evil.example/,,,", "not_a_destination"),
        ("javascript:alert(1),,,", "not_a_url"),
        (",x26,,", "missing_value"),
        ("https://shop.example/,docs,,", "code_not_available"),
        ("https://shop.example/,taken,,", "code_not_available"),
        ("https://shop.example/,a b,,", "invalid_link"),
        ("https://shop.example/,,Nobody,", "unknown_partner"),
        ("https://shop.example/,,Ece,", "conflict"),
        ("https://shop.example/,,,sideways", "invalid_link"),
    ],
)
async def test_rejects_say_why(
    client: httpx.AsyncClient, take: Take, link: Make, partner: Make, row: str, code: str
) -> None:
    await link(code="taken")
    await partner(name="Ece"), await partner(name="ECE")
    done = await take(f"url,code,partner,mode\nhttps://shop.example/ok,,,redirect\n{row}\n")
    rejects = (await client.get(f"/v1/imports/{done['id']}/rejects")).json()["data"]
    assert [(one["row"], one["code"]) for one in rejects] == [(3, code)], rejects
    assert done["counts"]["created"] == 1


async def test_an_export_comes_back(client: httpx.AsyncClient, take: Take, two: list[str]) -> None:
    """The columns that elci makes itself are known, and taken for nothing else."""
    await take(ENGLISH)
    text = (await client.get("/v1/links.csv")).text
    for row in await _links(client):
        await client.delete(f"/v1/links/{row['id']}")
    # Codes are given once: the file without them makes the same links under others.
    lines = [line.replace("yaz-1", "yaz-2") for line in text.splitlines()]
    done = await take("\n".join(lines))
    assert done["counts"]["rejected"] + done["counts"]["created"] == 2, done
    assert not any(column["field"] == "url" and "short" in column["header"] for column in done["columns"])


COUPONS = """kupon kodu;is ortagi;tur;baslangic;bitis;limit
AYŞE10;Ayşe Öz;özel;01.01.2026;31.12.2026;100
YAZ20;;;;;
"""


async def test_files_of_coupons(client: httpx.AsyncClient, take: Take, two: list[str]) -> None:
    done = await take(COUPONS, kind="coupons")
    assert done["counts"] | {"created": 2, "rejected": 0} == done["counts"], done
    public, own = (await client.get("/v1/coupons")).json()["data"]
    assert (own["code"], own["kind"], own["partner_id"], own["limit"]) == ("AYŞE10", "exclusive", two[0], 100)
    assert (public["code"], public["kind"], public["partner_id"]) == ("YAZ20", "public", None)
    again = await take(COUPONS, kind="coupons")
    assert again["counts"] | {"unchanged": 2, "rejected": 0} == again["counts"], again
    other = await take(COUPONS.replace("AYŞE10;Ayşe Öz", "ayse10;Can"), kind="coupons")
    assert other["counts"] | {"unchanged": 1, "rejected": 1} == other["counts"]
