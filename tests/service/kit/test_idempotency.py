"""Idempotency-Key: one effect and one answer (RELIABILITY A1-A4), also when a worker dies in the middle."""

import asyncio
import contextlib
import hashlib
import os
import random
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import msgspec
import pytest

from service.kit import idempotency, ids, jobs
from service.kit.idempotency import body as bodies
from service.kit.idempotency import key as keys
from service.kit.idempotency import middleware
from service.kit.idempotency.problems import BadKey
from tests.service.kit import idempotent_app
from tests.service.kit.idempotent_app import make_app

ROOT = Path(__file__).parents[3]


@pytest.fixture
def workspace():
    return ids.new()


@pytest.fixture
async def effects(owner):
    """The table that the handlers write into, one row an effect."""
    await owner.execute("create table things (workspace_id uuid, id uuid primary key, name text)")
    await owner.execute("grant all on things to public")

    async def count():
        return await owner.fetchval("select count(*) from things")

    return count


def client(app, workspace, **headers):
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    return httpx.AsyncClient(
        transport=transport, base_url="http://t", headers={"x-workspace": str(workspace), **headers}
    )


@pytest.fixture
async def http(settings, database, workspace, effects):
    async with client(make_app(settings, database), workspace) as made:
        yield made


async def post(http, key="k1", path="/v1/things", **given):
    body = given or {"json": {"name": "a"}}
    headers = {"Idempotency-Key": key, **body.pop("headers", {})}
    return await http.post(path, headers=headers, **body)


async def test_a_repeated_request_has_one_effect_and_one_answer(http, effects):
    first, second = await post(http), await post(http)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert first.headers["location"] == second.headers["location"]
    assert "idempotency-replayed" not in first.headers
    assert second.headers["idempotency-replayed"] == "true"
    assert first.headers["idempotency-expires"] == second.headers["idempotency-expires"]
    assert await effects() == 1


async def test_without_a_key_every_request_counts(http, effects):
    for _ in range(2):
        await http.post("/v1/things", json={"name": "a"})
    assert await effects() == 2


async def test_a_key_on_a_get_is_ignored(http):
    answer = await http.get("/v1/things", headers={"Idempotency-Key": "k1"})
    assert (answer.status_code, "idempotency-expires" in answer.headers) == (200, False)


async def test_50_at_once_have_one_effect(http, effects):
    """A1. Seen red with a key that no second request shares: 50 effects."""
    answers = await asyncio.gather(*(post(http) for _ in range(50)))
    codes = {answer.status_code for answer in answers}
    assert codes <= {201, 409, 503}
    made = {answer.content for answer in answers if answer.status_code == 201}
    assert len(made) == 1
    assert await effects() == 1
    for answer in answers:
        if answer.status_code == 409:
            assert answer.json()["type"] == "/problems/idempotency-key-in-use"
            assert answer.headers["retry-after"] == "1"
    assert (await post(http)).content in made


async def test_the_second_is_told_that_the_first_still_runs(http, effects):
    """Seen red without the lock: it waits for the first, with a connection in hand."""
    slow = asyncio.create_task(post(http, json={"name": "a", "wait_s": 0.5}))
    await asyncio.sleep(0.2)
    early = await post(http, json={"name": "a", "wait_s": 0.5})
    assert early.status_code == 409
    assert (await slow).status_code == 201
    assert (await post(http, json={"name": "a", "wait_s": 0.5})).headers["idempotency-replayed"] == "true"
    assert await effects() == 1


