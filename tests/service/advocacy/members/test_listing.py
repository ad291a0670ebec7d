"""Finding advocates: by words, as a partner, as a shop's customer."""

from typing import Any

import httpx
import pytest

from tests.service.advocacy.test_advocacy import Drain, buys, join, ok, program

__all__ = ["program"]


@pytest.fixture
async def people(client: httpx.AsyncClient, drain: Drain, program: str) -> dict[str, Any]:
    """Two advocates, one of whom the shop knows by an id, and a friend for whom something is kept."""
    found = {
        "ayse": await join(client, program, "ayse", name="Ayşe Işık", code="AYSE10"),
        "can": await join(client, program, "can", external_id="501", shop="telvecik"),
    }
    await buys(client, drain, "ece", "1", "AYSE10")
    (guest,) = (await ok(await client.get("/v1/advocates", params={"status": "guest"})))["data"]
    return found | {"ece": guest}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["can", "ayse"]),
        ({"q": "isik"}, ["ayse"]),
        ({"q": "ayse@"}, ["ayse"]),
        ({"q": "kimse"}, []),
        ({"email": "AYSE+x@elci.example"}, ["ayse"]),
        ({"email": "ece@elci.example"}, ["ece"]),
        ({"email": "none@elci.example"}, []),
        ({"email": "?"}, []),
        ({"external_id": "501", "shop": "telvecik"}, ["can"]),
        ({"external_id": "501"}, []),
        ({"external_id": "0", "shop": "telvecik"}, []),
        ({"email": "can@elci.example", "external_id": "501", "shop": "telvecik"}, ["can"]),
    ],
)
async def test_who_is_found(
    client: httpx.AsyncClient, people: dict[str, Any], asked: dict[str, str], found: list[str]
) -> None:
    listed = (await ok(await client.get("/v1/advocates", params=asked)))["data"]
    assert [each["id"] for each in listed] == [people[who]["id"] for who in found]


async def test_by_the_partner(client: httpx.AsyncClient, people: dict[str, Any]) -> None:
    asked = {"partner_id": people["can"]["partner_id"]}
    (found,) = (await ok(await client.get("/v1/advocates", params=asked)))["data"]
    assert found["id"] == people["can"]["id"]
    answer = await client.get("/v1/advocates", params={"partner_id": "prt_x"})
    assert answer.status_code == 404


async def test_nobody_is_found_who_was_erased(client: httpx.AsyncClient, people: dict[str, Any]) -> None:
    await ok(await client.post("/v1/customers/erase", json={"email": "ayse@elci.example"}))
    partner = {"partner_id": people["ayse"]["partner_id"]}
    for asked in ({"email": "ayse@elci.example"}, {"q": "isik"}, partner):
        assert (await ok(await client.get("/v1/advocates", params=asked)))["data"] == []
