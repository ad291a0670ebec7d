"""Rate limits: exact under concurrency, shared by processes, and never what makes a request fail."""

import asyncio
from contextlib import asynccontextmanager
from ipaddress import ip_network
from types import SimpleNamespace
from urllib.parse import quote

import httpx
import msgspec
import pytest
from litestar import Litestar, get
from litestar.datastructures import State

from service.kit import answers, ids, limits
from service.kit import db as kit_db
from service.kit.limits import middleware, taking
from service.kit.limits.policy import Policy, Standing
from service.settings import app_dsn, search_dsn

FIVE = Policy("five", quota=5, window_s=60)


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch):
    """A busy machine must not make the limiter give up; and no test remembers another's refusals."""
    monkeypatch.setattr(taking, "PATIENCE_S", 10.0)
    taking._refused.clear()


async def tries(database, number, policy=FIVE, subject="a"):
    standings = [await limits.check(database, policy, subject) for _ in range(number)]
    return [standing.allowed for standing in standings]


@asynccontextmanager
async def later(settings, offset):
    """The database with its clock moved on: elci_now() adds a setting that only tests make."""
    dsn = app_dsn(settings)
    moved = f"{dsn}{'&' if '?' in dsn else '?'}app.clock_offset={quote(offset)}"
    taking._refused.clear()
    async with kit_db.connect(moved, search_dsn(settings), settings) as database:
        yield database


async def test_the_quota_and_not_one_more(database):
    assert await tries(database, 7) == [True] * 5 + [False] * 2
    assert await tries(database, 1, subject="b") == [True]
    assert await tries(database, 1, policy=Policy("other", 5, 60)) == [True]


async def test_200_at_once_are_counted_exactly(database):
    """Seen red without the condition of the update, and with a read before the write."""
    policy = Policy("fifty", quota=50, window_s=3600)
    standings = await asyncio.gather(*(limits.check(database, policy, "a") for _ in range(200)))
    assert sum(standing.allowed for standing in standings) == 50


async def test_two_processes_share_one_limit(database, settings):
    async with kit_db.connect(app_dsn(settings), search_dsn(settings), settings) as other:
        assert await tries(database, 3) == [True] * 3
        assert await tries(other, 3) == [True, True, False]


@pytest.mark.parametrize(
    ("offset", "allowed"),
    [("11 seconds", 0), ("13 seconds", 1), ("37 seconds", 3), ("61 seconds", 5), ("1 day", 5)],
)
async def test_the_bucket_empties_evenly(database, settings, offset, allowed):
    await tries(database, 5)
    async with later(settings, offset) as moved:
        assert sum(await tries(moved, 6)) == allowed


async def test_a_refused_request_writes_nothing(database, owner):
    await tries(database, 5)
    before = await owner.fetchval("select full_at from rate_limits")
    for _ in range(3):
        taking._refused.clear()
        await tries(database, 1)
    assert await owner.fetchval("select full_at from rate_limits") == before


async def test_a_flood_is_refused_from_memory(database, monkeypatch):
    await tries(database, 6)

    async def fail(*args):
        raise AssertionError

    monkeypatch.setattr(taking, "_counted", fail)
    assert await tries(database, 3) == [False] * 3


async def test_the_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(taking, "_MOST_REMEMBERED", 3)
    for number in range(10):
        taking._remember(bytes([number]), Standing(FIVE, 60.0, False))
    assert len(taking._refused) <= 3


async def test_take_says_when_to_come_back(database):
    for _ in range(5):
        await limits.take(database, FIVE, "a")
    with pytest.raises(
        limits.taking.TooManyRequests if hasattr(limits.taking, "TooManyRequests") else Exception
    ) as refused:
        await limits.take(database, FIVE, "a")
    assert refused.value.headers_out == {
        "RateLimit-Policy": '"five";q=5;w=60',
        "RateLimit": '"five";r=0;t=60',
        "Retry-After": "12",
    }
    assert refused.value.body()["violated-policies"] == ["five"]


async def test_addresses_are_not_kept_in_clear(database, owner):
    await limits.check(database, FIVE, "203.0.113.7")
    assert "203.0.113" not in str(await owner.fetch("select encode(key, 'escape') from rate_limits"))


@pytest.mark.parametrize(
    ("debt_s", "remaining", "retry_after"),
    [(0.0, 5, 1), (11.9, 4, 1), (12.0, 4, 1), (48.0, 1, 1), (60.0, 0, 12), (59.9, 0, 12)],
)
def test_standings(debt_s, remaining, retry_after):
    standing = Standing(FIVE, debt_s, True)
    assert (standing.remaining, standing.retry_after) == (remaining, retry_after)