class TestBodies:
    """A2: another body is a mistake of the caller, another spelling of the same JSON is not."""

    @pytest.mark.parametrize(
        ("content", "same"),
        [
            (b'{"name":"a","size":{"x":1,"y":2}}', True),
            (b'{ "size" : {"y":2,\n"x":1}, "name":"a" }', True),
            (b'{"name":"\\u0061","size":{"x":1,"y":2}}', True),
            (b'{"name":"b","size":{"x":1,"y":2}}', False),
            (b'{"name":"a","size":{"x":2,"y":2}}', False),
            (b'{"name":"a"}', False),
            (b'{"name":"a","size":[1,2]}', False),
        ],
    )
    async def test_json(self, http, effects, content, same):
        given = {"headers": {"Content-Type": "application/json"}}
        await post(http, content=b'{"name":"a","size":{"x":1,"y":2}}', **given)
        answer = await post(http, content=content, **given)
        assert answer.status_code == (201 if same else 422)
        if not same:
            assert answer.json()["type"] == "/problems/idempotency-key-reused"
        assert await effects() == 1

    async def test_the_order_of_a_list_counts(self, http, effects):
        await post(http, json={"name": "a", "size": [1, 2]})
        assert (await post(http, json={"name": "a", "size": [2, 1]})).status_code == 422

    async def test_the_query_counts(self, http, effects):
        await post(http, path="/v1/files?kind=a", content=b"x")
        assert (await post(http, path="/v1/files?kind=b", content=b"x")).status_code == 422

    async def test_a_stream_is_compared_without_being_held(self, http, effects, monkeypatch):
        """What the middleware holds at any moment is less than a kilobyte of the 64 MB."""
        held = []
        original = bodies.Body._take

        def spy(self, chunk):
            original(self, chunk)
            held.append(len(self._tail) + len(self._json or b""))

        monkeypatch.setattr(bodies.Body, "_take", spy)

        async def stream(last=b"end"):
            for _ in range(64):
                yield b"x" * 1024 * 1024
            yield last

        given = {"path": "/v1/files", "headers": {"Content-Type": "text/csv"}}
        first = await post(http, content=stream(), **given)
        assert first.json() == 64 * 1024 * 1024 + 3
        again = await post(http, content=stream(), **given)
        assert again.headers["idempotency-replayed"] == "true"
        assert (await post(http, content=stream(b"END"), **given)).status_code == 422
        assert max(held) < 1024
        assert await effects() == 1

    async def test_a_long_json_is_not_held_either(self, http, effects):
        text = b"[" + b",".join([b"1"] * 1_000_000) + b"]"
        given = {"path": "/v1/files", "headers": {"Content-Type": "application/json"}}
        await post(http, content=text, **given)
        assert (await post(http, content=text, **given)).status_code == 201
        assert (await post(http, content=text.replace(b"1,1", b"1, 1"), **given)).status_code == 422

    async def test_a_form_that_is_sent_again_has_a_new_boundary(self, http, effects):
        def form(content, boundary):
            head = 'Content-Disposition: form-data; name="file"; filename="a"'
            return {
                "content": f"--{boundary}\r\n{head}\r\n\r\n{content}\r\n--{boundary}--\r\n".encode(),
                "headers": {"Content-Type": f"multipart/form-data; boundary={boundary}"},
            }

        await post(http, path="/v1/files", **form("a,b", "x1f3"))
        again = await post(http, path="/v1/files", **form("a,b", "77aa"))
        assert again.headers["idempotency-replayed"] == "true"
        assert (await post(http, path="/v1/files", **form("a,c", "77ab"))).status_code == 422

    async def test_a_body_that_the_handler_does_not_read_counts_too(self, http, effects):
        await post(http, path="/v1/deaf", content=b"a" * 100_000)
        again = await post(http, path="/v1/deaf", content=b"a" * 100_000)
        assert again.headers["idempotency-replayed"] == "true"
        assert (await post(http, path="/v1/deaf", content=b"b" * 100_000)).status_code == 422

    async def test_deep_json_is_no_error_of_ours(self, http, effects):
        answer = await post(http, content=b"[" * 2000, headers={"Content-Type": "application/json"})
        assert answer.status_code == 400


def fingerprint(chunks, kind=b"text/csv"):
    queue = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    queue.append({"type": "http.request", "body": b"", "more_body": False})

    async def receive():
        return queue.pop(0)

    body = bodies.Body({"headers": [(b"content-type", kind)], "query_string": b""}, receive, 10**9)
    return asyncio.run(body.fingerprint())


@pytest.mark.parametrize("kind", [b"text/csv", b"application/json", b"multipart/form-data; boundary=abab"])
def test_the_cut_of_the_chunks_does_not_matter(kind):
    text = b'--abab\r\n\r\n{"a": [1, 2, "ab"]}\r\n--abab--\r\n'
    rng = random.Random(7)
    seen = set()
    for _ in range(200):
        cuts = sorted(rng.sample(range(1, len(text)), 6))
        seen.add(fingerprint([text[a:b] for a, b in zip([0, *cuts], [*cuts, None], strict=True)], kind))
    assert len(seen) == 1


