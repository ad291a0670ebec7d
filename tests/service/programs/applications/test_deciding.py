"""Approving and rejecting: once, with a mail; and what an erasure takes."""

import asyncio
import re
from typing import Any

import httpx
import pytest

from service.kit.db import Connection
from tests.service.discovery.api import Json, made
from tests.service.programs.conftest import apply, waiting


@pytest.fixture
async def application(client: httpx.AsyncClient, site: httpx.AsyncClient, program: Json) -> Json:
    assert (await apply(site, program)).status_code == 202
    return (await waiting(client))[0]


async def mails(owner: Connection) -> list[Json]:
    rows = await owner.fetch("select body from outbox where topic = 'mail' order by id")
    return [row["body"] for row in rows]


async def decide(client: httpx.AsyncClient, application: Json, deed: str, **body: Any) -> httpx.Response:
    return await client.post(f"/v1/applications/{application['id']}/{deed}", json=body)


async def test_approving_makes_a_partner_who_can_log_in(
    client: httpx.AsyncClient,
    anonymous: httpx.AsyncClient,
    application: Json,
    program: Json,
    owner: Connection,
) -> None:
    answer = await decide(client, application, "approve", group="yeni")
    assert answer.status_code == 200, answer.text
    approved = answer.json()
    partner = (await client.get(f"/v1/partners/{approved['partner_id']}")).json()
    assert (partner["name"], partner["email"], partner["group"]) == ("Ayşe Öz", "ayse@ortak.example", "yeni")
    assert partner["program_id"] == program["id"]
    (mail,) = await mails(owner)
    assert (mail["to"], mail["subject"]) == ("ayse@ortak.example", "Brand başvurunuzu kabul etti")
    assert mail["unsubscribe"] in mail["text"]
    token = re.search(r"/p/join/(\w+)", mail["text"])
    assert token is not None
    logged_in = await anonymous.post("/v1/partner/token", json={"invitation": token[1]})
    assert logged_in.json()["partner_id"] == partner["id"]
    # Again, nothing happens.
    assert (await decide(client, application, "approve")).json() == approved
    assert len(await mails(owner)) == 1
    assert (await decide(client, application, "reject", reason="x")).status_code == 409
    log = (await client.get("/v1/audit-log", params={"subject": application["id"]})).json()["data"]
    assert [each["action"] for each in log] == ["application.approved"]


async def test_rejecting_says_why(client: httpx.AsyncClient, application: Json, owner: Connection) -> None:
    answer = await decide(client, application, "reject", reason="Hesabınız\ngizli {brand}.")
    assert answer.status_code == 200, answer.text
    assert (answer.json()["status"], answer.json()["partner_id"]) == ("rejected", None)
    (mail,) = await mails(owner)
    assert "Gerekçe: Hesabınız gizli {brand}." in mail["text"]
    again = await decide(client, application, "reject", reason="Başka")
    assert again.json() == answer.json()
    assert (await decide(client, application, "approve")).status_code == 409
    assert len(await mails(owner)) == 1
    assert (await client.get("/v1/partners")).json()["data"] == []


async def test_decided_at_once_is_decided_once(
    client: httpx.AsyncClient, application: Json, owner: Connection
) -> None:
    """Seen red with the application read without its lock: two mails, or none."""
    deeds = ["approve", "approve", "reject", "approve"]
    found = await asyncio.gather(
        *(
            decide(client, application, deed, **({"reason": "x"} if deed == "reject" else {}))
            for deed in deeds
        )
    )
    statuses = sorted(each.status_code for each in found)
    assert statuses in ([200, 200, 200, 409], [200, 409, 409, 409])
    assert len(await mails(owner)) == 1
    assert await owner.fetchval("select count(*) from partners") == (statuses[1] == 200)


@pytest.mark.parametrize("in_program", [True, False])
async def test_a_partner_of_the_same_mailbox_joins(
    client: httpx.AsyncClient, application: Json, program: Json, in_program: bool
) -> None:
    body = {"name": "Ayşe eski", "email": "AYSE@ortak.example", "group": "vip"}
    known = await made(client, "/v1/partners", body | ({"program_id": program["id"]} if in_program else {}))
    approved = (await decide(client, application, "approve", group="yeni")).json()
    assert approved["partner_id"] == known["id"]
    partners = (await client.get("/v1/partners")).json()["data"]
    assert [(each["name"], each["group"], each["program_id"]) for each in partners] == [
        ("Ayşe eski", "vip", program["id"])
    ]


async def test_a_partner_of_another_program_has_a_record_of_their_own(
    client: httpx.AsyncClient, application: Json, as_partner: Any
) -> None:
    other = await made(client, "/v1/programs", {"name": "Öteki"})
    body = {"name": "Ayşe", "email": "ayse@ortak.example", "program_id": other["id"]}
    known = await made(client, "/v1/partners", body)
    approved = (await decide(client, application, "approve")).json()
    assert approved["partner_id"] != known["id"]
    assert len((await client.get("/v1/partners")).json()["data"]) == 2


async def test_nobody_else_s(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient, application: Json
) -> None:
    assert (await other_client.get("/v1/applications")).json()["data"] == []
    path = f"/v1/application-consents/{application['consent_version']}"
    assert (await client.get(path)).status_code == 200
    assert (await other_client.get(path)).status_code == 404
    assert (await decide(other_client, application, "approve")).status_code == 404


async def test_an_erasure_takes_applications_along(
    client: httpx.AsyncClient, site: httpx.AsyncClient, application: Json, program: Json, owner: Connection
) -> None:
    """By the partner, by the address, by the account; those of others stay."""
    handle = {"platform": "instagram", "handle": "ayse.oz"}
    contacts = [{"email": "ayse.oz@mail.example"}]
    body = {"name": "Ayşe", "accounts": [handle], "contacts": contacts}
    influencer = await made(client, "/v1/influencers", body)
    approved = (await decide(client, application, "approve")).json()
    path = f"/v1/partners/{approved['partner_id']}"
    assert (await client.patch(path, json={"influencer_id": influencer["id"]})).status_code == 200
    none: Json = {"accounts": []}
    assert (await apply(site, program, "ayse.oz@mail.example", **none)).status_code == 202
    assert (await apply(site, program, "x@mail.example")).status_code == 202
    assert (await apply(site, program, "can@mail.example", **none)).status_code == 202
    assert len(await waiting(client)) == 4
    erased = await client.post(f"/v1/influencers/{influencer['id']}/erase")
    assert erased.status_code in (200, 204), erased.text
    assert [each["email"] for each in await waiting(client)] == ["can@mail.example"]
    left = await owner.fetchval("select count(*) from outbox where subject = 'ayse@ortak.example'")
    assert left == 0
    # An applicant who is nobody's influencer asks for it.
    (last,) = await waiting(client)
    assert (await client.post(f"/v1/applications/{last['id']}/erase")).status_code == 204
    assert await owner.fetchval("select count(*) from applications") == 0
