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


@pytest.mark.parametrize(
    ("span", "path"),
    [
        ({"from": "2026-11-02T00:00:00Z", "to": "2026-11-01T00:00:00Z"}, "from"),
        ({"from": "2026-11-02T00:00:00", "to": "2026-11-03T00:00:00Z"}, "from"),
        ({"to": "2026-11-03T00:00:00"}, "to"),
    ],
)
async def test_spans_of_a_board_that_cant_be(
    client: httpx.AsyncClient,
    program: str,
    span: dict[str, str],
    path: str,
) -> None:
    answer = await client.get("/v1/advocates/leaderboard", params={"program_id": program} | span)
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, path), answer.text


async def test_a_tier_is_one_of_the_terms(client: httpx.AsyncClient, program: str) -> None:
    ayse = await join(client, program, "ayse")
    path = f"/v1/advocates/{ayse['id']}"
    refused = await client.patch(path, json={"tier": "platinum"})
    assert (refused.status_code, refused.json()["errors"][0]["path"]) == (400, "tier")
    assert (await ok(await client.patch(path, json={"tier": "gold"})))["tier"] == "gold"
