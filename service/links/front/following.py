"""Follow a link: what is asked, where it leads, that it is kept, the answer."""

import time
from datetime import UTC, date, datetime
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

# What the tables of agents call a device, in the words of targets.
_DEVICES = {"tv": "other"}
Answered = tuple[int, str | None, str | None]
_DAY_MS = 86_400_000
_MOST_QUERY = 4096
_MOST_PAIRS = 200


class Asked(NamedTuple):
    """A request for a link, as far as it matters."""

    method: str
    query: bytes
    address: str
    kind: Kind


class Click(NamedTuple):
    """What a click is answered with, once `row` is kept: a Location, or a page; `cookie`: the id, to be kept
    by the browser too."""

    row: bytes
    status: int
    location: str | None
    page: str | None
    cookie: str | None


class Follower:
    """Answers links, from what the process knows."""

    def __init__(
        self,
        destinations: Destinations,
        recorder: Recorder,
        clock: Clock,
        sources: Sources,
        surroundings: Surroundings,
        window_days: int,
    ) -> None:
        self.destinations = destinations
        self.recorder = recorder
        self.surroundings = surroundings
        self.heads = Heads(surroundings.header)
        self.cookie = answers.cookie(window_days)
        self._clock = clock
        self._sources = sources
        self._ids = ClickIds()
        self._guesses = Guesses()
        self._day = (0, date(1970, 1, 1))

    async def follow(self, scope: Any, send: Send, host: str, code: str) -> None:
        """Answer one request for a link."""
        method = scope["method"]
        if method != "GET" and method != "HEAD":
            await self._say(send, method, answers.NOT_ALLOWED)
            return
        client = scope.get("client")
        kept = self.heads.kept(scope["headers"])
        asked = self.asked(method, client[0] if client else None, kept, scope["query_string"])
        # Most codes come as they are stored: only others are brought into that form.
        found = self.destinations.fresh(f"{host}/{code}", time.monotonic())
        if found is None:
            found = await self._find(send, asked, host, code)
            if found is None:
                return
        click = self.click(asked, found)
        await self.recorder.recorded(click.row)
        await self._say(send, method, self.answer(click))

    def answer(self, click: Click) -> Answer:
        """What a click is answered with."""
        answer = answers.clicked(click.status, click.location, click.page)
        if click.cookie is not None:
            answer.headers.append((b"set-cookie", self.cookie % click.cookie.encode()))
        return answer

    def asked(self, method: str, client: str | None, kept: dict[bytes, bytes], query: bytes) -> Asked:
        """What a request asks; `kept` are the headers that matter, and are used up."""
        address, country, network = self.surroundings.place(client, kept)
        return Asked(method, query, address, self.heads.kind(method, kept, country, network))

    async def _find(self, send: Send, asked: Asked, host: str, code: str) -> Plan | None:
        """The plan; None where that was answered already."""
        normal = codes.normal(code)
        found = None
        if normal is not None:
            key, now = f"{host}/{normal}", time.monotonic()
            found = self.destinations.fresh(key, now)
            if found is None and not self.destinations.is_unknown(key, now):
                if wait := self._guesses.must_wait(asked.address):
                    await self._say(send, asked.method, answers.later(429, wait))
                    return None
                try:
                    found = await self.destinations.get(key, host, normal)
                except Away:
                    await self._say(send, asked.method, answers.later(503, 2))
                    return None
        if found is None:
            self._guesses.miss(asked.address)
            await self._say(send, asked.method, answers.page(404, pages.unknown(asked.kind.tag)))
        return found

    def click(self, asked: Asked, found: Plan) -> Click:
        """A click on a link: its row, and its answer."""
        kind = asked.kind
        signals = kind.signals
        milliseconds = self._clock.milliseconds()
        id_, click_id = self._ids.new(milliseconds)
        # None where the workspace heeds what the browser says: no number then, and nothing to keep either.
        visitor = self._sources.visitor_of(
            found.workspace_id, asked.address, signals, signals.agent, self._today(milliseconds)
        )
        if found.pieces is not None and not asked.query:
            counted = kind.traffic.counted
            row = layout.row(id_, milliseconds, visitor, None, found.fields + kind.fields)
            answer: Answered = (302, click_id.join(found.pieces), None)
        else:
            decided = _decide(found, asked, milliseconds, click_id, visitor)
            counted = kind.traffic.counted and decided.closed is None
            row = layout.row(id_, milliseconds, visitor, decided.target, _rest(found, kind, decided))
            answer = (decided.status, decided.location, decided.page)
        if counted:
            found.used += 1
        return Click(row, *answer, click_id if counted and visitor is not None else None)

    def _today(self, milliseconds: int) -> date:
        number = milliseconds // _DAY_MS
        if number != self._day[0]:
            self._day = (number, datetime.fromtimestamp(milliseconds / 1000, UTC).date())
        return self._day[1]

    async def _say(self, send: Send, method: str, answer: Answer) -> None:
        self.recorder.tally.status(method, answer.status)
        body = b"" if method == "HEAD" else answer.body
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        await send({"type": "http.response.body", "body": body, "more_body": False})


def _rest(found: Plan, kind: Kind, decided: Redirect) -> bytes:
    fields = kind.fields if decided.closed is None else kind.closed(decided.closed)
    return found.whose + layout.subs(decided.sub) + fields


def _decide(found: Plan, asked: Asked, milliseconds: int, click_id: str, visitor: bytes | None) -> Redirect:
    kind = asked.kind
    device = kind.traffic.device
    visit = Visit(
        now=datetime.fromtimestamp(milliseconds / 1000, UTC),
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
