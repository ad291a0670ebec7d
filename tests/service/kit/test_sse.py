"""Server-sent events: each change once, a heartbeat in between, nothing left behind."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from service.kit import sse


async def _text(changes: AsyncIterator[dict]) -> list[str]:
    return [message.encode().decode() async for message in sse.messages(changes, "job")]


async def test_each_change_is_a_message() -> None:
    async def changes():  # type: ignore[no-untyped-def]
        yield {"done": 1}
        yield {"text": "two\nlines"}

    assert await _text(changes()) == [
        'event: job\r\ndata: {"done":1}\r\n\r\n',
        'event: job\r\ndata: {"text":"two\\nlines"}\r\n\r\n',
    ]


async def test_a_quiet_stream_says_that_it_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sse, "HEARTBEAT_S", 0.05)

    async def changes():  # type: ignore[no-untyped-def]
        await asyncio.sleep(0.17)
        yield {}

    sent = await _text(changes())
    assert len(sent) == 4
    assert all(message.startswith(":") for message in sent[:3])


async def test_who_stops_listening_stops_the_looking() -> None:
    ended = asyncio.Event()

    async def changes():  # type: ignore[no-untyped-def]
        try:
            yield {}
            await asyncio.sleep(60)
        finally:
            ended.set()

    messages = sse.messages(changes(), "job")
    await anext(messages)
    waiting = asyncio.ensure_future(anext(messages))
    await asyncio.sleep(0.05)
    waiting.cancel()
    await asyncio.wait({waiting})
    await messages.aclose()  # type: ignore[attr-defined]
    await asyncio.wait_for(ended.wait(), 1)


async def test_an_error_ends_the_stream() -> None:
    async def changes():  # type: ignore[no-untyped-def]
        yield {}
        raise RuntimeError("gone")

    with pytest.raises(RuntimeError, match="gone"):
        await _text(changes())
