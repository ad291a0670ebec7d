"""Partners see themselves: a walk through every operation of the partner's view, as the document lists them.

Two partners of one brand and one of another brand have everything that a partner can have. Each operation of
the document is tried by the first with whatever ids the others' own view, and their brands, show; and no
answer holds a word or an id of another partner, of a customer, or of the brand's own notes. An operation that
is new is walked as well; where it needs a body, BODIES has to give one.
"""

import asyncio
import re
import sys
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, NamedTuple

import httpx
import pytest
from litestar import Litestar

from service.kit import ids, openapi
from service.kit.db import Connection, Database
from service.ledger import settling
from tests.service.ledger.bookkeeping import target

AsPartner = Callable[[str], Awaitable[httpx.AsyncClient]]
ID = re.compile(r"\b([a-z]{2,3})_[0-9a-hjkmnp-tv-z]{26}\b")

# Valid bodies: an operation that needs one is tried with it, `{word}` being the partner's own canary.
BODIES: dict[str, Any] = {
    "accept_own_terms": {"terms_version": 1},
    "change_own_link": {"title": "{word}"},
    "change_partner_me": {"language": "tr"},
    "create_own_claim": {
        "kind": "untracked_sale",
        "text": "{word}",
        "order_number": "{word}",
        "ordered_on": "2026-11-02",
        "amount": {"amount": 5, "currency": "TRY"},
    },
    "create_own_link": {"url": "https://shop.example/{word}", "title": "{word}", "sub1": "{word}"},
    "change_own_postback": {"name": "{word}"},
    "create_own_postback": {"url": "https://93.184.215.14/{word}", "events": ["conversion.created"]},
    "change_own_advocate": {"board_name": "{word}"},
    "redeem_own_reward": {"reward_id": "{rwd}"},
    "create_partner_key": {"name": "{word}"},
    "create_partner_ticket": {"path": "/v1/partner/me"},
    "put_own_payout_account": {"iban": "TR33 0006 1005 1978 6457 8413 26", "payee": "{word}"},
    "upload_claim_evidence": "{word}",
    "switch_partner": {"partner_id": "{prt}"},
}
# What somebody does to their own session alone; `switch_partner` answers as a wrong code does (D18).
NO_404 = {"switch_partner"}
# Words that nobody but the brand may read; the others' words come with each partner.
BRAND_WORDS = ("markanın-notu", "gizli-grup", "musteri@gizli.example", "Müşteri Gizli", "0.3719", "37.19")
# Notes of the brand's that stand in a row of the partner's own; no operation shows them.
BESIDE = {("payouts", "markanın-notu"), ("referrals", "markanın-notu")}
# What a partner's answers never have a field for.
NEVER = {
    *("notes", "group", "groups", "influencer_id", "customer", "customer_id", "customer_email", "buyer"),
    *("partner_ids", "email_key", "payer_email", "ip", "address_hash", "device", "user_agent"),
    *("merged_into", "findings", "scores", "details"),
}


class Who(NamedTuple):
    """A partner with their client, their word, and what their own view and their brand show of them."""

    partner_id: str
    client: httpx.AsyncClient
    word: str
    brand: httpx.AsyncClient
    reward_id: str


def operations(app: Litestar) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in openapi.document(app)["paths"].items():
        for method, operation in item.items():
            if operation.get("x-scope") == "partner":
                yield path, method, operation


async def made(client: httpx.AsyncClient, path: str, body: Any) -> dict[str, Any]:
    answer = await client.post(path, json=body)
    assert answer.status_code in (200, 201, 202), f"{path}: {answer.text}"
    found: dict[str, Any] = answer.json()
    return found


