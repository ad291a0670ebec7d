"""Receivers on loopback that the settings allow, and a worker that sends."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import httpx
import pytest
from litestar import Litestar
from msgspec import structs

from service.kit import jobs
from service.kit.db import Database
from service.partner.postbacks import waiting
from service.settings import Settings
from tests.service.links.conftest import Json, made
from tests.service.partner.postbacks.receiver import Receiver, listening

PATH = "/v1/partner/postbacks"
EVERYTHING = [
    *("conversion.created", "conversion.refunded", "conversion.reversed"),
    *("commission.changed", "payout.paid"),
]
QUERY = (
    "?e={event}&id={event_id}&c={conversion_id}&s={status}&a={amount}&m={amount_minor}&cur={currency}"
    "&com={commission}&cs={commission_status}&sub={sub1}&click={click_id}&code={link_code}&cp={coupon}"
    "&pay={payout_id}"
)
Send = Callable[[], Awaitable[None]]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with listening() as found:
        yield found


@pytest.fixture
def allowed(app: Litestar, settings: Settings, receiver: Receiver) -> Iterator[Settings]:
    """Settings that allow the receiver, the application's too."""
    before = app.state.settings
    app.state.settings = structs.replace(before, allow_targets=(("127.0.0.1", receiver.port),))
    yield structs.replace(settings, allow_targets=(("127.0.0.1", receiver.port),))
    app.state.settings = before


@pytest.fixture
def strict(settings: Settings) -> Settings:
    """Settings that allow no private receiver."""
    return settings


@pytest.fixture
def send(allowed: Settings, database: Database, monkeypatch: pytest.MonkeyPatch) -> Send:
    """Sends what waits, retries too: nobody waits between two attempts."""
    monkeypatch.setattr(waiting, "wait_s", lambda attempt, asked_s=0.0: 0.0)

    async def run() -> None:
        await jobs.run_queued(allowed, database)

    return run


@pytest.fixture
async def postback(allowed: Settings, receiver: Receiver, as_ayse: httpx.AsyncClient) -> Json:
    """All events of Ayşe's go to the receiver."""
    body = {"url": f"{receiver.url}/p{QUERY}", "events": EVERYTHING}
    return await made(as_ayse, PATH, body)
