"""Counting a request against a limit that all processes share."""

import hashlib
import hmac
import time
from datetime import timedelta

import asyncpg
import structlog

from service.kit.away import AWAY
from service.kit.db import Database
from service.kit.limits.policy import Policy, Standing
from service.kit.limits.store import Debt, count
from service.kit.metrics import LIMITED, LIMITER_FAILURES

log = structlog.get_logger("elci.limits")

# The limiter is the last that may make a slow database slower: it waits this long, then lets through.
PATIENCE_S = 0.25
# A flood from one place is refused from memory for this long before the database is asked again.
REMEMBER_S = 1.0
_MOST_REMEMBERED = 10_000
_FAILURES = (*AWAY, asyncpg.QueryCanceledError, TimeoutError, OSError)

_refused: dict[bytes, tuple[float, Standing]] = {}


async def check(database: Database, policy: Policy, subject: str) -> Standing | None:
    """Counts a request of a subject; None where it could not be counted, and so is let through."""
    key = hmac.digest(database.counting_key, f"{policy.name}\0{subject}".encode(), hashlib.sha256)[:16]
    remembered = _refused.get(key)
    if remembered is not None and remembered[0] > time.monotonic():
        return remembered[1]
    try:
        standing = await _counted(database, policy, key)
    except _FAILURES as error:
        LIMITER_FAILURES.inc()
        log.warning("request not counted", policy=policy.name, error=type(error).__name__)
        return None
    if not standing.allowed:
        _remember(key, standing)
    return standing


async def _counted(database: Database, policy: Policy, key: bytes) -> Standing:
    step, window = timedelta(seconds=policy.step_s), timedelta(seconds=policy.window_s)
    async with database.app.acquire(timeout=PATIENCE_S) as db:
        found = await count(db, key, step, window)  # type: ignore[arg-type]
    # A row that another request made this very moment is not seen: the bucket is full, and that is an answer.
    debt = found or Debt(float(policy.window_s), False)
    return Standing(policy, debt.debt_s, debt.allowed)


def _remember(key: bytes, standing: Standing) -> None:
    if len(_refused) >= _MOST_REMEMBERED:
        _refused.clear()
    _refused[key] = (time.monotonic() + min(REMEMBER_S, standing.retry_after), standing)


async def take(database: Database, policy: Policy, subject: str) -> None:
    """Counts a request of a subject against a named limit. Raises TooManyRequests."""
    standing = await check(database, policy, subject)
    if standing is not None and not standing.allowed:
        LIMITED.labels(policy.name).inc()
        raise standing.refusal()