async def filled(
    brand: httpx.AsyncClient, database: Database, as_partner: AsPartner, word: str, number: int
) -> Who:
    """A partner with a program, a link, a coupon, an order, commissions, a colleague, a key."""
    mail = f"{word}@ortak.example"
    notes = {"name": f"{word} profil", "notes": "markanın-notu", "tags": ["markanın-notu"]}
    influencer = await made(brand, "/v1/influencers", notes)
    program = await made(brand, "/v1/programs", {"name": f"{word} program", "kind": "advocacy"})
    partner, reward_id = await _advocate(brand, program["id"], influencer["id"], word)
    grouped = {"group": "gizli-grup", "email": mail}
    assert (await brand.patch(f"/v1/partners/{partner['id']}", json=grouped)).status_code == 200
    # A rate of its own for each, by name and by group: what one gets is not the other's to know.
    own = {"kind": "sale", "rate": f"0.1{number}", "partner_ids": [partner["id"]]}
    others = {"kind": "sale", "rate": "0.3719", "groups": ["baska-grup"]}
    ruled = await brand.patch(f"/v1/programs/{program['id']}", json={"rules": [own, others]})
    assert ruled.status_code == 200, ruled.text
    await brand.patch("/v1/workspace", json={"destination_hosts": ["shop.example"]})
    link = {"url": "https://shop.example/", "title": word, "partner_id": partner["id"]}
    await made(brand, "/v1/links", link)
    await made(brand, "/v1/coupons", {"code": f"KOD{number}", "partner_id": partner["id"]})
    order = {
        "external_id": f"order-{number}",
        "amount": {"amount": 10000, "currency": "TRY"},
        "coupon": f"KOD{number}",
        "customer": {"email": "musteri@gizli.example", "name": "Müşteri Gizli"},
    }
    taken = await brand.post("/v1/conversions", json=order)
    if taken.status_code == 400:
        order["customer"] = {"email": "musteri@gizli.example"}
        taken = await brand.post("/v1/conversions", json=order)
    assert taken.status_code in (200, 201), taken.text
    await _earned(brand, database, partner["id"], word)
    paid = {"amount": 50, "currency": "TRY"}
    note = {"partner_id": partner["id"], "amount": paid, "reference": f"{word}-ref", "note": "markanın-notu"}
    note["advance"] = True
    await made(brand, "/v1/payouts/outside", note)
    await made(brand, f"/v1/partners/{partner['id']}/invite", {"email": f"{word}-iki@ortak.example"})
    return Who(partner["id"], await as_partner(partner["id"]), word, brand, reward_id)


async def _advocate(
    brand: httpx.AsyncClient, program_id: str, influencer_id: str, word: str
) -> tuple[dict[str, Any], str]:
    """A partner who is an advocate with a page to invite to, a friend on the way, and a discount."""
    rule = {"name": "off", "trigger": "review", "kind": "discount", "rate": "0.1", "hold_days": 0}
    await made(brand, f"/v1/programs/{program_id}/advocacy-terms", {"terms": {"rewards": [rule]}})
    assert (await brand.put(f"/v1/programs/{program_id}/join-page", json={})).status_code == 200
    body = {"program_id": program_id, "consent": {"at": "2026-01-01T00:00:00Z", "text": word}}
    body |= {"name": word, "influencer_id": influencer_id}
    advocate = await made(brand, "/v1/advocates", body)
    await made(brand, f"/v1/advocates/{advocate['id']}/deeds", {"kind": "review", "external_id": word})
    invited = {"channel": "email", "email": "musteri@gizli.example"}
    referral = await made(brand, "/v1/referrals", invited | {"advocate_id": advocate["id"]})
    held = {"status": "held", "reason": "markanın-notu"}
    assert (await brand.patch(f"/v1/referrals/{referral['id']}", json=held)).status_code == 200
    (reward,) = (await brand.get(f"/v1/rewards?advocate_id={advocate['id']}")).json()["data"]
    return {"id": advocate["partner_id"]}, reward["id"]


async def _earned(brand: httpx.AsyncClient, database: Database, partner_id: str, word: str) -> None:
    workspace_id = ids.read("ws", (await brand.get("/v1/me")).json()["workspace"]["id"])
    wanted = [target(ids.read("prt", partner_id), 100, rule={"text": {"en": word, "tr": word}})]
    async with database.transaction(workspace_id) as db:
        await settling.settle(db, workspace_id, ids.new(), wanted, word)


def body_of(operation: dict[str, Any], who: Who, **ids_by_prefix: str) -> Any:
    if "requestBody" not in operation:
        return None
    name = operation["operationId"]
    assert name in BODIES, f"give a valid body for {name} in BODIES"
    return _worded(
        BODIES[name], {"word": who.word, "prt": who.partner_id, "rwd": who.reward_id, **ids_by_prefix}
    )


def _worded(value: Any, words: dict[str, str]) -> Any:
    if isinstance(value, str):
        return re.sub(r"\{(\w+)\}", lambda found: words.get(found[1], found[0]), value)
    if isinstance(value, dict):
        return {name: _worded(each, words) for name, each in value.items()}
    return [_worded(each, words) for each in value] if isinstance(value, list) else value


async def call(client: httpx.AsyncClient, method: str, path: str, body: Any = None) -> httpx.Response:
    async with asyncio.timeout(20):
        return await client.request(method, path, json=body)


