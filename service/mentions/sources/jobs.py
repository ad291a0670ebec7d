"""Feeds are asked when they are due, and Meta for what it only named."""

import asyncio
import secrets
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from msgspec import Struct

from service.kit import clock, outgoing
from service.kit.away import AWAY
from service.kit.db import Database
from service.kit.jobs import Cancelled, Superseded, Work, enqueue, job, scheduled
from service.kit.outgoing import Client
from service.kit.secrets import Unsealable, vault
from service.mentions.intake import meta
from service.mentions.intake.documents import documents
from service.mentions.intake.found import Found, Wanted
from service.mentions.intake.kinds import read
from service.mentions.sources import asking, graph, store
from service.mentions.sources.addresses import polled
from service.mentions.sources.arriving import LOOK, arrive, failure
from service.mentions.sources.pacing import next_wait, retry_after
from service.mentions.sources.schemas import FetchRow, PollRow
from service.settings import Settings

log = structlog.get_logger("elci.listening")

POLL = "mentions.poll"
SEAL = "mention-sources"
TIMEOUT_S = 30
# What is due beyond is another job's: others wait too.
MOST_LOOKS = 50
MOST_FETCHES = 500
KEPT = timedelta(days=90)


class Looks(Struct):
    """How many feeds were asked, and mentions asked for."""

    feeds: int = 0
    fetches: int = 0


class PollOf(Struct):
    """The one source that somebody wants to be asked now."""

    source_id: UUID


@job(LOOK)
async def look(work: Work, payload: None) -> Looks:
    """Asks what is due, one after the other: nothing is held while somebody is asked."""
    done = Looks()
    async with outgoing.client(work.settings.allow_targets, at_once=1, timeout_s=TIMEOUT_S) as client:
        while done.feeds < MOST_LOOKS and await _look(work, client, None):
            done.feeds += 1
            await work.progress(done.feeds + done.fetches)
        while done.fetches < MOST_FETCHES and await _fetch(work, client):
            done.fetches += 1
            await work.progress(done.feeds + done.fetches)
    return done


@job(POLL)
async def poll(work: Work, payload: PollOf) -> Looks:
    """Asks one feed."""
    async with outgoing.client(work.settings.allow_targets, at_once=1, timeout_s=TIMEOUT_S) as client:
        return Looks(feeds=int(await _look(work, client, payload.source_id)))


async def _look(work: Work, client: Client, source_id: UUID | None) -> bool:
    """Whether there was one."""
    async with work.transaction() as db:
        row = await store.claim_due(db, work.workspace_id, source_id)
        now = await clock.now(db)
    if row is None:
        return False
    try:
        await _ask_feed(work, client, row, now)
    except (*AWAY, Cancelled, Superseded):
        raise
    except Exception as error:
        # One that can't be taken in must not keep the others waiting.
        log.error("a feed was not taken in", kind=row.kind, exc_info=error)
        async with work.transaction() as db:
            await store.save_error(db, work.workspace_id, row.id, "unexpected", None, 0)
    return True


async def _ask_feed(work: Work, client: Client, row: PollRow, now: datetime) -> None:
    asked = await asking.ask(client, polled(row.kind, row.url), row.etag, row.last_modified)
    found = Found(now)
    if asked.why is None and asked.answer is not None and asked.answer.status != 304:
        found = await asyncio.to_thread(
            read,
            row.kind,
            asked.answer.body,
            now,
            url=asked.answer.url,
            content_type=asked.answer.headers.get("content-type"),
        )
    await _write_down(work, row, asked, found)


async def _write_down(work: Work, row: PollRow, asked: asking.Asked, found: Found) -> None:
    headers = asked.answer.headers if asked.answer else {}
    why = asked.why or failure(found)
    changed = asked.why is None and asked.status != 304
    async with work.transaction() as db:
        if asked.why:
            await store.save_error(db, work.workspace_id, row.id, asked.why, None, 0)
        elif not changed:
            await store.save_result(db, work.workspace_id, row.id, None, None, 0, 0, 0, 0)
        else:
            await arrive(db, work.settings, work.workspace_id, row.id, found, asked.status)
        failures = row.failures + 1 if why else 0
        asked_for = retry_after(headers.get("retry-after"), found.at)
        chance = secrets.randbelow(1_000) / 1_000
        wait = next_wait(row.interval_s, failures, asked_for, chance)
        kept = changed and not why
        await store.save_poll(
            *(db, work.workspace_id, row.id, row.version, wait),
            _mark(headers.get("etag")) if kept else row.etag,
            _mark(headers.get("last-modified")) if kept else row.last_modified,
            asked.why == "gone",
        )


def _mark(value: str | None) -> str | None:
    """A mark that can be sent back as it came."""
    fits = value is not None and len(value) <= 500 and value.isascii() and value.isprintable()
    return value if fits else None


async def _fetch(work: Work, client: Client) -> bool:
    """Whether there was a mention to ask for."""
    async with work.transaction() as db:
        row = await store.claim_fetch(db, work.workspace_id)
        now = await clock.now(db)
    if row is None:
        return False
    found, outcome = await _ask(work.settings, client, row, Found(now))
    async with work.transaction() as db:
        if found.reports:
            await arrive(db, work.settings, work.workspace_id, row.source_id, found)
        elif outcome.status == "failed" or outcome.why in ("denied", "limited"):
            await store.save_error(
                db, work.workspace_id, row.source_id, outcome.why or "shape", None, found.failed
            )
        await store.save_fetch(
            *(db, work.workspace_id, row.source_id, row.media_id, row.comment_id),
            *(outcome.status, outcome.why, outcome.wait),
        )
    return True


async def _ask(
    settings: Settings, client: Client, row: FetchRow, found: Found
) -> tuple[Found, graph.Outcome]:
    """A token that can't be opened any more has to be given again."""
    url = graph.address(row.user_id, row.media_id, row.comment_id, graph.GRAPH)
    if url is None:
        return found, graph.Outcome("failed", "shape")
    try:
        token = vault(settings, SEAL).open(row.token_sealed, row.source_id.bytes).decode()
    except Unsealable:
        return found, graph.Outcome("failed", "denied")
    # A redirection would carry the token elsewhere.
    headers = {"Authorization": f"Bearer {token}", "User-Agent": asking.AGENT}
    asked = await asking.get(client, url, headers, hops=0)
    body = asked.answer.body if asked.answer else b""
    wanted = Wanted(row.user_id, row.media_id, row.comment_id or None)
    if asked.why is None:
        for path, document in documents(body, found):
            meta.answer(document, wanted, path, found)
    headers_of = asked.answer.headers if asked.answer else {}
    wait = retry_after(headers_of.get("retry-after"), found.at)
    return found, graph.after(asked.why, graph.error_code(body), bool(found.reports), row.attempts, wait)


@scheduled("mentions.look", "* * * * *")
async def look_again(settings: Settings, database: Database) -> None:
    """A job for each workspace in which something is due."""
    async with database.connection() as db:
        found = await store.due_workspaces(db)
    for workspace_id in found:
        async with database.transaction(workspace_id) as db:
            await enqueue(db, workspace_id, LOOK, dedupe="due")


@scheduled("mentions.drop_fetches", "41 4 * * *")
async def drop_fetches(settings: Settings, database: Database) -> None:
    """What was asked for is forgotten after 90 days."""
    async with database.connection() as db:
        while await store.drop_fetches(db, KEPT, 1_000):
            pass