class TestWithoutADatabase:
    @pytest.fixture
    async def gone(self, settings):
        """A database that answered once and is gone."""
        async with kit_db.connect(app_dsn(settings), search_dsn(settings), settings) as database:
            await database.app.close()
            yield database

    async def test_a_request_is_let_through(self, gone):
        assert await limits.check(gone, FIVE, "a") is None
        await limits.take(gone, FIVE, "a")

    async def test_a_used_up_pool_is_not_waited_for(self, settings, monkeypatch):
        monkeypatch.setattr(taking, "PATIENCE_S", 0.25)
        one = msgspec.structs.replace(settings, pool_size=1)
        async with (
            kit_db.connect(app_dsn(settings), search_dsn(settings), one) as database,
            database.connection(),
        ):
            async with asyncio.timeout(1):
                assert await limits.check(database, FIVE, "a") is None


class TestAddresses:
    TRUSTED = (ip_network("10.0.0.0/8"), ip_network("::1"))

    @pytest.mark.parametrize(
        ("client", "forwarded", "expected"),
        [
            ("203.0.113.7", None, "203.0.113.7"),
            ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
            ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
            ("10.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1"),
            ("10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1"),
            ("10.0.0.1", "10.9.9.9", "10.9.9.9"),
            ("10.0.0.1", "nonsense", "10.0.0.1"),
            ("10.0.0.1", "198.51.100.1, nonsense", "10.0.0.1"),
            ("10.0.0.1", "", "10.0.0.1"),
            ("::1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("::ffff:203.0.113.7", None, "203.0.113.7"),
            ("2001:db8::1%eth0", None, "2001:db8::/64"),
            ("testclient", None, "unknown"),
        ],
    )
    def test_only_trusted_proxies_are_believed(self, client, forwarded, expected):
        headers = [] if forwarded is None else [(b"x-forwarded-for", forwarded.encode())]
        assert limits.client_address({"client": (client, 1), "headers": headers}, self.TRUSTED) == expected

    def test_several_headers_are_one_list(self):
        headers = [(b"x-forwarded-for", b"1.1.1.1"), (b"x-forwarded-for", b"198.51.100.1, 10.0.0.2")]
        scope = {"client": ("10.0.0.1", 1), "headers": headers}
        assert limits.client_address(scope, self.TRUSTED) == "198.51.100.1"

    def test_a_socket_without_an_address(self):
        assert limits.client_address({"client": None, "headers": []}, ()) == "unknown"


class TestMiddleware:
    @pytest.fixture(autouse=True)
    def _small(self, monkeypatch):
        monkeypatch.setattr(middleware, "CALLER", Policy("default", 3, 60))
        monkeypatch.setattr(middleware, "ANONYMOUS", Policy("anonymous", 2, 60))

    @pytest.fixture
    def app(self, database, settings):
        def identify(app):
            async def identified(scope, receive, send):
                name = dict(scope["headers"]).get(b"x-caller")
                if name:
                    scope["state"]["caller"] = SimpleNamespace(
                        kind="key", id=name.decode(), workspace_id=ids.new()
                    )
                await app(scope, receive, send)

            return identified

        @get("/v1/things", sync_to_thread=False)
        def things() -> str:
            return "ok"

        @get("/healthz", sync_to_thread=False)
        def healthz() -> str:
            return "ok"

        return Litestar(
            [things, healthz],
            middleware=[identify, limits.rate_limit],
            state=State({"settings": settings, "database": database}),
            exception_handlers=answers.exception_handlers({}),
            openapi_config=None,
        )

    @pytest.fixture
    async def http(self, app):
        transport = httpx.ASGITransport(app=app, client=("203.0.113.7", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://t") as client:
            yield client

    async def test_each_answer_says_what_is_left(self, http):
        first = await http.get("/v1/things", headers={"x-caller": "a"})
        assert first.headers["ratelimit-policy"] == '"default";q=3;w=60'
        assert first.headers["ratelimit"] == '"default";r=2;t=20'

    async def test_too_many_are_refused_as_a_problem(self, http):
        answers = [await http.get("/v1/things", headers={"x-caller": "a"}) for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        refused = answers[-1]
        assert refused.headers["content-type"] == "application/problem+json"
        assert refused.headers["retry-after"] == "20"
        assert refused.headers.get_list("ratelimit") == ['"default";r=0;t=60']
        assert refused.json()["type"] == "/problems/quota-exceeded"
        assert refused.json()["violated-policies"] == ["default"]

    async def test_callers_do_not_share_a_limit(self, http):
        for _ in range(4):
            await http.get("/v1/things", headers={"x-caller": "a"})
        assert (await http.get("/v1/things", headers={"x-caller": "b"})).status_code == 200

    async def test_a_rotated_header_does_not_help(self, http):
        """D8: X-Forwarded-For of somebody who is no trusted proxy counts for nothing."""
        codes = [
            (await http.get("/v1/things", headers={"x-forwarded-for": f"198.51.100.{number}"})).status_code
            for number in range(4)
        ]
        assert codes == [200, 200, 429, 429]

    async def test_probes_are_not_counted(self, http):
        assert all([(await http.get("/healthz")).status_code == 200 for _ in range(5)])

    async def test_without_a_database_requests_are_answered(self, http, database):
        await database.app.close()
        answer = await http.get("/v1/things", headers={"x-caller": "a"})
        assert answer.status_code == 200
        assert "ratelimit" not in answer.headers