async def seen(app: Litestar, who: Who) -> dict[str, str]:
    """What a partner reads of themselves, by operation."""
    found = {}
    for path, method, operation in operations(app):
        if method == "get" and "{" not in path:
            answer = await call(who.client, method, path)
            assert answer.status_code == 200, f"{path}: {answer.text[:300]}"
            found[operation["operationId"]] = answer.text
    return found


async def acted(app: Litestar, who: Who) -> None:
    """Everything that a partner can make, once."""
    for path, method, operation in operations(app):
        if method in ("post", "put") and "{" not in path:
            answer = await call(who.client, method, path, body_of(operation, who))
            assert answer.status_code < 300, f"{operation['operationId']}: {answer.text[:300]}"


def names_of(texts: dict[str, str]) -> set[str]:
    return {found[0] for text in texts.values() for found in ID.finditer(text)}


@pytest.fixture(autouse=True)
def short_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is live goes on for minutes."""
    for name, module in list(sys.modules.items()):
        if name.startswith("service.partner") and hasattr(module, "LIVE_FOR_S"):
            monkeypatch.setattr(module, "LIVE_FOR_S", 0.05)
            monkeypatch.setattr(module, "LOOK_EVERY_S", 0.1)


@pytest.fixture
async def three(
    app: Litestar,
    client: httpx.AsyncClient,
    other_client: httpx.AsyncClient,
    database: Database,
    as_partner: AsPartner,
) -> list[Who]:
    """The one who asks, another partner of the same brand, and one of another brand."""
    found = [
        await filled(client, database, as_partner, "zumrut", 1),
        await filled(client, database, as_partner, "anka", 2),
        await filled(other_client, database, as_partner, "hüma", 3),
    ]
    for who in found:
        await acted(app, who)
    return found


@pytest.fixture
async def theirs(app: Litestar, three: list[Who]) -> set[str]:
    """Ids that the others see of themselves and their brands list, which the first doesn't see."""
    mine = names_of(await seen(app, three[0])) | {three[0].partner_id}
    found: set[str] = set()
    for who in three[1:]:
        found |= names_of(await seen(app, who))
        for kind in ("links", "coupons", "conversions", "commissions", "programs", "holds", "payouts"):
            listed = (await who.brand.get(f"/v1/{kind}")).json()["data"]
            found |= names_of({"": str([one for one in listed if three[0].partner_id not in str(one)])})
    return {one for one in found - mine if not one.startswith(("ws_", "req_"))}


async def test_ids_of_others_are_unknown(app: Litestar, three: list[Who], theirs: set[str]) -> None:
    me, others = three[0], three[1:]
    before = [names_of(await seen(app, who)) for who in others]
    for path, method, operation in operations(app):
        if "{" not in path:
            continue
        for known in sorted(theirs):
            answer = await call(me.client, method, re.sub(r"\{\w+\}", known, path), body_of(operation, me))
            nobody = re.sub(r"\{\w+\}", unknown := ids.show(known.split("_")[0], ids.new()), path)
            nothing = await call(me.client, method, nobody, body_of(operation, me))
            assert answer.status_code == 404, f"{operation['operationId']} {known}: {answer.text[:300]}"
            told, expected = answer.json(), nothing.json()
            for each in (told, expected):
                each.pop("instance", None)
                each.pop("request_id", None)
            assert str(told).replace(known, "ID") == str(expected).replace(unknown, "ID"), path
    assert [names_of(await seen(app, who)) for who in others] == before


async def test_one_s_own_ids_are_known(app: Litestar, three: list[Who]) -> None:
    """The walk above would pass an operation that knows no id at all."""
    me = three[0]
    mine = names_of(await seen(app, me))
    for path, method, operation in operations(app):
        if method == "get" and "{" in path:
            answers = [await call(me.client, method, re.sub(r"\{\w+\}", one, path)) for one in sorted(mine)]
            assert any(answer.status_code == 200 for answer in answers), operation["operationId"]


async def test_ids_of_others_in_questions_find_nothing(
    app: Litestar, three: list[Who], theirs: set[str]
) -> None:
    """Filters by another's id answer as filters by an id that nobody has."""
    me = three[0]
    for path, method, operation in operations(app):
        asked = [each["name"] for each in operation.get("parameters", []) if each["in"] == "query"]
        for name in asked:
            if "{" in path or method != "get" or not re.search(r"(_id|^ids?|_ids)$", name):
                continue
            for known in sorted(theirs):
                unknown = ids.show(known.split("_")[0], ids.new())
                told = await call(me.client, method, f"{path}?{name}={known}")
                nothing = await call(me.client, method, f"{path}?{name}={unknown}")
                assert told.status_code == nothing.status_code, f"{path}?{name}={known}"
                if told.status_code == 200:
                    assert told.text == nothing.text, f"{path}?{name}={known}"


