"""Pools of vouchers: filled by file, given once, used once."""

import asyncio
import csv
from collections import Counter
from io import StringIO
from typing import Any

import httpx
import pytest

from service.advocacy.vouchers import intake, jobs, sealing, store
from service.advocacy.vouchers.giving import actions as giving
from service.advocacy.vouchers.giving import store as giving_store
from service.advocacy.vouchers.problems import PoolEmpty, VoucherVoid
from service.kit import ids
from service.kit.db import Connection, Database
from service.kit.jobs import run_queued, run_scheduled
from service.settings import Settings

Json = dict[str, Any]
POOL: Json = {"name": "Yaz", "kind": "gift_card", "value": {"amount": 5_000, "currency": "TRY"}}


async def made(client: httpx.AsyncClient, codes: list[str] = [], **fields: Any) -> Json:  # noqa: B006
    answer = await client.post("/v1/voucher-pools", json=POOL | fields)
    assert answer.status_code == 201, answer.text
    pool: Json = answer.json()
    if codes:
        await fill(client, pool, codes)
    return pool


async def fill(client: httpx.AsyncClient, pool: Json, codes: list[str], **query: Any) -> Json:
    path = f"/v1/voucher-pools/{pool['id']}/codes"
    answer = await client.post(path, content="\n".join(codes).encode(), params=query)
    assert answer.status_code == 200, answer.text
    told: Json = answer.json()
    return told


async def give(client: httpx.AsyncClient, pool: Json, reference: str) -> httpx.Response:
    """The answer; on a busy machine one that had no connection in time asks again, as it is told to."""
    for _ in range(100):
        answer = await client.post(f"/v1/voucher-pools/{pool['id']}/give", json={"reference": reference})
        if answer.status_code != 503:
            break
    return answer


async def counts(client: httpx.AsyncClient, pool: Json) -> Json:
    shown: Json = (await client.get(f"/v1/voucher-pools/{pool['id']}")).json()
    return {name: n for name, n in shown["counts"].items() if n}


def some(n: int) -> list[str]:
    return [f"YAZ-{at:04}-K7" for at in range(n)]


async def test_two_hundred_at_once_get_a_hundred(client: httpx.AsyncClient, database: Database) -> None:
    pool = await made(client, some(100))
    answers = await asyncio.gather(*(give(client, pool, f"t-{at}") for at in range(200)))
    assert Counter(answer.status_code for answer in answers) == {201: 100, 409: 100}
    given = [answer.json()["code"] for answer in answers if answer.status_code == 201]
    assert sorted(given) == some(100)
    refusals = [answer.json() for answer in answers if answer.status_code == 409]
    assert {(one["type"], one["pool_id"], one["free"]) for one in refusals} == {
        ("/problems/voucher-pool-empty", pool["id"], 0)
    }
    assert await counts(client, pool) == {"given": 100}


