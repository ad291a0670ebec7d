"""An advocate who is erased stands nowhere any more: every column of every table is looked through."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
import pytest

from service.conversions.customers import email_key, external_key
from service.kit.db import Connection

CONSENT = {"at": "2026-11-01T10:00:00+03:00", "text": "v1"}
TERMS = {
    "joining": {"members": ["customer"], "ways": ["api"]},
    "rewards": [
        {"name": "points", "trigger": "first_purchase", "kind": "points", "points": 100, "hold_days": 0},
        {
            "name": "hello",
            "trigger": "first_purchase",
            "kind": "points",
            "side": "friend",
            "points": 50,
            "hold_days": 0,
        },
        {"name": "reviews", "trigger": "review", "kind": "points", "points": 5, "hold_days": 0},
        {
            "name": "credit",
            "trigger": "first_purchase",
            "kind": "credit",
            "money": {"amount": 700, "currency": "TRY"},
            "hold_days": 0,
        },
    ],
}
NAME, EMAIL = "Zülfikar Unutulmazer", "zulfikar.unutulmazer@elci.example"
# In the ways in which something of them could be spelled.
WORDS = ("unutulmazer", "zülfikar", "zulfikar")
Drain = Callable[[], Awaitable[None]]
# table.column -> why a keyed hash of an address stays.
LAWFUL = {"consents.address_key": "nobody may write to them because they were forgotten"}

COLUMNS = """
    select c.table_name, c.column_name from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
        and c.data_type in ('text', 'character varying', 'jsonb', 'json', 'bytea', 'ARRAY')
    order by 1, 2
