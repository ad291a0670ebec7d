"""Around every request: the id, the line in the log, the counts, and what /metrics shows."""

import httpx
import pytest
from litestar import Litestar, get
from litestar.datastructures import State
from litestar.params import FromPath
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families
from structlog.testing import capture_logs

from service.kit import answers, ids, jobs
from service.kit import db as kit_db
from service.kit.jobs.registry import KINDS, Kind
from service.kit.observe import exposition, observe
from service.settings import app_dsn, search_dsn


@get("/v1/things/{name:str}", sync_to_thread=False)
def thing(name: FromPath[str]) -> str:
    if name == "broken":
        raise RuntimeError("canary")
    return name


@get("/healthz", sync_to_thread=False)
def healthz() -> str:
    return "ok"


@pytest.fixture
def app(settings):
    app = Litestar(
        [thing, healthz],
        state=State({"settings": settings}),
        exception_handlers=answers.exception_handlers({}),
        openapi_config=None,
    )
    app.asgi_handler = observe(app.asgi_handler, settings)
    return app


@pytest.fixture
async def http(app):
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://t") as client:
        yield client


def count(method, route, status):
    labels = {"method": method, "route": route, "status": status}
    return REGISTRY.get_sample_value("elci_requests_total", labels) or 0.0


async def test_a_sane_id_is_kept_and_echoed(http):
    answer = await http.get("/v1/things/a", headers={"X-Request-Id": "trace-12345678"})
    assert answer.headers["x-request-id"] == "trace-12345678"


STRANGE = [None, "", "short", "x" * 101, "a b c d e f g", 'quote"quote"', "kötüistekkimliği"]


@pytest.mark.parametrize("given", STRANGE)
async def test_any_other_is_replaced(http, given):
    headers = {} if given is None else {"X-Request-Id": given.encode()}
    answer = await http.get("/v1/things/a", headers=headers)
    made = answer.headers.get_list("x-request-id")
    assert len(made) == 1
    assert made[0].startswith("req_")


async def test_no_cache_keeps_what_the_api_says(http):
    assert (await http.get("/v1/things/one")).headers["cache-control"] == "no-store"
    assert "cache-control" not in (await http.get("/healthz")).headers


async def test_errors_carry_the_id_too(http):
    for path in ("/v1/things/broken", "/v1/nowhere"):
        assert (await http.get(path)).headers["x-request-id"].startswith("req_")


async def test_requests_are_counted_by_template(http):
    before = count("GET", "/v1/things/{name}", "200"), count("GET", "/v1/things/{name}", "500")
    await http.get("/v1/things/inf_secret")
    await http.get("/v1/things/broken")
    after = count("GET", "/v1/things/{name}", "200"), count("GET", "/v1/things/{name}", "500")
    assert [b - a for a, b in zip(before, after, strict=True)] == [1, 1]


def unmatched():
    return [
        count("GET", "unmatched", "404"),
        count("other", "unmatched", "404") + count("other", "unmatched", "405"),
    ]


async def test_strange_paths_and_methods_make_no_series(http):
    before = unmatched()
    await http.get("/v1/inf_secret")
    await http.request("BREW", "/pot")
    assert [b - a for a, b in zip(before, unmatched(), strict=True)] == [1, 1]
    samples = [sample for family in REGISTRY.collect() for sample in family.samples]
    assert not any("secret" in str(sample.labels) for sample in samples)


async def test_the_log_names_the_route_and_not_the_path(http):
    with capture_logs() as lines:
        await http.get("/v1/things/inf_secret?ticket=abc")
    (line,) = [line for line in lines if line["event"] == "request"]
    assert (line["method"], line["route"], line["status"]) == ("GET", "/v1/things/{name}", 200)
    assert line["ms"] >= 0
    assert "secret" not in str(line)
    assert "abc" not in str(line)


async def test_probes_do_not_fill_the_log(http):
    with capture_logs() as lines:
        await http.get("/healthz")
    assert [line["log_level"] for line in lines] == ["debug"]


async def shown(app):
    families = text_string_to_metric_families((await exposition(app)).decode())
    samples = [sample for family in families for sample in family.samples]
    # Labels come in the order of their names.
    return {(sample.name, *sample.labels.values()): sample.value for sample in samples}


async def test_metrics_show_work_and_pools(app, database, monkeypatch):
    monkeypatch.setitem(KINDS, "test.waiting", Kind("test.waiting", None, None, "long"))
    app.state.database = database
    workspace = ids.new()
    async with database.transaction(workspace) as db:
        await jobs.enqueue(db, workspace, "test.waiting")
    values = await shown(app)
    assert values["elci_database_up",] == 1
    assert values["elci_open_work", "queued", "job"] == 1
    assert 0 <= values["elci_open_work_oldest_seconds", "queued", "job"] < 30
    assert values["elci_pool_connections", "app", "used"] == 0
    assert values["elci_pool_connections", "app", "idle"] >= 1


async def test_metrics_answer_without_a_database(app, settings):
    async with kit_db.connect(app_dsn(settings), search_dsn(settings), settings) as gone:
        app.state.database = gone
        await gone.app.close()
        assert (await shown(app))["elci_database_up",] == 0
