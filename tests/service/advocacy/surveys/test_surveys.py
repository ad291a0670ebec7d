"""Surveys: who is asked, the page that takes one answer, results, refusing, and forgetting."""

import asyncio
import csv
from io import StringIO
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from service.kit.db import Connection

Json = dict[str, Any]
CONSENT = {
    "channel": "email",
    "address": "ayse@shop.example",
    "status": "given",
    "occurred_at": "2026-01-01T10:00:00Z",
    "source": "HS_WEB",
}
MAILS = """
    select body ->> 'to' as to, body ->> 'text' as text, body ->> 'unsubscribe' as stop,
        body ->> 'subject' as subject
    from outbox where topic = 'mail' order by created_at, id
"""


async def made(client: httpx.AsyncClient, **changed: Any) -> Json:
    answer = await client.post("/v1/nps", json={"name": "Kasım", "brand": "Kahve"} | changed)
    assert answer.status_code == 201, answer.text
    found: Json = answer.json()
    return found


async def asked(client: httpx.AsyncClient, survey: Json, *invites: Json, send: bool = False) -> Json:
    body = {"invites": list(invites), "send": send}
    answer = await client.post(f"/v1/nps/{survey['id']}/invites", json=body)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def links(client: httpx.AsyncClient, survey: Json, *invites: Json) -> list[str]:
    return [urlsplit(row["url"]).path for row in (await asked(client, survey, *invites))["results"]]


async def answered(client: httpx.AsyncClient, path: str, score: int, comment: str = "") -> httpx.Response:
    answer = await client.post(path, data={"score": str(score), "comment": comment})
    assert answer.status_code == 200, answer.text
    return answer


async def test_a_survey_is_made_and_changed(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient
) -> None:
    survey = await made(client)
    path = f"/v1/nps/{survey['id']}"
    assert (await client.get(path)).json() == survey
    changed = (await client.patch(path, json={"question_tr": "Nasıl?", "status": "closed"})).json()
    assert (changed["question_tr"], changed["status"]) == ("Nasıl?", "closed")
    assert [row["id"] for row in (await client.get("/v1/nps")).json()["data"]] == [survey["id"]]
    refused = await client.post(f"{path}/invites", json={"invites": [{}]})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/survey-closed")
    assert (await other_client.get(path)).status_code == 404
    wrong = await client.post("/v1/nps", json={"name": "\x00", "days": 0, "language": "de"})
    assert wrong.status_code == 400
    assert len(wrong.json()["errors"]) == 2


async def test_the_page_takes_one_answer(client: httpx.AsyncClient, anonymous: httpx.AsyncClient) -> None:
    survey = await made(client)
    (path,) = await links(client, survey, {"segment": "=vip"})
    shown = await anonymous.get(path, params={"score": "9"})
    assert shown.status_code == 200
    assert "Kahve markasını" in shown.text
    assert 'value="9" required checked' in shown.text
    assert shown.headers["x-robots-tag"] == "noindex, nofollow"
    assert shown.headers["referrer-policy"] == "no-referrer"
    assert shown.headers["cache-control"] == "no-store"
    assert "set-cookie" not in shown.headers
    assert "How likely" in (await anonymous.get(path, params={"lang": "en"})).text
    wrong = await anonymous.post(path, data={"score": "12", "comment": "<i>güzel</i>"})
    assert wrong.status_code == 400
    assert "&lt;i&gt;güzel" in wrong.text
    said = [await anonymous.post(path, data={"score": "9", "comment": "güzel"})]
    said += await asyncio.gather(*(anonymous.post(path, data={"score": str(n)}) for n in range(6)))
    assert all("Teşekkür" in answer.text for answer in said)
    assert "Teşekkür" in (await anonymous.get(path)).text
    (row,) = (await client.get(f"/v1/nps/{survey['id']}/responses")).json()["data"]
    assert (row["score"], row["band"], row["comment"], row["segment"]) == (9, "promoter", "güzel", "=vip")
    file = (await client.get(f"/v1/nps/{survey['id']}/responses.csv")).text.lstrip("\ufeff")
    (line,) = csv.DictReader(StringIO(file))
    assert (line["score"], line["segment"], line["comment"]) == ("9", "'=vip", "güzel")