class TestScope:
    """A3: the same key elsewhere is another key, and shows nothing of the first."""

    async def test_another_endpoint(self, http, effects):
        await post(http)
        other = await post(http, path="/v1/others")
        assert (other.status_code, "idempotency-replayed" in other.headers) == (201, False)
        assert await effects() == 2

    async def test_another_workspace(self, http, settings, database, effects):
        mine = await post(http)
        async with client(make_app(settings, database), ids.new()) as other:
            theirs = await post(other)
        assert theirs.status_code == 201
        assert theirs.json()["id"] != mine.json()["id"]
        assert "idempotency-replayed" not in theirs.headers

    async def test_another_caller(self, http, settings, database, workspace, effects):
        await post(http)
        async with client(make_app(settings, database), workspace, **{"x-actor": "2"}) as other:
            assert "idempotency-replayed" not in (await post(other)).headers
        assert await effects() == 2

    async def test_nobody(self, settings, database, effects):
        async with client(make_app(settings, database), ids.new()) as other:
            del other.headers["x-workspace"]
            answer = await post(other, path="/v1/things")
        assert answer.status_code >= 400


class TestFailures:
    async def test_a_failed_request_leaves_nothing_and_may_be_repeated(self, http, effects, owner):
        for _ in range(2):
            answer = await post(http, path="/v1/failures")
            assert answer.json()["detail"] == "not after all"
        assert await effects() == 0
        assert await owner.fetchval("select count(*) from idempotency_keys") == 0

    async def test_a_body_that_is_no_json(self, http, effects):
        given = {"headers": {"Content-Type": "application/json"}}
        assert (await post(http, content=b"{", **given)).status_code == 400
        assert (await post(http, content=b'{"name": "a"}', **given)).status_code == 201

    async def test_a_commit_that_fails_is_an_error_and_no_effect(self, http, effects, owner):
        """The answer is held back until the commit."""
        await owner.execute("""
            create function refuse() returns trigger language plpgsql as $$ begin raise 'no'; end $$;
            create constraint trigger late after insert on things deferrable initially deferred
                for each row execute function refuse()
        """)
        refused = await post(http)
        assert (refused.status_code, refused.json()["type"]) == (500, "/problems/internal-error")
        assert await effects() == 0
        await owner.execute("drop trigger late on things")
        assert (await post(http)).status_code == 201

    async def test_a_lost_database_is_503_and_no_effect(self, http, effects, database):
        slow = asyncio.create_task(post(http, json={"name": "a", "wait_s": 0.4}))
        await asyncio.sleep(0.2)
        await database.app.execute(
            """select pg_terminate_backend(pid) from pg_stat_activity where usename = current_user
               and state = 'idle in transaction' and datname = current_database()"""
        )
        assert (await slow).status_code == 503
        assert await effects() == 0
        assert (await post(http, json={"name": "a", "wait_s": 0.4})).status_code == 201
        assert await effects() == 1

    @pytest.mark.parametrize("key", ["", "x" * 256, "a b", "çay", '"open', 'a"b"', '""'])
    async def test_a_key_that_is_none(self, http, effects, key):
        headers = [("Idempotency-Key", key.encode())]
        answer = await http.post("/v1/things", headers=headers, json={"name": "a"})
        assert (answer.status_code, answer.json()["type"]) == (400, "/problems/bad-idempotency-key")
        assert await effects() == 0

    def test_two_keys_are_none(self):
        with pytest.raises(BadKey):
            keys.read([b"a", b"b"])

    @pytest.mark.parametrize(
        ("given", "read"), [(b'"a b"', "a b"), (b"  k ", "k"), (b'"a\\"b\\\\"', 'a"b\\')]
    )
    def test_keys_are_bare_or_quoted(self, given, read):
        assert keys.read([given]) == read


