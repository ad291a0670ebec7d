"""Follow a link: what is asked, where it leads, that it is kept, the answer."""

import time
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from litestar.types import Send

from service.links import codes, pages
from service.links.front import answers
from service.links.front.answers import Answer
from service.links.front.cache import Away, Destinations
from service.links.front.click_ids import ClickIds
from service.links.front.guesses import Guesses
from service.links.front.heads import Heads, Kind
from service.links.front.listening import Clock
from service.links.front.plans import Plan
from service.links.front.surroundings import Surroundings
from service.links.recording import layout
from service.links.recording.recorder import Recorder
from service.links.redirect import Redirect, Visit, decide
from service.links.sources.keeping import Sources
from service.settings import Settings

# What the tables of agents call a device, in the words of targets.
_DEVICES = {"phone": "mobile", "tv": "other"}
_MOST_QUERY = 4096
_MOST_PAIRS = 200


class Asked(NamedTuple):
    """A request for a link, as far as it matters."""

    method: str
    query: bytes
    address: str
    kind: Kind


class Follower:
    """Answers links, from what the process knows."""

    def __init__(
        self,
        settings: Settings,
        destinations: Destinations,
        recorder: Recorder,
        clock: Clock,
        sources: Sources,
        surroundings: Surroundings,
    ) -> None:
        self.surroundings = surroundings
        self._destinations = destinations
        self._recorder = recorder
        self._clock = clock
        self._sources = sources
        self._ids = ClickIds()
        self._guesses = Guesses()
        self._heads = Heads(surroundings.header)
        self._cookie = answers.cookie(settings.click_window_days)

    async def follow(self, scope: Any, send: Send, host: str, code: str) -> None:
        """Answer one request for a link."""
        method = scope["method"]
        if method != "GET" and method != "HEAD":
            await self._say(send, method, 405, answers.NOT_ALLOWED)
            return
        kept = self._heads.kept(scope["headers"])
        address = self.surroundings.address(scope, kept)
        country, network = self.surroundings.place(scope, kept, address)
        kind = self._heads.kind(method, kept, country, network)
        asked = Asked(method, scope["query_string"], address, kind)
        # Most codes come as they are stored: only others are brought into that form.
        key = f"{host}/{code}"
        found = self._destinations.fresh(key, time.monotonic())
        if found is None:
            found = await self._find(send, asked, host, code)
            if found is None:
                return
        await self._answer(send, asked, found)

    async def _find(self, send: Send, asked: Asked, host: str, code: str) -> Plan | None:
        """The plan; None where that was answered already."""
        normal = codes.normal(code)
        found = None
        if normal is not None:
            key, now = f"{host}/{normal}", time.monotonic()
            found = self._destinations.fresh(key, now)
            if found is None and not self._destinations.is_unknown(key, now):
                if wait := self._guesses.must_wait(asked.address):
                    await self._say(send, asked.method, 429, answers.later(wait))
                    return None
                try:
                    found = await self._destinations.get(key, host, normal)
                except Away:
                    await self._say(send, asked.method, 503, answers.later(2))
                    return None
        if found is None:
            self._guesses.miss(asked.address)
            await self._say(send, asked.method, 404, answers.page(pages.unknown(asked.kind.tag)))
        return found

    async def _answer(self, send: Send, asked: Asked, found: Plan) -> None:
        kind = asked.kind
        milliseconds = self._clock.milliseconds()
        id_, click_id = self._ids.new(milliseconds)
        now = datetime.fromtimestamp(milliseconds / 1000, UTC)
        signals = kind.signals
        visitor = self._sources.visitor(
            found.destination.workspace_id, asked.address, signals, signals.agent, now
        )
        if found.pieces is not None and not asked.query:
            status, target, counted = 302, None, kind.traffic.counted
            headers, body = answers.redirect(click_id.join(found.pieces)), b""
            rest = found.fields + found.subs + kind.fields
        else:
            decided = _decide(found, asked, now, click_id, visitor)
            status, target = decided.status, decided.target
            counted = kind.traffic.counted and decided.closed is None
            headers, body = answers.decided(decided)
            rest = (
                found.fields
                + layout.subs(decided.sub)
                + (kind.fields if decided.closed is None else kind.closed(decided.closed))
            )
        if counted:
            found.used += 1
            if visitor is not None:
                # Whoever does not want to be a number does not get one to keep either.
                headers.append((b"set-cookie", self._cookie % click_id.encode()))
        kept = self._recorder.record(layout.row(id_, milliseconds, visitor, target, rest))
        if kept is not None:
            await kept
        self._recorder.tally.status(asked.method, status)
        await answers.send(send, status, headers, b"" if asked.method == "HEAD" else body)

    async def _say(self, send: Send, method: str, status: int, answer: Answer) -> None:
        self._recorder.tally.status(method, status)
        await answers.send(send, status, list(answer.headers), b"" if method == "HEAD" else answer.body)


def _decide(found: Plan, asked: Asked, now: datetime, click_id: str, visitor: bytes | None) -> Redirect:
    kind = asked.kind
    device = kind.traffic.device
    visit = Visit(
        now=now,
        query=_pairs(asked.query),
        country=kind.country,
        device=_DEVICES.get(device, device),
        language=kind.tag,
        platform=kind.traffic.platform,
        referrer=kind.signals.referrer_host,
        visitor=visitor,
        used=found.used,
    )
    return decide(found.destination, visit, click_id)


def _pairs(query: bytes) -> list[tuple[str, str]]:
    if not query:
        return []
    pieces = query[:_MOST_QUERY].decode("latin-1").split("&")[:_MOST_PAIRS]
    return parse_qsl("&".join(pieces), errors="replace")