async def test_many_answers_at_once_are_one(client: httpx.AsyncClient, anonymous: httpx.AsyncClient) -> None:
    survey = await made(client)
    (path,) = await links(client, survey, {})
    await asyncio.gather(*(anonymous.post(path, data={"score": str(n)}) for n in range(11)))
    assert len((await client.get(f"/v1/nps/{survey['id']}/responses")).json()["data"]) == 1


@pytest.mark.parametrize("token", ["x", "A" * 64, "A" * 64 + "/stop", "%00"])
async def test_what_is_no_link_is_a_page_that_says_so(anonymous: httpx.AsyncClient, token: str) -> None:
    for method in ("GET", "POST"):
        answer = await anonymous.request(method, f"/n/{token}", headers={"Accept-Language": "en"})
        assert answer.status_code == 404
        assert "There is no such page" in answer.text


async def test_a_closed_survey_takes_no_answers(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, owner: Connection
) -> None:
    survey = await made(client)
    first, second = await links(client, survey, {}, {})
    oldest = "select id from nps_invites order by id limit 1"
    await owner.execute(f"update nps_invites set expires_at = elci_now() where id = ({oldest})")
    assert "süresi dolmuş" in (await anonymous.post(first, data={"score": "5"})).text
    await client.patch(f"/v1/nps/{survey['id']}", json={"status": "closed"})
    assert "Anket kapandı" in (await anonymous.post(second, data={"score": "5"})).text
    assert (await client.get(f"/v1/nps/{survey['id']}")).json()["answered"] == 0


async def test_mails_go_through_the_gate(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, owner: Connection
) -> None:
    survey = await made(client, language="en")
    await client.post("/v1/consents", json=CONSENT)
    people = [{"email": "ayse@shop.example"}, {"email": "biri@shop.example"}]
    people.append({"email": "tacir@shop.example", "recipient_type": "merchant", "language": "tr"})
    found = await asked(client, survey, *people, {"email": "AYSE@shop.example"}, send=True)
    assert [row["status"] for row in found["results"]] == ["sent", "refused", "sent", "known"]
    assert [row["reason"] for row in found["results"][:3]] == [
        "consented",
        "no_consent",
        "merchant_without_refusal",
    ]
    first, second = await owner.fetch(MAILS)
    assert (first["to"], second["to"]) == ("ayse@shop.example", "tacir@shop.example")
    assert first["subject"] == "Kahve: one question"
    assert found["results"][0]["url"] in first["text"]
    assert "Merhaba" in second["text"]
    # Who was refused can be asked as soon as they agree.
    await client.post("/v1/consents", json=CONSENT | {"address": "biri@shop.example"})
    assert (await asked(client, survey, people[1], send=True))["sent"] == 1
    # The mailbox's button, and the page's.
    stop = urlsplit(first["stop"]).path
    assert "Should Kahve stop" in (await anonymous.get(stop)).text
    check = {"channel": "email", "address": "ayse@shop.example", "purpose": "survey"}
    assert (await client.post("/v1/consents/check", json=check)).json()["allowed"]
    for _ in range(2):
        assert (await anonymous.post(stop, data={"List-Unsubscribe": "One-Click"})).status_code == 200
    verdict = (await client.post("/v1/consents/check", json=check)).json()
    assert (verdict["allowed"], verdict["reason"]) == (False, "withdrawn")
    history = (await client.get("/v1/consents", params={"address": "ayse@shop.example"})).json()["data"]
    assert [row["status"] for row in history] == ["withdrawn", "given"]
    assert "Kahve markasını" in (await anonymous.get(urlsplit(found["results"][2]["url"]).path)).text


