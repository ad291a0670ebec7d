"""Around every request: an id, a line in the log, a count. And what /metrics shows."""

import asyncio
import re
import time
from collections.abc import Iterable
from typing import Any

import structlog
from litestar import Litestar
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send
from prometheus_client import CollectorRegistry, generate_latest, values
from prometheus_client.core import REGISTRY
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from service.kit import ids
from service.kit.away import AWAY
from service.kit.db import Database
from service.kit.metrics import LATENCY, REQUESTS, STATES
from service.settings import Settings

log = structlog.get_logger("elci.requests")

_SANE_ID = re.compile(rb"[\w.:-]{8,100}", re.ASCII)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
# What asks every few seconds whether the process lives is not worth a line each time.
_PROBES = frozenset({"/healthz", "/readyz", "/metrics"})


def observe(app: ASGIApp, settings: Settings) -> ASGIApp:
    """Wraps an application: X-Request-Id in and out, a log line and metrics by route template."""

    async def observed(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        request_id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            await _answer(app, scope, receive, send, request_id)

    return observed


async def _answer(app: ASGIApp, scope: HTTPScope, receive: Receive, send: Send, request_id: str) -> None:
    status = 500
    began = time.perf_counter()

    async def send_with_id(message: Message) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
            message["headers"] = [*_kept(scope, message["headers"]), (b"x-request-id", request_id.encode())]
        await send(message)

    try:
        await app(scope, receive, send_with_id)
    finally:
        _note(scope, status, time.perf_counter() - began)


def _kept(scope: HTTPScope, headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Answers of the API name people and codes: no cache keeps one that does not say for itself how long."""
    found = list(headers)
    if scope["path"].startswith("/v1/") and all(name.lower() != b"cache-control" for name, _ in found):
        found.append((b"cache-control", b"no-store"))
    return found


def _request_id(scope: HTTPScope) -> str:
    given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
    return given.decode() if _SANE_ID.fullmatch(given) else ids.show("req", ids.new())


def _note(scope: HTTPScope, status: int, seconds: float) -> None:
    method = scope["method"] if scope["method"] in _METHODS else "other"
    # The path holds ids and tokens, and would make a series of each; the template does not.
    route = scope.get("path_template") or "unmatched"
    REQUESTS.labels(method, route, str(status)).inc()
    LATENCY.labels(method, route).observe(seconds)
    caller: Any = scope["state"].get("caller")
    who = {"workspace": str(caller.workspace_id), "caller": str(caller.id)} if caller else {}
    write = log.debug if route in _PROBES else log.info
    write("request", method=method, route=route, status=status, ms=round(seconds * 1000, 1), **who)


async def exposition(app: Litestar) -> bytes:
    """The metrics of all processes of this host that share a PROMETHEUS_MULTIPROC_DIR, else of this one."""
    registry = CollectorRegistry()
    states = await asyncio.to_thread(_states, app.state.settings)
    registry.register(_Now([*await _now(app.state.database), *states]))
    return generate_latest(_counted()) + generate_latest(registry)


def _states(settings: Settings) -> list[GaugeMetricFamily]:
    return [gauge for state in STATES for gauge in state(settings.home)]


def _counted() -> CollectorRegistry:
    if values.ValueClass.__name__ == "MutexValue":
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


async def _now(database: Database) -> list[GaugeMetricFamily]:
    up = GaugeMetricFamily("elci_database_up", "Whether the database answers")
    work = GaugeMetricFamily("elci_open_work", "Jobs and messages not yet done", labels=["what", "state"])
    oldest = GaugeMetricFamily("elci_open_work_oldest_seconds", "Age of the oldest", labels=["what", "state"])
    try:
        async with database.connection() as db:
            rows = await db.fetch("select what, state, number, oldest_s from entry.open_work()")
    except AWAY:
        rows = None
    up.add_metric([], float(rows is not None))
    for what, state, number, oldest_s in rows or []:
        work.add_metric([what, state], number)
        oldest.add_metric([what, state], oldest_s)
    return [up, work, oldest, _pools(database)]


def _pools(database: Database) -> GaugeMetricFamily:
    gauge = GaugeMetricFamily(
        "elci_pool_connections", "Connections of this process", labels=["pool", "state"]
    )
    for name, pool in (("app", database.app), ("search", database.search)):
        idle = pool.get_idle_size()
        gauge.add_metric([name, "idle"], idle)
        gauge.add_metric([name, "used"], pool.get_size() - idle)
    return gauge


class _Now(Collector):
    """Gauges that were read a moment ago."""

    def __init__(self, gauges: list[GaugeMetricFamily]) -> None:
        self._gauges = gauges

    def collect(self) -> list[GaugeMetricFamily]:
        return self._gauges