async def test_looking_first_and_writing_then_gives_a_code_twice(
    client: httpx.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the test above would see without the lock: the same race, lost."""

    async def looked(db: Connection, workspace_id: Any, pool_id: Any) -> Any:
        row = await db.fetchrow(
            "select id from vouchers where workspace_id = $1 and pool_id = $2 and status = 'free' limit 1",
            workspace_id,
            pool_id,
        )
        await asyncio.sleep(0.01)
        return row and row[0]

    async def written(db: Connection, workspace_id: Any, voucher_id: Any, reward: Any, name: Any) -> Any:
        await db.execute(
            """update vouchers set status = 'given', reference = $3, given_at = elci_now()
               where workspace_id = $1 and id = $2""",
            *(workspace_id, voucher_id, name),
        )
        return voucher_id

    monkeypatch.setattr(giving_store, "next_free", looked)
    monkeypatch.setattr(giving_store, "hand_out", written)
    pool = await made(client, some(10))
    answers = await asyncio.gather(*(give(client, pool, f"t-{at}") for at in range(20)))
    given = [answer.json()["code"] for answer in answers if answer.status_code == 201]
    assert len(set(given)) < len(given)


async def test_the_same_reference_at_once_gets_one_code(client: httpx.AsyncClient) -> None:
    pool = await made(client, some(1))
    answers = await asyncio.gather(*(give(client, pool, "t-1") for _ in range(20)))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 200: 19}
    assert {answer.json()["code"] for answer in answers} == set(some(1))
    assert [answer.json()["repeated"] for answer in answers].count(False) == 1


async def test_a_reward_has_one_code_of_whatever_pool(client: httpx.AsyncClient, database: Database) -> None:
    first, second = await made(client, ["AAAA-1"]), await made(client, ["BBBB-1"])
    workspace, reward = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"]), ids.new()
    pools = [ids.read("vpl", pool["id"]) for pool in (first, second)]

    async def ask(pool_id: Any) -> str:
        async with database.transaction(workspace) as db:
            return (await giving.give(db, workspace, pool_id, reward)).code

    found = await asyncio.gather(*(ask(pool_id) for pool_id in pools * 4))
    assert len(set(found)) == 1
    assert Counter([*(await counts(client, first)), *(await counts(client, second))]) == {
        "given": 1,
        "free": 1,
    }
    async with database.transaction(workspace) as db:
        row = await giving.withdraw(db, workspace, reward, "refunded")
        assert row is not None
        assert (row.status, row.void_reason) == ("void", "refunded")
        assert await giving.withdraw(db, workspace, ids.new(), "refunded") is None
        with pytest.raises(VoucherVoid):
            await giving.give(db, workspace, pools[0], reward)


async def test_who_comes_last_waits_for_a_code_that_is_given_back(
    client: httpx.AsyncClient, database: Database
) -> None:
    pool = await made(client, some(1))
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    pool_id = ids.read("vpl", pool["id"])
    taken, free = asyncio.Event(), asyncio.Event()

    async def give_up() -> None:
        async with database.transaction(workspace) as db:
            await giving.give(db, workspace, pool_id, ids.new())
            taken.set()
            await free.wait()
            raise LookupError

    first = asyncio.create_task(give_up())
    await taken.wait()
    second = asyncio.create_task(give(client, pool, "t-2"))
    await asyncio.sleep(0.1)
    assert not second.done()
    free.set()
    with pytest.raises(LookupError):
        await first
    assert (await second).status_code == 201


async def test_an_empty_pool_leaves_the_transaction_usable(
    client: httpx.AsyncClient, database: Database
) -> None:
    pool = await made(client)
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    async with database.transaction(workspace) as db:
        with pytest.raises(PoolEmpty):
            await giving.give(db, workspace, ids.read("vpl", pool["id"]), ids.new())
        assert await db.fetchval("select 1") == 1


async def test_a_file_is_told_line_by_line(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient
) -> None:
    other = await made(client, ["ELSE-1"])
    pool = await made(client)
    file = [
        "Kod;not",
        "YAZ-0001;a",
        "",
        "yaz-0001",
        "A1",
        "X" * 65,
        "A B C D",
        "=CMD()",
        "ELSE-1",
        "YAZ-0002",
    ]
    dry = await fill(client, pool, file, dry_run=True)
    assert await counts(client, pool) == {}
    told = await fill(client, pool, file)
    assert told | {"dry_run": True} == dry
    assert {name: told[name] for name in ("read", "added", "duplicates", "rejected")} == {
        "read": 8,
        "added": 2,
        "duplicates": 2,
        "rejected": 4,
    }
    assert [(one["row"], one["reason"]) for one in told["problems"]] == [
        (4, "twice_in_file"),
        (5, "too_short"),
        (6, "too_long"),
        (7, "bad_character"),
        (8, "bad_character"),
        (9, "in_another_pool"),
    ]
    again = await fill(client, pool, file)
    assert (again["added"], again["duplicates"]) == (0, 4)
    theirs = await made(other_client)
    assert (await fill(other_client, theirs, file))["added"] == 3
    assert await counts(client, other) == {"free": 1}


async def test_forms_and_what_is_no_text(client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    pool = await made(client)
    path = f"/v1/voucher-pools/{pool['id']}/codes"
    answer = await client.post(path, files={"file": ("codes.csv", "code\nABCD-1\n".encode("utf-16"))})
    assert answer.json()["added"] == 1
    for body in (b"", b"\n \n", b"PK\x03\x04\x00\x00", b"\xff\x00\xff"):
        answer = await client.post(path, content=body)
        assert (answer.status_code, answer.json()["type"]) == (400, "/problems/unreadable-codes"), body
    monkeypatch.setattr(intake, "MOST_CODES", 100)
    assert (await client.post(path, content="\n".join(some(101)).encode())).status_code == 413
    assert (await fill(client, pool, some(100)))["added"] == 100
    assert (await client.post("/v1/voucher-pools/vpl_x/codes", content=b"ABCD")).status_code == 404


async def test_codes_are_sealed_and_masked(client: httpx.AsyncClient, owner: Connection) -> None:
    pool = await made(client, ["SECRET-7788-ABCD"])
    rows = await owner.fetch("select * from vouchers")
    assert not any(word in repr(dict(rows[0])) for word in ("SECRET", "7788"))
    path = f"/v1/voucher-pools/{pool['id']}/codes"
    listed = await client.get(path)
    assert [one["code"] for one in listed.json()["data"]] == ["••••ABCD"]
    found = (await client.get(path, params={"code": "secret-7788-abcd"})).json()["data"]
    assert len(found) == 1
    assert (await client.get(path, params={"code": "SECRET"})).json()["data"] == []
    sheet = await client.get(path + ".csv")
    (line,) = csv.DictReader(StringIO(sheet.text.removeprefix("\ufeff")))
    assert (line["code"], line["status"], line["id"]) == ("••••ABCD", "free", found[0]["id"])
    assert "SECRET" not in listed.text + sheet.text


async def test_a_shop_reports_a_code_again_and_again(client: httpx.AsyncClient) -> None:
    pool = await made(client, some(2))
    code = (await give(client, pool, "t-1")).json()["code"]
    body = {"code": code.lower(), "order": "100245"}
    answers = await asyncio.gather(*(client.post("/v1/vouchers/redemptions", json=body) for _ in range(5)))
    assert [answer.status_code for answer in answers] == [200] * 5
    assert [answer.json()["repeated"] for answer in answers].count(False) == 1
    used = await client.post("/v1/vouchers/redemptions", json=body | {"order": "100246"})
    assert (used.status_code, used.json()["type"]) == (409, "/problems/voucher-used")
    stray = await client.post("/v1/vouchers/redemptions", json={"code": some(2)[1], "order": "7"})
    assert stray.json()["was_given"] is False
    assert (await give(client, pool, "t-2")).json()["type"] == "/problems/voucher-pool-empty"
    assert await counts(client, pool) == {"redeemed": 2}
    unknown = await client.post("/v1/vouchers/redemptions", json={"code": "NOBODYS", "order": "7"})
    assert unknown.status_code == 404
    late = {"code": code, "order": "7", "redeemed_at": "2099-01-01T00:00:00Z"}
    assert (await client.post("/v1/vouchers/redemptions", json=late)).status_code == 400


async def test_void_and_replaced(client: httpx.AsyncClient) -> None:
    pool = await made(client, some(4))
    first = (await give(client, pool, "t-1")).json()
    path = f"/v1/vouchers/{first['id']}"
    newer = await client.post(f"{path}/replace", json={"reason": "not known to the shop"})
    assert newer.status_code == 201, newer.text
    again = await client.post(f"{path}/replace", json={"reason": "not known to the shop"})
    assert (again.status_code, again.json()["code"]) == (200, newer.json()["code"])
    assert (await give(client, pool, "t-1")).json()["code"] == newer.json()["code"] != first["code"]
    old = (await client.get(path)).json()
    assert (old["status"], old["replaced_by"]) == ("void", newer.json()["id"])
    used = await client.post("/v1/vouchers/redemptions", json={"code": first["code"], "order": "7"})
    assert used.json()["type"] == "/problems/voucher-void"
    for _ in range(2):
        answer = await client.post(f"/v1/vouchers/{newer.json()['id']}/void", json={"reason": "leaked"})
        assert answer.json()["void_reason"] == "leaked"
    assert (await give(client, pool, "t-1")).json()["type"] == "/problems/voucher-void"
    all_free = f"/v1/voucher-pools/{pool['id']}/void"
    dry = await client.post(all_free, json={"reason": "leaked", "dry_run": True})
    assert dry.json() == {"voided": 2, "dry_run": True}
    free = (await client.get(f"/v1/voucher-pools/{pool['id']}/codes", params={"status": "free"})).json()[
        "data"
    ]
    nobody = await client.post(f"/v1/vouchers/{free[0]['id']}/replace", json={"reason": "x"})
    assert nobody.json()["type"] == "/problems/voucher-not-given"
    assert (await client.post(all_free, json={"reason": "leaked"})).json()["voided"] == 2
    assert await counts(client, pool) == {"void": 4}


async def test_past_its_end_nothing_is_given_or_used(client: httpx.AsyncClient, owner: Connection) -> None:
    pool = await made(client, some(2), expires_at="2099-01-01T00:00:00Z")
    code = (await give(client, pool, "t-1")).json()["code"]
    await owner.execute("update voucher_pools set expires_at = elci_now() - interval '1 hour'")
    assert await counts(client, pool) == {"expired": 2}
    late = await give(client, pool, "t-2")
    assert (late.status_code, late.json()["pool_status"]) == (409, "expired")
    assert (await give(client, pool, "t-1")).json()["code"] == code
    body = {"code": code, "order": "7"}
    assert (await client.post("/v1/vouchers/redemptions", json=body)).json()[
        "type"
    ] == "/problems/voucher-expired"
    in_time = body | {"redeemed_at": "2026-01-01T00:00:00Z"}
    assert (await client.post("/v1/vouchers/redemptions", json=in_time)).status_code == 200


async def test_pools_are_changed_closed_and_listed(client: httpx.AsyncClient) -> None:
    pool = await made(client, some(1), low_stock=3)
    path = f"/v1/voucher-pools/{pool['id']}"
    shown = await client.patch(path, json={"name": "Kış", "closed": True}, headers={"If-Match": '"1"'})
    assert (shown.json()["name"], shown.json()["status"]) == ("Kış", "closed")
    assert (await client.patch(path, json={}, headers={"If-Match": '"1"'})).status_code == 412
    assert (await give(client, pool, "t-1")).json()["type"] == "/problems/voucher-pool-closed"
    newer = await made(client, kind="discount", value=None, rate=0.1)
    for query, found in (("", [newer, pool]), ("?status=closed", [pool]), (f"?ids={newer['id']}", [newer])):
        data = (await client.get(f"/v1/voucher-pools{query}")).json()["data"]
        assert [one["id"] for one in data] == [one["id"] for one in found]
    page = (await client.get("/v1/voucher-pools?limit=1")).json()
    rest = (await client.get("/v1/voucher-pools", params={"cursor": page["next_cursor"]})).json()
    assert [one["id"] for one in rest["data"]] == [pool["id"]]
    opened = await client.patch(path, json={"closed": False})
    assert (opened.json()["status"], opened.json()["low"]) == ("open", True)


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"kind": "discount", "rate": 0.1}, "rate"),
        ({"kind": "discount", "value": None}, "value"),
        ({"value": None}, "value"),
        ({"kind": "product", "rate": 0.1}, "rate"),
        ({"value": {"amount": 5, "currency": "XQZ"}}, "value.currency"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "expires_at"),
        ({"recipients": ["a@b@c"]}, "recipients[0]"),
        ({"recipients": ["usr_x"]}, "recipients[0]"),
        ({"low_stock": -1}, "low_stock"),
    ],
)
async def test_what_no_pool_can_be(client: httpx.AsyncClient, body: Json, path: str) -> None:
    answer = await client.post("/v1/voucher-pools", json=POOL | body)
    assert answer.status_code == 400, answer.text
    assert [error["path"] for error in answer.json()["errors"]] == [path]


async def test_people_are_told_once_until_a_pool_is_filled(
    client: httpx.AsyncClient, owner: Connection, database: Database, settings: Settings
) -> None:
    pool = await made(client, some(3), low_stock=1, recipients=["ayse@elci.example", "AYSE@elci.example"])

    async def told() -> int:
        await run_scheduled(settings, database, jobs.LOOK)
        await run_queued(settings, database)
        found: int = await owner.fetchval("select count(*) from audit_log where action = 'voucher_pool.low'")
        return found

    assert await told() == 0
    for at in range(2):
        await give(client, pool, f"t-{at}")
    assert [await told(), await told()] == [1, 1]
    mails = list((settings.home / "outbox").glob("*.eml"))
    assert len([one for one in mails if pool["id"].encode() in one.read_bytes()]) == 1
    await fill(client, pool, ["MORE-1", "MORE-2"])
    assert await told() == 1
    await give(client, pool, "t-8")
    await give(client, pool, "t-9")
    assert await told() == 2


async def test_a_swapped_row_does_not_open(db: Connection) -> None:
    workspace, first, second = ids.new(), ids.new(), ids.new()
    sealer = sealing.Sealer(workspace)
    sealed = sealer.seal(first, "ABCD-1")
    assert sealer.opened(first, sealed) == "ABCD-1"
    with pytest.raises(ValueError, match="altered"):
        sealer.opened(second, sealed)
    assert sealing.code_key(workspace, " abcd-1 ") == sealing.code_key(workspace, "ABCD-1")
    assert sealing.code_key(ids.new(), "ABCD-1") != sealing.code_key(workspace, "ABCD-1")
    assert await store.found_codes(db, workspace, [sealing.code_key(workspace, "ABCD-1")]) == []
