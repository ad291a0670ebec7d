"""Subscriptions: in order, of exactly that kind, and in the caller's transaction."""

import pytest
from msgspec import Struct

from service.kit import events


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    monkeypatch.setattr(events, "_handlers", type(events._handlers)(list))


class Erased(Struct):
    name: str


class Archived(Struct):
    name: str


async def test_handlers_run_in_order_with_the_callers_connection():
    seen = []

    async def first(db, event):
        seen.append(("first", db, event.name))

    async def second(db, event):
        seen.append(("second", db, event.name))

    events.subscribe(Erased, first)
    events.subscribe(Erased, second)
    events.subscribe(Erased, first)
    await events.emit("connection", Erased("a"))
    assert seen == [("first", "connection", "a"), ("second", "connection", "a")]


async def test_other_kinds_are_not_told():
    async def never(db, event):
        raise AssertionError

    events.subscribe(Erased, never)
    await events.emit("connection", Archived("a"))


async def test_a_handler_that_raises_stops_the_caller():
    async def refuse(db, event):
        raise ValueError("no")

    events.subscribe(Erased, refuse)
    with pytest.raises(ValueError, match="no"):
        await events.emit("connection", Erased("a"))