async def test_every_failing_item_is_named(client: httpx.AsyncClient) -> None:
    survey = await made(client)
    body = {"send": True, "invites": [{}, {"email": "xx@"}, {"email": "a@b.example", "external_id": "0"}]}
    answer = await client.post(f"/v1/nps/{survey['id']}/invites", json=body)
    assert answer.status_code == 400
    paths = {error["path"] for error in answer.json()["errors"]}
    assert paths >= {"invites[1].email"}


async def test_results_recount(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, owner: Connection
) -> None:
    survey = await made(client)
    scores = [10, 9, 9, 8, 7, 6, 0, 10]
    segments = ["a", "a", "b", "b", "b", None, None, "a"]
    people = [{"segment": segment} if segment else {} for segment in segments]
    paths = await links(client, survey, *people, {}, {})
    for path, score in zip(paths, scores, strict=False):
        await answered(anonymous, path, score, "neden" if score < 7 else "")
    # 21:30 UTC is the next day, and the next month, in Istanbul.
    await owner.execute("update nps_answers set answered_at = '2026-10-31T21:30:00Z' where score = 10")
    await owner.execute("update nps_answers set answered_at = '2026-10-31T20:30:00Z' where score = 9")
    path = f"/v1/nps/{survey['id']}/results"
    whole = (await client.get(path, params={"group_by": "segment"})).json()
    assert (whole["invited"], whole["answered"], whole["response_rate"]) == (10, 8, 0.8)
    overall = whole["overall"]
    assert (overall["nps"], overall["answers"], overall["comments"]) == (25.0, 8, 2)
    assert {row["segment"]: row["result"]["nps"] for row in whole["groups"]} == {
        "a": 100.0,
        "b": pytest.approx(100 / 3),
        None: -100.0,
    }
    days = {"from": "2026-10-01", "to": "2026-10-31"}
    october = (await client.get(path, params=days | {"group_by": "month"})).json()
    assert [(row["month"], row["result"]["answers"]) for row in october["groups"]] == [("2026-10-01", 2)]
    utc = (await client.get(path, params=days | {"tz": "UTC"})).json()
    assert (utc["overall"]["answers"], utc["groups"], utc["from"]) == (4, [], "2026-10-01")
    empty = (await client.get(path, params={"from": "2020-01-01", "to": "2020-01-02"})).json()["overall"]
    assert (empty["nps"], empty["reason"]) == (None, "no_answers")
    for wrong in ({"tz": "Mars"}, {"from": "2026-02-01", "to": "2026-01-01"}, {"from": "1900-01-01"}):
        assert (await client.get(path, params=wrong)).status_code == 400
    listed = await client.get(f"/v1/nps/{survey['id']}/responses", params={"band": "detractor", "limit": 1})
    more = await client.get(
        f"/v1/nps/{survey['id']}/responses",
        params={"band": "detractor", "limit": 1, "cursor": listed.json()["next_cursor"]},
    )
    assert {listed.json()["data"][0]["score"], more.json()["data"][0]["score"]} == {0, 6}
    assert not more.json()["has_more"]


async def test_erased_customers_leave_their_score_alone(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, owner: Connection
) -> None:
    survey = await made(client)
    one = {"email": "ayse@shop.example", "external_id": "c-1"}
    (path,) = await links(client, survey, one)
    (other,) = await links(client, survey, {"external_id": "c-2"})
    await answered(anonymous, path, 3, "Ayşe yazdı")
    await client.post("/v1/customers/erase", json={"email": "ayse@shop.example"})
    await client.post("/v1/customers/erase", json={"external_id": "c-2"})
    (row,) = (await client.get(f"/v1/nps/{survey['id']}/responses")).json()["data"]
    assert (row["score"], row["comment"]) == (3, None)
    kept = await owner.fetch("select coalesce(address_key, person_key, sealed) from nps_invites")
    assert [each[0] for each in kept] == [None, None]
    assert "süresi dolmuş" in (await anonymous.get(other)).text
    assert (await asked(client, survey, one))["created"] == 1
