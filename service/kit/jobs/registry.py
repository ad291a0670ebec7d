"""The kinds of jobs and the schedules. A domain registers its own by being imported."""

import typing
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import msgspec

from service.kit.db import Database
from service.settings import Settings

if TYPE_CHECKING:
    from service.kit.jobs.attempt import Work

Lane = Literal["long", "quick", "messages"]
Handler = Callable[["Work", Any], Awaitable[Any]]
Scheduled = Callable[[Settings, Database], Awaitable[None]]
H = TypeVar("H", bound=Callable[..., Awaitable[Any]])
F = TypeVar("F", bound=Scheduled)


class Kind(msgspec.Struct, frozen=True):
    """A kind of job: its handler, what the handler's payload is, and which lane it runs in."""

    name: str
    handler: Handler
    payload: Any
    lane: Lane


class Schedule(msgspec.Struct, frozen=True):
    """Something that runs by the clock, once for all workers."""

    name: str
    cron: str
    function: Scheduled


Preparation = Callable[[], None]

KINDS: dict[str, Kind] = {}
SCHEDULES: dict[str, Schedule] = {}
PREPARATIONS: list[Preparation] = []


def job(name: str, *, lane: Lane = "long") -> Callable[[H], H]:
    """Registers `async def handler(work: Work, payload: Payload) -> Result` (a Struct, or None).

    The lane `quick` is for work of a second or so, which must not wait behind an import of an hour.
    """

    def register(handler: H) -> H:
        if name in KINDS:
            raise ValueError(f"there are two jobs {name!r}")
        KINDS[name] = Kind(name, handler, _payload_type(handler), lane)
        return handler

    return register


def scheduled(name: str, cron: str) -> Callable[[F], F]:
    """Registers `async def function(settings, database) -> None`, run at a cron expression's times (UTC).

    What it does may be done twice, or late: a run that was missed is made up for once.
    """

    def register(function: F) -> F:
        if name in SCHEDULES:
            raise ValueError(f"there are two schedules {name!r}")
        SCHEDULES[name] = Schedule(name, cron, function)
        return function

    return register


def prepared(function: Preparation) -> Preparation:
    """Registers what a worker does once in a thread when it starts, so that no job has to wait for it.

    What it raises is logged; jobs then do without.
    """
    PREPARATIONS.append(function)
    return function


def _payload_type(handler: Callable[..., Any]) -> Any:
    hints = typing.get_type_hints(handler)
    names = [name for name in hints if name != "return"]
    if len(names) != 2:
        raise TypeError(f"{handler}: a job's handler takes `work` and `payload`, both with their types")
    return hints[names[1]]