class TestStorage:
    async def test_a_secret_that_is_shown_once_is_not_stored_in_clear(self, http, effects, owner, workspace):
        answer = await post(http)
        secret = answer.json()["secret"].encode()
        row = await owner.fetchrow("select * from idempotency_keys")
        assert secret not in row["answer"]
        assert b"sk_canary" not in row["answer"]
        assert hashlib.sha256(b"k1").digest() not in bytes(row["digest"])

    async def test_a_key_lives_a_day(self, http, effects, owner, settings, database):
        first = await post(http)
        await owner.execute("update idempotency_keys set expires_at = elci_now() + interval '1 second'")
        await jobs.run_scheduled(settings, database, "kit.purge")
        assert (await post(http)).content == first.content
        await owner.execute("update idempotency_keys set expires_at = elci_now()")
        again = await post(http)
        assert again.content != first.content
        assert (await post(http)).content == again.content
        assert await effects() == 2
        await owner.execute("update idempotency_keys set expires_at = elci_now()")
        await jobs.run_scheduled(settings, database, "kit.purge")
        assert await owner.fetchval("select count(*) from idempotency_keys") == 0

    async def test_after_an_erasure_the_answer_is_gone_and_the_effect_stays_one(
        self, http, effects, database, workspace
    ):
        await post(http)
        async with database.transaction(workspace) as db:
            await idempotency.forget(db, workspace)
        again = await post(http)
        assert (again.status_code, again.json()["type"]) == (409, "/problems/idempotent-answer-gone")
        assert await effects() == 1

    async def test_after_a_change_of_the_secret_key_too(self, http, settings, database, workspace, effects):
        await post(http)
        changed = msgspec.structs.replace(settings, secret_key="n" * 40)
        async with client(make_app(changed, database), workspace) as later:
            assert (await post(later)).status_code == 409


def test_a_vanished_host_does_not_lock_its_key_for_a_minute():
    """A4: the server ends a transaction whose client said nothing for so long."""
    assert middleware.IDLE_TIMEOUT == "50s"


class Served:
    """The application as a process of its own."""

    def __init__(self, settings):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        env = {
            "DATABASE_URL": settings.database_url,
            "ELCI_APP_DATABASE_URL": settings.app_database_url,
            "ELCI_SEARCH_DATABASE_URL": settings.search_database_url,
            "ELCI_HOME": str(settings.home),
        }
        self.process = subprocess.Popen(
            [sys.executable, idempotent_app.__file__, str(self.port), *(f"{k}={v}" for k, v in env.items())],
            env={"PYTHONPATH": os.pathsep.join([*(p for p in sys.path if p), str(ROOT)])},
        )

    @contextlib.asynccontextmanager
    async def client(self, workspace):
        url = f"http://127.0.0.1:{self.port}"
        async with httpx.AsyncClient(base_url=url, headers={"x-workspace": str(workspace)}) as http:
            for _ in range(200):
                with contextlib.suppress(httpx.TransportError):
                    await http.get("/v1/things")
                    break
                await asyncio.sleep(0.1)
            yield http

    def kill(self):
        self.process.kill()
        self.process.wait()


async def test_a_worker_is_killed_in_the_middle_of_a_request(settings, workspace, effects):
    """A4. Red if key and work are two transactions: the key stays "running", or the effect is there twice."""
    first, second = Served(settings), Served(settings)
    body = {"json": {"name": "a", "wait_s": 30.0}}
    try:
        async with first.client(workspace) as dying, second.client(workspace) as living:
            lost = asyncio.create_task(post(dying, **body))
            await asyncio.sleep(0.5)
            assert (await post(living, **body)).status_code == 409
            first.kill()
            with pytest.raises(httpx.TransportError):
                await lost
            killed = time.monotonic()
            short = {"json": {"name": "a"}}
            for _ in range(100):
                await asyncio.sleep(0.1)
                answer = await post(living, **short)
                if answer.status_code != 409:
                    break
            assert answer.status_code == 201
            assert time.monotonic() - killed < 10
            assert (await post(living, **short)).content == answer.content
            assert await effects() == 1
    finally:
        first.kill()
        second.kill()


async def test_two_workers_and_forty_keys(settings, workspace, effects):
    """A1 between processes: whoever is asked, each key has one effect and no answer is 5xx."""
    served = [Served(settings), Served(settings)]
    try:
        async with served[0].client(workspace) as one, served[1].client(workspace) as two:
            for number in range(0, 40, 4):
                asked = [
                    post(http, key=f"k{number + step}", json={"name": f"n{number + step}"})
                    for http in (one, two)
                    for step in range(4)
                    for _ in range(3)
                ]
                codes = {answer.status_code for answer in await asyncio.gather(*asked)}
                assert codes <= {201, 409}
        assert await effects() == 40
    finally:
        for each in served:
            each.kill()
