"""In and out: codes, invitations, forms of other sites, languages."""

import re
from collections.abc import Awaitable, Callable

import httpx
import pytest

from service.kit.db import Connection
from tests.service.links.conftest import Json, made
from tests.service.partner.pages.conftest import ADDRESS, Browser

Inviting = Callable[[str], Awaitable[str]]


async def mailed_code(owner: Connection) -> str:
    """The code of the newest mail."""
    text = await owner.fetchval("select body::text from outbox order by id desc limit 1")
    return re.search(r"\b\d{8}\b", text)[0]  # type: ignore[index]


@pytest.fixture
async def known(client: httpx.AsyncClient) -> Json:
    """A partner who may log in by their own address."""
    return await made(client, "/v1/partners", {"name": "Ayşe", "email": ADDRESS})


async def test_by_a_code(browser: Browser, known: Json, owner: Connection) -> None:
    text = await browser.open("/p/me/links")
    assert browser.last.url.path == "/p/login"
    assert 'value="/p/me/links"' in text
    text = await browser.send("/p/login", 400, email="x")
    assert 'id="email-fault"' in text
    assert 'value="x"' in text
    text = await browser.send("/p/login", email=ADDRESS)
    assert ADDRESS in text
    code = await mailed_code(owner)
    wrong = "00000000" if code != "00000000" else "00000001"
    assert "Kod yanlış" in await browser.send("/p/code", 400, code=wrong)
    assert 'id="code-fault"' in await browser.send("/p/code", 400, code="12")
    text = await browser.send("/p/code", code=f"{code[:4]} {code[4:]}")
    assert browser.last.url.path == "/p/me/links"
    assert "Ayşe · Brand" in text
    cookie = browser.last.history[-1].headers["set-cookie"]
    assert re.search(r"elci_session=\S+;.*HttpOnly;.*SameSite=lax", cookie, re.I)
    # And out: the session is over wherever its cookie was copied to.
    copied = dict(browser.http.cookies)
    await browser.send("/p/logout")
    assert browser.last.url.path == "/p/login"
    browser.http.cookies.update(copied)
    await browser.open("/p/me")
    assert browser.last.url.path == "/p/login"


async def test_who_is_no_partner_learns_nothing(browser: Browser, known: Json, owner: Connection) -> None:
    await browser.open("/p/login")
    await browser.send("/p/login", email="baska@ortak.example")
    assert browser.last.url.path == "/p/code"
    assert await owner.fetchval("select count(*) from outbox") == 0
    assert "Kod yanlış" in await browser.send("/p/code", 400, code="12345678")


async def test_choosing_between_memberships(
    other_client: httpx.AsyncClient, browser: Browser, known: Json, owner: Connection
) -> None:
    other = await made(other_client, "/v1/partners", {"name": "Ayşe Öteki", "email": ADDRESS})
    await browser.open("/p/login")
    await browser.send("/p/login", email=ADDRESS)
    text = await browser.send("/p/code", code=await mailed_code(owner))
    assert text.count('name="partner_id"') == 2
    text = await browser.send("/p/code", partner_id=other["id"])
    assert "Ayşe Öteki · Other brand" in text


async def test_an_invitation_works_once(browser: Browser, known: Json, inviting: Inviting) -> None:
    path = await inviting(known["id"])
    assert "Brand sizi davet ediyor" in await browser.open(path)
    assert browser.last.headers["referrer-policy"] == "no-referrer"
    await browser.send(path)
    assert browser.last.url.path == "/p/me"
    assert "Bu davet kullanılmış" in await browser.open(path)
    await browser.open("/p/join/unknown", 404)


async def test_mails_lead_to_the_page(client: httpx.AsyncClient, known: Json, owner: Connection) -> None:
    await made(client, f"/v1/partners/{known['id']}/invite", {})
    text = await owner.fetchval("select body::text from outbox order by id desc limit 1")
    assert re.search(r"http://[^/]+/p/join/\w{40}", text)


async def test_forms_of_other_sites(
    browsers: Callable[[], Browser], known: Json, inviting: Inviting, owner: Connection
) -> None:
    mine, theirs = browsers(), browsers()
    path = await inviting(known["id"])
    await mine.open(path)
    proof = re.search(r'name="csrf" value="(\w+)"', await theirs.open("/p/login"))
    assert proof is not None
    # Without a proof, and with that of another browser (who would log a victim in as themselves).
    for fields in ({}, {"csrf": "x"}, {"csrf": "ş"}, {"csrf": proof[1]}):
        answer = await mine.http.post(path, data=fields, headers={"Accept-Language": "en"})
        assert answer.status_code == 403
        assert "The form was not accepted" in answer.text
        assert answer.headers["content-type"].startswith("text/html")
    # A form from before the log-in is none of the session's.
    before = re.search(r'name="csrf" value="(\w+)"', await mine.open(path))
    assert before is not None
    await mine.send(path)
    for form in ("settings", "terms", "links", "account", "switch"):
        answer = await mine.http.post(f"/p/me/{form}", data={"csrf": before[1]})
        assert answer.status_code == 403, form
    assert (await mine.http.post("/p/logout", data={"csrf": before[1]})).status_code == 403
    assert await owner.fetchval("select count(*) from partner_sessions where revoked_at is null") == 1


@pytest.mark.parametrize(
    ("query", "accepted", "expected"),
    [
        ("", "en-GB,en;q=0.9", "en"),
        ("", "tr,en;q=0.5", "tr"),
        ("?lang=en", "tr", "en"),
        ("?lang=x", "de", "tr"),
    ],
)
async def test_languages(browser: Browser, query: str, accepted: str, expected: str) -> None:
    text = await browser.open("/p/login" + query, **{"Accept-Language": accepted})
    assert f'<html lang="{expected}">' in text


async def test_errors_are_pages(browser: Browser) -> None:
    for path in ("/p/prg_x", "/p/a/b", "/p/a/b/c", "/p/join/x"):
        assert "<h1>" in await browser.open(path, 404), path
        assert browser.last.headers["content-type"].startswith("text/html"), path


async def test_guessing_is_stopped(browser: Browser, known: Json, owner: Connection) -> None:
    await browser.open("/p/login")
    await browser.send("/p/login", email=ADDRESS)
    statuses = []
    for number in range(17):
        proof = re.search(r'name="csrf" value="(\w+)"', browser.last.text)
        fields = {"code": f"{number:08}", "csrf": proof[1] if proof else ""}
        statuses.append((await browser.http.post("/p/code", data=fields)).status_code)
    assert statuses[-1] == 429
    answer = await browser.http.post("/p/code", data=fields)
    assert "Çok fazla istek" in answer.text
    assert "retry-after" in answer.headers
