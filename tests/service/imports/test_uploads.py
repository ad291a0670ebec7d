"""How a body comes in: streamed, bounded, and gone without a trace where it is broken off."""

import asyncio

import pytest
from msgspec.structs import replace

from service.imports.actions import CHUNK
from tests.service.imports.conftest import ROWS

FORM = {"Content-Type": "multipart/form-data; boundary=b"}


async def _left(owner):
    tables = ("imports", "import_chunks", "jobs", "pgqueuer")
    return [await owner.fetchval(f"select count(*) from {table}") for table in tables]


@pytest.mark.parametrize("size", [1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK + 7])
async def test_bytes_are_kept_in_chunks_until_the_import(send, owner, size):
    content = (b"0123456789" * (size // 10 + 1))[:size]
    answer = await send(content)
    assert answer.json()["bytes"] == size
    rows = await owner.fetch("select position, data from import_chunks order by position")
    assert [row[0] for row in rows] == list(range(-(-size // CHUNK)))
    assert b"".join(row[1] for row in rows) == content


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({}, b""),
        (FORM, b""),
        (FORM, b"no form"),
        (FORM, b'--b\r\nContent-Disposition: form-data; name="x"\r\n\r\nfield\r\n--b--\r\n'),
        (FORM, b'--b\r\nContent-Disposition: form-data; name="x"; filename="a"\r\n\r\nhalf a fi'),
        ({"Content-Type": "multipart/form-data"}, b"--b\r\n"),
    ],
)
async def test_bodies_that_are_none_leave_nothing(client, owner, headers, body):
    answer = await client.post("/v1/imports?kind=influencers", content=body, headers=headers)
    assert answer.status_code == 400
    assert await _left(owner) == [0, 0, 0, 0]


async def test_a_body_that_is_too_large_leaves_nothing(client, app, owner, monkeypatch):
    monkeypatch.setattr(app.state, "settings", replace(app.state.settings, max_upload=3 * CHUNK))

    async def body():
        for _ in range(4):
            yield bytes(CHUNK)

    answer = await client.post("/v1/imports?kind=influencers", content=body())
    assert (answer.status_code, answer.json()["limit"]) == (413, 3 * CHUNK)
    assert await _left(owner) == [0, 0, 0, 0]


async def test_a_body_may_be_larger_than_others(client, template):
    answer = await client.post("/v1/imports?kind=influencers", content=b"x" * (template.max_body + 1))
    assert answer.status_code == 202


async def test_an_upload_that_breaks_off_leaves_nothing(app, client, owner):
    """Seen red without the removal: the import and two chunks stay."""
    arriving = iter(
        [
            {"type": "http.request", "body": bytes(2 * CHUNK + 1), "more_body": True},
            {"type": "http.disconnect"},
        ]
    )
    answered = []

    async def receive():
        return next(arriving)

    async def answer(message):
        answered.append(message)

    key = client.headers["Authorization"].encode()
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/v1/imports",
        "raw_path": b"/v1/imports",
        "query_string": b"kind=influencers",
        "root_path": "",
        "headers": [(b"host", b"elci.test"), (b"authorization", key)],
        "server": ("elci.test", 80),
        "client": ("127.0.0.1", 1),
        "state": {},
    }
    await app(scope, receive, answer)
    assert answered[0]["status"] == 400
    assert await _left(owner) == [0, 0, 0, 0]


async def test_an_upload_that_is_cancelled_leaves_nothing(send, owner):
    arrived = asyncio.Event()

    async def body():
        yield bytes(CHUNK)
        yield b"x"
        arrived.set()
        await asyncio.sleep(60)

    sending = asyncio.create_task(send(body()))
    await arrived.wait()
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    assert await _left(owner) == [0, 0, 0, 0]


async def test_uploads_share_the_pool(send, template):
    """More uploads at once than connections: none holds one while it waits for its client."""

    async def slow():
        for piece in (ROWS[:5], ROWS[5:20], ROWS[20:]):
            yield piece
            await asyncio.sleep(0.1)

    answers = await asyncio.gather(*(send(slow()) for _ in range(template.pool_size * 2)))
    assert {answer.status_code for answer in answers} == {202}


async def test_twice_with_one_idempotency_key_is_one_import(client, drain):
    answers = [
        await client.post("/v1/imports?kind=influencers", content=ROWS, headers={"Idempotency-Key": "k"})
        for _ in range(2)
    ]
    assert answers[0].json() == answers[1].json()
    assert len((await client.get("/v1/imports")).json()["data"]) == 1


async def test_a_failed_upload_with_a_key_leaves_nothing(client, owner):
    answer = await client.post("/v1/imports?kind=influencers", content=b"", headers={"Idempotency-Key": "k"})
    assert answer.status_code == 400
    assert await _left(owner) == [0, 0, 0, 0]


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\u202etxt.csv", "x" * 255, "Eylül – liste.csv"])
async def test_file_names_are_made_safe(send, name):
    answer = await send(filename=name)
    assert answer.status_code == 202
    shown = answer.json()["filename"]
    assert "/" not in shown
    assert "\u202e" not in shown


async def test_same_bytes_at_once_agree_on_who_was_first(send, owner):
    answers = await asyncio.gather(*(send() for _ in range(6)))
    assert {answer.status_code for answer in answers} == {202}
    assert await owner.fetchval("select count(distinct first_seen_at) from imports") == 1


async def test_what_a_killed_server_left_is_swept(send, owner, settings, database):
    from service.imports.jobs import sweep

    await send()
    await owner.execute("""
        insert into imports (workspace_id, id, kind, options, created_by, created_at)
        select workspace_id, gen_random_uuid(), kind, options, created_by, created_at - interval '7 hours'
        from imports
    """)
    await sweep(settings, database)
    assert await owner.fetchval("select count(*) from imports") == 1
    assert await owner.fetchval("select count(*) from import_chunks") == 1
    await owner.execute("update jobs set status = 'failed', finished_at = now()")
    await sweep(settings, database)
    assert await owner.fetchval("select count(*) from import_chunks") == 0


async def test_what_was_quoted_is_forgotten_after_a_month(take, owner, settings, database):
    from service.imports.jobs import sweep

    await take(ROWS + b"broken,many\n", dry_run="true")
    await sweep(settings, database)
    assert await owner.fetchval("select count(*) from import_rejects where value = 'many'") == 1
    await owner.execute("update imports set created_at = created_at - interval '31 days'")
    await sweep(settings, database)
    assert await owner.fetchval("select count(value) from import_rejects") == 0
    assert await owner.fetchval("select sample from imports") == []