"""


async def ok(answer: httpx.Response) -> Any:
    assert answer.is_success, answer.text
    return answer.json()


async def everything(owner: Connection, words: tuple[str, ...], keys: dict[str, bytes]) -> set[str]:
    """table.column of whatever holds one of the words in any case, or one of the hashes."""
    found = set()
    hexes = [key.hex() for key in keys.values()]
    for table, column in await owner.fetch(COLUMNS):
        rows = await owner.fetch(f'select distinct lower("{column}"::text) from "{table}"')
        texts = [row[0] for row in rows if row[0] is not None]
        if any(word in text for text in texts for word in (*words, *hexes)):
            found.add(f"{table}.{column}")
    return found


async def join(client: httpx.AsyncClient, program: str, **more: Any) -> Any:
    body = {"program_id": program, "consent": CONSENT, **more}
    return await ok(await client.post("/v1/advocates", json=body))


async def buy(client: httpx.AsyncClient, drain: Drain, customer: Any, n: str, **more: Any) -> Any:
    body = {
        "external_id": n,
        "kind": "sale",
        "amount": {"amount": 10_000, "currency": "TRY"},
        "customer": customer,
        "occurred_at": "2026-11-20T10:00:00Z",
        **more,
    }
    made = await ok(await client.post("/v1/conversions", json=body))
    await drain()
    return made


async def totals(client: httpx.AsyncClient, owner: Connection, program: str) -> Any:
    """What must not change: counts of referrals, sums of rewards, of the books and of reports."""
    referrals = (await ok(await client.get("/v1/referrals", params={"program_id": program})))["data"]
    rewards = (await ok(await client.get("/v1/rewards", params={"program_id": program})))["data"]
    spent = (await ok(await client.get("/v1/rewards/redemptions")))["data"]
    promises = await ok(await client.get("/v1/rewards/obligations", params={"program_id": program}))
    books = await owner.fetch(
        "select kind, currency, sum(balance)::bigint from ledger_accounts group by 1, 2"
    )
    check = await ok(await client.get("/v1/ledger/check"))
    return (
        sorted((each["state"], each["purchases"]) for each in referrals),
        sorted((each["rule"], each["status"], each["amount"]["amount"]) for each in rewards),
        sorted((each["amount"]["amount"], each["amount"]["currency"]) for each in spent),
        promises["data"],
        sorted(map(tuple, books)),
        check["ok"],
    )


@pytest.fixture
async def program(client: httpx.AsyncClient) -> str:
    await ok(await client.patch("/v1/workspace", json={"destination_hosts": ["shop.example"]}))
    made = await ok(await client.post("/v1/programs", json={"name": "Savunucular", "kind": "advocacy"}))
    await ok(await client.post(f"/v1/programs/{made['id']}/advocacy-terms", json={"terms": TERMS}))
    return str(made["id"])


async def a_whole_life(client: httpx.AsyncClient, drain: Drain, program: str) -> Any:
    """They join, are brought by Ayşe, bring Can, do things, redeem, are asked, answer, stand on the board."""
    await join(client, program, name="Ayşe", email="ayse@elci.example", code="AYSE10")
    they = {"external_id": "unutulmazer-1", "email": "Zulfikar.Unutulmazer+shop@elci.example"}
    await buy(client, drain, they, "1", coupon="AYSE10")
    own = CONSENT | {"text": "unutulmazer-v1"}
    link = {"url": "https://shop.example/kahve"}
    theirs = await join(
        client, program, name=NAME, email=EMAIL, board_name="Unutulmazer", consent=own, code="BIR10", **link
    )
    partner = theirs["partner_id"]
    patch = {"title": "Unutulmazer'in bağlantısı", "sub1": "unutulmazer"}
    await ok(await client.patch(f"/v1/links/{theirs['link_id']}", json=patch))
    await ok(await client.patch(f"/v1/partners/{partner}", json={"group": "unutulmazer"}))
    await ok(await client.post(f"/v1/partners/{partner}/invite", json={"email": EMAIL, "language": "tr"}))
    await buy(client, drain, {"email": "can@elci.example"}, "2", coupon="BIR10")
    deed = {"kind": "review", "external_id": "unutulmazer-review"}
    await ok(await client.post(f"/v1/advocates/{theirs['id']}/deeds", json=deed))
    spend = {
        "advocate_id": theirs["id"],
        "external_id": "unutulmazer-checkout",
        "amount": {"amount": 20, "currency": "points"},
    }
    await ok(await client.post("/v1/rewards/redeem", json=spend))
    rewards = (await ok(await client.get("/v1/rewards", params={"advocate_id": theirs["id"]})))["data"]
    credit = next(each for each in rewards if each["kind"] == "credit")
    held = {"status": "on_hold", "reason": "Unutulmazer called"}
    await ok(await client.patch(f"/v1/rewards/{credit['id']}", json=held))
    (own,) = (await ok(await client.get("/v1/referrals", params={"advocate_id": theirs["id"]})))["data"]
    decision = {"status": "released", "reason": "Zülfikar knows them"}
    await ok(await client.patch(f"/v1/referrals/{own['id']}", json=decision))
    await _asked(client, they)
    pool = await ok(await client.post("/v1/voucher-pools", json={"name": "Kahve", "kind": "product"}))
    await ok(await client.post(f"/v1/voucher-pools/{pool['id']}/codes", content=b"KAHVE-1\n"))
    given = {"reference": they["external_id"]}
    await ok(await client.post(f"/v1/voucher-pools/{pool['id']}/give", json=given))
    return theirs


async def _asked(client: httpx.AsyncClient, they: Any) -> None:
    for channel, address in (("email", EMAIL), ("sms", "+905321112233")):
        consent = {
            "channel": channel,
            "address": address,
            "status": "given",
            "source": "HS_WEB",
            "occurred_at": "2026-11-02T10:00:00Z",
            "external_id": they["external_id"],
            "text_version": "v1",
        }
        await ok(await client.post("/v1/consents", json=consent))
    survey = await ok(await client.post("/v1/nps", json={"name": "Kasım", "language": "tr", "days": 30}))
    invites = {"invites": [{"email": EMAIL, "segment": "vip"}], "send": True}
    sent = await ok(await client.post(f"/v1/nps/{survey['id']}/invites", json=invites))
    page = httpx.URL(sent["results"][0]["url"]).path
    answer = {"score": "9", "comment": "Ben Zülfikar Unutulmazer"}
    assert (await client.post(page, data=answer)).status_code == 200


async def test_an_erased_advocate_stands_nowhere(
    client: httpx.AsyncClient, drain: Drain, program: str, owner: Connection
) -> None:
    keys = known_by(await owner.fetchval("select workspace_id from programs limit 1"))
    theirs = await a_whole_life(client, drain, program)
    before = await totals(client, owner, program)
    there = await everything(owner, WORDS, keys)
    assert there >= {"partners.name", "advocate_keys.key", "referral_keys.key", "nps_answers.comment"}
    assert there >= {"outbox.subject", "links.title", "redemptions.external_id", "vouchers.reference"}
    erased = await ok(await client.post("/v1/customers/erase", json={"email": EMAIL}))
    assert erased == {"known": True, "conversions": 1}
    assert await everything(owner, WORDS, keys) == set(LAWFUL), there
    assert await totals(client, owner, program) == before
    await nobody_is_shown(client, program, theirs)
    await nothing_is_earned(client, drain, theirs)
    for named in ({"email": EMAIL}, {"external_id": "unutulmazer-1"}):
        again = await ok(await client.post("/v1/customers/erase", json=named))
        assert again == {"known": False, "conversions": 0}


async def nobody_is_shown(client: httpx.AsyncClient, program: str, theirs: Any) -> None:
    found = await ok(await client.get(f"/v1/advocates/{theirs['id']}"))
    assert (found["name"], found["board_name"], found["status"]) == ("-", None, "left")
    assert (found["qualified"], found["erased_at"] is None) == (1, False)
    board = await client.get("/v1/advocates/leaderboard", params={"program_id": program})
    assert board.json() == []
    for path in ("/v1/advocates", "/v1/advocates?status=left", "/v1/advocates.csv"):
        assert theirs["id"] not in (await client.get(path)).text
    files = ("advocates", "referrals", "rewards", "rewards/redemptions", "rewards/obligations", "consents")
    for path in files:
        text = (await client.get(f"/v1/{path}.csv")).text.casefold()
        assert not any(word in text for word in WORDS), path


async def nothing_is_earned(client: httpx.AsyncClient, drain: Drain, theirs: Any) -> None:
    """Their link leads on, as nobody's; their code credits nobody, and nothing is redeemed or changed."""
    link = await ok(await client.get(f"/v1/links/{theirs['link_id']}"))
    assert (link["status"], link["partner_id"]) == ("active", None)
    assert link["url"] == "https://shop.example/kahve"
    late = {"occurred_at": datetime.now(UTC).isoformat(), "coupon": "BIR10"}
    coupon = await ok(await client.get(f"/v1/coupons/{theirs['coupon_id']}"))
    assert (coupon["code"], coupon["status"]) == ("-", "archived")
    before = (await ok(await client.get("/v1/referrals")))["data"]
    made = await buy(client, drain, {"email": "late@elci.example"}, "3", **late)
    credited = await ok(await client.get(f"/v1/conversions/{made['id']}"))
    assert credited["partner_id"] is None
    assert (await ok(await client.get("/v1/referrals")))["data"] == before
    spend = {
        "advocate_id": theirs["id"],
        "external_id": "x",
        "amount": {"amount": 1, "currency": "points"},
    }
    assert (await client.post("/v1/rewards/redeem", json=spend)).status_code == 409
    path = f"/v1/advocates/{theirs['id']}"
    assert (await client.patch(path, json={"board_name": "x", "status": "active"})).status_code == 409


