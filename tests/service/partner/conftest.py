"""Two partners of one program who may look at what is theirs."""

import csv
import io
from collections.abc import Awaitable, Callable

import httpx
import pytest

from tests.service.conversions.orders.conftest import ayse as ayse
from tests.service.conversions.orders.conftest import sell as sell
from tests.service.links.conftest import Json, made

AsPartner = Callable[[str], Awaitable[httpx.AsyncClient]]


@pytest.fixture
async def mehmet(client: httpx.AsyncClient, ayse: Json) -> Json:
    """Another partner of Ayşe's program, with the coupon MEHMET10."""
    body = {"name": "Mehmet Gizli", "program_id": ayse["program_id"]}
    partner = await made(client, "/v1/partners", body)
    await made(client, "/v1/coupons", {"code": "MEHMET10", "partner_id": partner["id"]})
    return {"partner_id": partner["id"], "program_id": ayse["program_id"]}


@pytest.fixture
async def as_ayse(as_partner: AsPartner, ayse: Json) -> httpx.AsyncClient:
    return await as_partner(ayse["partner_id"])


@pytest.fixture
async def as_mehmet(as_partner: AsPartner, mehmet: Json) -> httpx.AsyncClient:
    return await as_partner(mehmet["partner_id"])


async def rows_of(client: httpx.AsyncClient, path: str) -> list[Json]:
    """The list of a path, all pages of it."""
    found: list[Json] = []
    params: dict[str, str] = {}
    while True:
        answer = await client.get(httpx.URL(path).copy_merge_params(params))
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += page["data"]
        if not page["has_more"]:
            return found
        params["cursor"] = page["next_cursor"]


async def file_of(client: httpx.AsyncClient, path: str) -> list[dict[str, str]]:
    """The rows of a file."""
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