async def test_ids_of_others_in_bodies_are_unknown(app: Litestar, three: list[Who], theirs: set[str]) -> None:
    me = three[0]
    schemas = openapi.document(app)["components"]["schemas"]
    for path, method, operation in operations(app):
        if "requestBody" not in operation or "{" in path:
            continue
        for field in _id_fields(operation, schemas):
            for known in sorted(theirs):
                told = await call(me.client, method, path, {**body_of(operation, me), field: known})
                expected = {400, 404} | ({401} if operation["operationId"] in NO_404 else set())
                assert told.status_code in expected, f"{operation['operationId']} {field}: {told.text[:300]}"
                unknown = ids.show(known.split("_")[0], ids.new())
                nothing = await call(me.client, method, path, {**body_of(operation, me), field: unknown})
                assert told.status_code == nothing.status_code, f"{operation['operationId']} {field}"


def _id_fields(operation: dict[str, Any], schemas: dict[str, Any]) -> list[str]:
    content = operation["requestBody"]["content"].get("application/json")
    if content is None:
        return []
    schema = content["schema"]
    schema = schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    return [name for name in schema.get("properties", {}) if name.endswith("_id")]


async def test_no_answer_holds_what_is_not_the_partner_s(
    app: Litestar, three: list[Who], theirs: set[str]
) -> None:
    me = three[0]
    texts = await seen(app, me)
    mine = names_of(texts)
    for path, method, operation in operations(app):
        if method == "get" and "{" in path:
            for one in sorted(mine):
                answer = await call(me.client, method, re.sub(r"\{\w+\}", one, path))
                texts[f"{operation['operationId']} {one}"] = answer.text
    words = [*BRAND_WORDS, *(who.word for who in three[1:]), *theirs]
    for name, text in texts.items():
        found = [word for word in words if word in text]
        assert not found, f"{name}: {found}"


async def test_no_answer_has_a_field_for_it(app: Litestar) -> None:
    document = openapi.document(app)
    schemas = document["components"]["schemas"]
    for _, _, operation in operations(app):
        for status, response in operation["responses"].items():
            if status.startswith("2"):
                fields = set(_fields(response, schemas, set()))
                assert not fields & NEVER, f"{operation['operationId']}: {sorted(fields & NEVER)}"


def _fields(node: Any, schemas: dict[str, Any], known: set[str]) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from _fields(each, schemas, known)
    elif isinstance(node, dict):
        name = str(node.get("$ref", "")).rpartition("/")[2]
        if name and name not in known:
            known.add(name)
            yield from _fields(schemas[name], schemas, known)
        yield from node.get("properties", {})
        for each in node.values():
            yield from _fields(each, schemas, known)


async def test_every_table_behind_the_wall_is_the_partner_s(
    three: list[Who], database: Database, owner: Connection
) -> None:
    """Whatever an operation may come to read: there is no row of others' for it. Programs are read with the
    rates of all their partners; which of them is shown, the walk above sees."""
    me, others = three[0], three[1:]
    workspace_id = await owner.fetchval(
        "select workspace_id from partners where id = $1", ids.read("prt", me.partner_id)
    )
    tables = await owner.fetch("select tablename from pg_policies where policyname = 'partner_wall'")
    words = [who.word for who in others] + [str(ids.read("prt", who.partner_id)) for who in others]
    words += ["musteri@gizli.example", "Müşteri Gizli", "markanın-notu"]
    async with database.transaction(workspace_id, ids.read("prt", me.partner_id)) as db:
        for (table,) in tables:
            rows = await db.fetch(f"select t::text from {table} t")
            asked = [word for word in words if (table, word) not in BESIDE]
            found = [word for word in asked for (row,) in rows if word in row]
            assert not found, f"{table}: {found}"


async def test_brands_operations_are_not_the_partner_s(app: Litestar, three: list[Who]) -> None:
    """By their session and by their key (D7)."""
    me = three[0]
    key = (await made(me.client, "/v1/partner/api-keys", {"name": "panel"}))["secret"]
    by_key = {"Authorization": f"Bearer {key}"}
    for path, item in openapi.document(app)["paths"].items():
        for method, operation in item.items():
            if operation.get("security") == [{}] or operation.get("x-scope") == "partner":
                continue
            there = re.sub(r"\{\w+\}", me.partner_id, path)
            for headers in ({}, by_key):
                answer = await me.client.request(method, there, headers=headers)
                assert answer.status_code == 403, f"{operation['operationId']}: {answer.status_code}"