async def test_an_erased_friend_is_nobodys_friend(
    client: httpx.AsyncClient, drain: Drain, program: str, owner: Connection
) -> None:
    """Bought by one address, joined by another with the shop's id: one of them is enough."""
    ayse = await join(client, program, name="Ayşe", email="ayse@elci.example", code="AYSE10")
    await buy(client, drain, {"external_id": "7", "email": "can@elci.example"}, "1", coupon="AYSE10")
    more = {"external_id": "7", "email": "unutulmazer@elci.example"}
    can = await join(client, program, name="Unutulmazer", **more)
    before = await totals(client, owner, program)
    await ok(await client.post("/v1/customers/erase", json={"email": "unutulmazer@elci.example"}))
    for table in ("customer_keys", "referral_keys"):
        assert await owner.fetchval(f"select count(*) from {table}") == 0
    assert await owner.fetchval("select count(*) from advocate_keys") == 1
    assert (await ok(await client.get(f"/v1/advocates/{can['id']}")))["name"] == "-"
    assert (await ok(await client.get(f"/v1/advocates/{ayse['id']}")))["name"] == "Ayşe"
    assert await totals(client, owner, program) == before


async def test_a_number_that_two_share_stays_the_others(client: httpx.AsyncClient, owner: Connection) -> None:
    for who in ("1", "2"):
        consent = {
            "channel": "sms",
            "address": "+905321112233",
            "status": "given",
            "source": "HS_WEB",
            "occurred_at": f"2026-11-0{who}T10:00:00Z",
            "external_id": who,
        }
        await ok(await client.post("/v1/consents", json=consent))
    await ok(await client.post("/v1/customers/erase", json={"external_id": "1"}))
    kept = await owner.fetch("select status, person_key is null from consents order by occurred_at")
    assert [tuple(row) for row in kept] == [("given", False), ("withdrawn", True)]


def known_by(workspace: UUID) -> dict[str, bytes]:
    found = {"email": email_key(workspace, EMAIL), "external": external_key(workspace, "", "unutulmazer-1")}
    return {name: key for name, key in found.items() if key is not None}
