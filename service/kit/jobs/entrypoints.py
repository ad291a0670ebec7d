"""What a queue row's name means: a kind of job, or what the kit itself queues (messages of the outbox)."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import msgspec

from service.kit.jobs.queue import Tools
from service.kit.jobs.registry import KINDS, Lane
from service.kit.jobs.runner import run_job

Run = Callable[[Tools, UUID, UUID], Awaitable[timedelta | None]]


class Entrypoint(msgspec.Struct, frozen=True):
    """`run` gives None when the row's work is done, or how long until it is run again."""

    name: str
    lane: Lane
    run: Run


OTHERS: dict[str, Entrypoint] = {}


def entrypoint(name: str, lane: Lane, run: Run) -> None:
    """Registers what is no job: it has no row in `jobs`, and nobody watches or cancels it."""
    OTHERS[name] = Entrypoint(name, lane, run)


def entrypoints(lane: Lane | None = None) -> list[Entrypoint]:
    """What queue rows may ask for: every kind of job, and what the kit itself queues."""
    kinds = [Entrypoint(kind.name, kind.lane, run_job) for kind in KINDS.values()]
    return [each for each in [*kinds, *OTHERS.values()] if lane in (None, each.lane)]
