"""Follow a link: what is asked, where it leads, that it is kept, the answer."""

import functools
import time
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from litestar.types import Send

from service.kit.limits import client_address
from service.links import codes, pages
from service.links.front import answers
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
from service.links.visitors import visitor
from service.settings import Settings

# What the tables of agents call a device, in the words of targets.
_DEVICES = {"phone": "mobile", "tv": "other"}
_MOST_QUERY = 4096


class Follower:
    """Answers links, from what the process knows."""

    def __init__(
        self,
        settings: Settings,
        destinations: Destinations,
        recorder: Recorder,
        clock: Clock,
        surroundings: Surroundings,
    ) -> None:
        self._destinations = destinations
        self._recorder = recorder
        self._clock = clock
        self._surroundings = surroundings
        self._ids = ClickIds()
        self._guesses = Guesses()
        self._country_header = settings.country_header.encode() if settings.country_header else None
        self._trusted = settings.trusted_proxies
        self._heads = Heads(self._country_header)
        self._cookie = answers.cookie(settings.click_window_days)
        self._link_host = settings.link_host

    @property
    def serves_roots(self) -> bool:
        """Whether there is any host whose root serves links."""
        return self._link_host is not None or bool(self._surroundings.hosts)

    def root(self, host: str) -> str | None:
        """The host as links know it, where its root serves them: '' for ELCI_LINK_HOST."""
        if host == self._link_host:
            return ""
        return host if host in self._surroundings.hosts else None

    def is_code(self, text: str) -> bool:
        """Whether a path can be a link at a host's root, where the service's own paths are too."""
        normal = codes.normal(text)
        return normal is not None and not codes.is_reserved(normal)

    async def follow(self, scope: Any, send: Send, host: str, code: str) -> None:
        """Answer one request for a link."""
        method = scope["method"]
        if method != "GET" and method != "HEAD":
            await self._say(send, method, 405, answers.NOT_ALLOWED)
            return
        normal = codes.normal(code)
        kept = self._heads.kept(scope["headers"])
        address = self._address(scope, kept)
        kind = self._kind(scope, method, kept, address)
        found = None if normal is None else await self._find(send, kind, method, host, normal, address)
        if found is None:
            if normal is None:
                await self._say(send, method, 404, answers.page(pages.unknown(kind.tag)))
            return
        await self._answer(scope, send, method, kind, found, address)

    async def _find(
        self, send: Send, kind: Kind, method: str, host: str, code: str, address: str
    ) -> Plan | None:
        """The plan; None where that was answered already."""
        key = f"{host}/{code}"
        now = time.monotonic()
        found = self._destinations.fresh(key, now)
        if found is not None:
            return found
        if not self._destinations.is_unknown(key, now):
            if wait := self._guesses.must_wait(address):
                await self._say(send, method, 429, answers.later(wait))
                return None
            try:
                found = await self._destinations.get(key, host, code)
            except Away:
                await self._say(send, method, 503, answers.later(2))
                return None
        if found is None:
            self._guesses.miss(address)
            await self._say(send, method, 404, answers.page(pages.unknown(kind.tag)))
        return found

    def _address(self, scope: Any, kept: dict[bytes, bytes]) -> str:
        client = scope.get("client")
        return _address(client[0] if client else None, kept.get(b"x-forwarded-for"), self._trusted)

    def _kind(self, scope: Any, method: str, kept: dict[bytes, bytes], address: str) -> Kind:
        country, network = self._surroundings.place(scope, kept, address)
        return self._heads.kind(method, kept, country, network)

    async def _answer(
        self, scope: Any, send: Send, method: str, kind: Kind, found: Plan, address: str
    ) -> None:
        milliseconds = self._clock.milliseconds()
        id_, click_id = self._ids.new(milliseconds)
        workspace_id = found.destination.workspace_id
        told, remembered = self._surroundings.privacy(workspace_id, kind.signals)
        number = self._visitor(workspace_id, milliseconds, address, kind) if told else None
        query = scope["query_string"]
        if found.pieces is not None and not query:
            location: str | None = click_id.join(found.pieces)
            target, subs, status, page, counted = None, found.subs, 302, None, kind.traffic.counted
            fields = kind.fields
        else:
            decided = self._decide(found, kind, milliseconds, click_id, number, query)
            location, target, status, page = decided.location, decided.target, decided.status, decided.page
            subs = found.subs if decided.sub is found.destination.sub else layout.subs(decided.sub)
            fields = kind.fields if decided.closed is None else kind.closed(decided.closed)
            counted = kind.traffic.counted and decided.closed is None
        if counted:
            found.used += 1
        row = layout.row(id_, milliseconds, number, target, b"".join((found.fields, subs, fields)))
        await self._recorder.record(row)
        headers = answers.headers(status, location, page)
        if counted and remembered:
            headers.append((b"set-cookie", self._cookie % click_id.encode()))
        body = b"" if page is None else page.encode()
        self._recorder.tally.status(method, status)
        await answers.send(send, status, headers, b"" if method == "HEAD" else body)

    def _decide(
        self, found: Plan, kind: Kind, milliseconds: int, click_id: str, number: bytes | None, query: bytes
    ) -> Redirect:
        device = kind.traffic.device
        visit = Visit(
            now=datetime.fromtimestamp(milliseconds / 1000, UTC),
            query=_pairs(query),
            country=kind.country,
            device=_DEVICES.get(device, device),
            language=kind.tag,
            platform=kind.traffic.platform,
            referrer=kind.signals.referrer_host,
            visitor=number,
            used=found.used,
        )
        return decide(found.destination, visit, click_id)

    def _visitor(self, workspace_id: UUID, milliseconds: int, address: str, kind: Kind) -> bytes | None:
        salt = self._surroundings.salts.at(milliseconds)
        return None if salt is None else visitor(salt, workspace_id, address, kind.signals.agent)

    async def _say(self, send: Send, method: str, status: int, answer: answers.Answer) -> None:
        self._recorder.tally.status(method, status)
        await answers.send(send, status, list(answer.headers), b"" if method == "HEAD" else answer.body)


def _pairs(query: bytes) -> list[tuple[str, str]]:
    if not query:
        return []
    text = query[:_MOST_QUERY].decode("latin-1")
    return parse_qsl(text, keep_blank_values=False, errors="replace", max_num_fields=200)


@functools.lru_cache(maxsize=16_384)
def _address(nearest: str | None, forwarded: bytes | None, trusted: Any) -> str:
    scope = {
        "client": (nearest, 0) if nearest else None,
        "headers": [] if forwarded is None else [(b"x-forwarded-for", forwarded)],
    }
    return client_address(scope, trusted)
