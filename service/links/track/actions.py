"""What a page sends becomes a click or an event."""

from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any
from uuid import UUID

import asyncpg
from litestar import Request
from msgspec import Struct

from service.kit import clock, ids
from service.kit.db import Connection
from service.kit.limits import client_address
from service.kit.problems import InvalidInput, NotFound
from service.links import codes
from service.links.agents import LONGEST
from service.links.clicks.store import count_counted
from service.links.front.click_ids import ClickIds
from service.links.front.click_ids import clicked_at as click_time
from service.links.problems import UnknownLink
from service.links.recording.store import add_days
from service.links.sources.keeping import sources_of
from service.links.track import origins, store
from service.links.track.schemas import LinkRow, NewSiteEvent, NewTrackedClick, SiteEvent, TrackedClick
from service.links.traffic import Signals, Traffic, classify, read_signals, referrer_host

OLDEST = timedelta(days=7)
# Clocks of visitors are wrong.
AHEAD = timedelta(minutes=5)
_IDS = ClickIds()


class Visit(Struct, frozen=True):
    """What is known of a page's visitor. `reasons`: why what they do does not count."""

    traffic: Traffic
    signals: Signals
    visitor: bytes | None
    country: str | None
    network_class: str | None
    referrer: str | None
    reasons: tuple[str, ...]


async def visit(
    request: Request[Any, Any, Any],
    db: Connection,
    workspace_id: UUID,
    now: datetime,
    referrer: str | None = None,
) -> Visit:
    """Reads who sends a request, as the redirect reads it."""
    settings = request.app.state.settings
    sources = sources_of(request.app.state.database)
    await sources.fresh(request.app.state.database)
    signals = read_signals(request.scope["headers"])
    address = client_address(request.scope, settings.trusted_proxies)
    said = request.headers.get(settings.country_header) if _is_proxied(request, settings) else None
    network = sources.network_class(address)
    host = referrer_host((referrer or "").encode("utf-8", "replace"))
    traffic = classify(signals.agent, prefetch=signals.prefetch, network_class=network, referrer_host=host)
    own = origins.is_own(request.headers.get("origin"), await store.origins(db, workspace_id))
    reasons = traffic.reasons if own else (*traffic.reasons, "foreign_origin")
    visitor = sources.visitor(workspace_id, address, signals, signals.agent, now)
    return Visit(traffic, signals, visitor, sources.country(address, said), network, host, reasons)


def _is_proxied(request: Request[Any, Any, Any], settings: Any) -> bool:
    """Whether a header with a country comes from a proxy that is believed."""
    client = request.scope.get("client")
    if settings.country_header is None or client is None:
        return False
    try:
        nearest = ip_address(client[0])
    except ValueError:
        return False
    return any(nearest in network for network in settings.trusted_proxies)


async def track_click(
    request: Request[Any, Any, Any], db: Connection, workspace_id: UUID, sent: NewTrackedClick
) -> TrackedClick:
    """Stores a click of a page with `?via=`. Raises UnknownLink."""
    via = codes.normal(sent.via)
    if via is None:
        raise UnknownLink
    link = await store.link_of_via(db, workspace_id, via)
    now = await clock.now(db)
    # The time of a click is the one in its id, by which it is found in its day.
    click_id = UUID(bytes=_IDS.new(int(now.timestamp() * 1000))[0])
    if sent.event_id and not await store.take_key(db, workspace_id, sent.event_id, click_id):
        known = await store.known_key(db, workspace_id, sent.event_id)
        return TrackedClick(ids.show("clk", known.click_id), known.counted)
    who = await visit(request, db, workspace_id, now, sent.referrer)
    reasons = (*who.reasons, *await _closed(db, workspace_id, link))
    await _add(db, workspace_id, click_id, link, now, who, reasons)
    return TrackedClick(ids.show("clk", click_id), not reasons)


async def _closed(db: Connection, workspace_id: UUID, link: LinkRow) -> tuple[str, ...]:
    if link.retired:
        return ("retired",)
    if link.expired:
        return ("expired",)
    if link.cap is not None and await count_counted(db, workspace_id, link.id, link.cap) >= link.cap:
        return ("over_cap",)
    return ()


async def _add(
    db: Connection,
    workspace_id: UUID,
    click_id: UUID,
    link: LinkRow,
    now: datetime,
    who: Visit,
    reasons: tuple[str, ...],
) -> None:
    values = (
        *(click_time(click_id), click_id, link.id, link.partner_id, link.campaign_id),
        *(who.visitor, list(reasons), who.country, who.signals.language),
        *(who.traffic.device, who.traffic.os, who.traffic.browser, who.traffic.in_app),
        *(who.referrer, who.traffic.platform, [link.sub1, link.sub2, link.sub3, link.sub4, link.sub5]),
        *(who.signals.agent[:LONGEST], who.network_class),
    )
    try:
        async with db.transaction():
            await store.add_click(db, workspace_id, *values)
    except asyncpg.CheckViolationError as error:
        if "no partition of relation" not in str(error):
            raise
        await add_days(db, [now.date()])
        await store.add_click(db, workspace_id, *values)


async def track_event(
    request: Request[Any, Any, Any], db: Connection, workspace_id: UUID, sent: NewSiteEvent
) -> SiteEvent:
    """Keeps an event. Raises InvalidInput."""
    now = await clock.now(db)
    click_id = _checked(sent, now)
    who = await visit(request, db, workspace_id, now)
    host, path = origins.place(sent.url)
    event_id = ids.new()
    key = sent.event_id or ids.show("evt", event_id)
    value, currency = (sent.value.amount, sent.value.currency) if sent.value else (None, None)
    row = await store.add_event(
        *(db, workspace_id, event_id, sent.name, key, click_id, list(who.reasons), host, path),
        *(sent.product_id, value, currency, who.visitor, sent.occurred_at, sent.token),
    )
    found = row or await store.known_event(db, workspace_id, key)
    return SiteEvent(ids.show("evt", found.id), found.counted, row is None)


def _checked(sent: NewSiteEvent, now: datetime) -> UUID | None:
    errors = []
    click_id = None
    if sent.click_id is not None:
        try:
            click_id = ids.read("clk", sent.click_id)
        except NotFound:
            errors.append({"path": "click_id", "message": "is no id of a click"})
    if sent.occurred_at is not None:
        if sent.occurred_at.tzinfo is None:
            errors.append({"path": "occurred_at", "message": "has no time zone"})
        elif not now - OLDEST <= sent.occurred_at <= now + AHEAD:
            errors.append({"path": "occurred_at", "message": "is more than 7 days ago, or yet to come"})
    if errors:
        raise InvalidInput("an event that can't be", errors=errors)
    return click_id
