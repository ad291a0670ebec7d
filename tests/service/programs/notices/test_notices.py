"""Notices: of changed terms, to whom they concern, once; and the link that ends them."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from decimal import Decimal
from email import message_from_bytes
from email.policy import default
from urllib.parse import urlsplit

import httpx
import pytest

from service.kit import jobs
from service.kit.db import Connection, Database
from service.programs.notices.concern import concerns
from service.programs.terms import Hold, Override, Rule, Terms
from service.settings import Settings
from tests.service.discovery.api import Json, made
from tests.service.programs.conftest import apply, waiting

AsPartner = Callable[[str], Awaitable[httpx.AsyncClient]]
NOW = datetime(2026, 11, 25, tzinfo=UTC)
TEN = Rule("sale", rate=Decimal("0.1"))
VIP = Rule("sale", rate=Decimal("0.2"), groups=["vip"])


@pytest.mark.parametrize(
    ("before", "after", "group", "concerned"),
    [
        pytest.param(Terms([TEN]), Terms([TEN]), None, False, id="nothing"),
        pytest.param(Terms([TEN]), Terms([VIP, TEN]), None, False, id="a rate of others"),
        pytest.param(Terms([TEN]), Terms([VIP, TEN]), "VIP", True, id="a rate of one's group"),
        pytest.param(Terms([TEN]), Terms([TEN], hold=Hold(days=30)), None, True, id="the hold"),
        pytest.param(
            Terms([Rule("sale", rate=Decimal("0.2"), partner_ids=["prt_1"])]),
            Terms([Rule("sale", rate=Decimal("0.2"), partner_ids=["prt_1", "prt_2"])]),
            *(None, False),
            id="another partner gets the same",
        ),
        pytest.param(
            Terms(), Terms(overrides=[Override("prt_2", Decimal("0.1"))]), None, False, id="another agency"
        ),
    ],
)
def test_whom_terms_concern(before: Terms, after: Terms, group: str | None, concerned: bool) -> None:
    assert concerns(before, after, group, ["prt_1"], NOW) is concerned


async def run(settings: Settings, database: Database) -> None:
    """What is due within the hour, and then what it promised."""
    for _ in range(2):
        await jobs.run_queued(settings, database, ahead=True)
        await jobs.run_scheduled(settings, database, "programs.notices")


async def letters(settings: Settings) -> list[Json]:
    """The mails that left the house."""
    found = []
    for file in sorted((settings.home / "outbox").glob("*.eml")):
        mail = message_from_bytes(file.read_bytes(), policy=default)
        found.append({**dict(mail.items()), "text": mail.get_content()})
        file.unlink()
    return found


async def test_changed_terms_are_told_once_to_whom_they_concern(
    client: httpx.AsyncClient,
    anonymous: httpx.AsyncClient,
    program: Json,
    settings: Settings,
    database: Database,
) -> None:
    people = {"Ayşe": ("tr", None), "Can": ("en", "gizli"), "Efe": ("tr", None), "Gül": ("tr", None)}
    made_ = {}
    for name, (_, group) in people.items():
        mail = {"email": f"{len(name)}{ord(name[0])}@ortak.example"} if name != "Gül" else {}
        body = {"name": name, "program_id": program["id"], "group": group, **mail}
        made_[name] = await made(client, "/v1/partners", body)
    path = f"/v1/programs/{program['id']}"
    await letters(settings)
    # Two changes in a row: the second concerns only the group, and the first stands behind it.
    rules = [{"kind": "sale", "rate": "0.40", "groups": ["gizli"]}, {"kind": "sale", "rate": "0.10"}]
    await client.patch(path, json={"rules": rules})
    await run(settings, database)
    (only,) = await letters(settings)
    assert only["To"] == made_["Can"]["email"]
    await client.patch(path, json={"hold": {"days": 30}, "valid_from": "2090-01-01T00:00:00Z"})
    await run(settings, database)
    told = {each["To"]: each for each in await letters(settings)}
    assert set(told) == {made_[name]["email"] for name in ("Ayşe", "Can", "Efe")}
    text = told[made_["Ayşe"]["email"]]["text"]
    assert "01.01.2090 03:00 ve sonrasında" in text
    assert "sürüm 3" in text
    await run(settings, database)
    assert await letters(settings) == []
    # One of them wants no more of these; the mailbox's own button is enough.
    mail = told[made_["Ayşe"]["email"]]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = urlsplit(mail["List-Unsubscribe"].strip("<>")).path
    assert link in text
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    stopped = await anonymous.post(link, content="List-Unsubscribe=One-Click", headers=form)
    assert (stopped.status_code, "artık gönderilmeyecek" in stopped.text) == (200, True)
    await client.patch(path, json={"hold": {"days": 5}})
    await run(settings, database)
    assert {each["To"] for each in await letters(settings)} == {
        made_[name]["email"] for name in ("Can", "Efe")
    }


async def test_the_link_needs_no_log_in_and_looking_changes_nothing(
    client: httpx.AsyncClient,
    anonymous: httpx.AsyncClient,
    site: httpx.AsyncClient,
    program: Json,
    owner: Connection,
    as_partner: AsPartner,
) -> None:
    await apply(site, program, language="en")
    (application,) = await waiting(client)
    await client.post(f"/v1/applications/{application['id']}/approve", json={})
    body = await owner.fetchval("select body from outbox where topic = 'mail'")
    link = urlsplit(body["unsubscribe"]).path
    partner_id = (await waiting(client))[0]["partner_id"]
    partner = await as_partner(partner_id)

    async def wanted() -> bool:
        return bool((await partner.get("/v1/partner/me")).json()["notices"]["application_decided"])

    seen = await anonymous.get(link, params={"utm_source": "mail"})
    assert (seen.status_code, seen.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "script" not in seen.text
    assert "default-src 'none'" in seen.headers["Content-Security-Policy"]
    assert await wanted()
    assert "get this notice any more" in (await anonymous.post(link, data={"wanted": "no"})).text
    assert not await wanted()
    assert "You get this notice" in (await anonymous.post(link, data={"wanted": "yes"})).text
    assert await wanted()
    for broken in (link[:-1] + ("A" if link[-1] != "A" else "B"), "/unsubscribe/x", link + "AAAA"):
        assert (await anonymous.post(broken)).status_code == 404
    await client.delete(f"/v1/partners/{partner_id}")
    assert (await anonymous.get(link)).status_code == 200


async def test_an_applicant_who_is_no_partner_can_end_it(
    client: httpx.AsyncClient,
    anonymous: httpx.AsyncClient,
    site: httpx.AsyncClient,
    program: Json,
    owner: Connection,
) -> None:
    for n in range(2):
        await apply(site, program)
        (application,) = await waiting(client, status="open")
        await client.post(f"/v1/applications/{application['id']}/reject", json={"reason": "x"})
        if n == 0:
            body = await owner.fetchval("select body from outbox where topic = 'mail'")
            assert (await anonymous.post(urlsplit(body["unsubscribe"]).path)).status_code == 200
    assert await owner.fetchval("select count(*) from outbox where topic = 'mail'") == 1
    assert b"ayse" not in await owner.fetchval("select address from notice_optouts")
