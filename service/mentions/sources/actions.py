"""Sources made, changed, shown and ended."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, structs

from service.accounts import audit
from service.accounts.callers import Caller
from service.conversions.inbound import actions as integrations
from service.conversions.inbound import others
from service.conversions.inbound import store as integration_store
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.kit.secrets import vault
from service.mentions.intake.own import ALIASES
from service.mentions.problems import TooManySources
from service.mentions.sources import addresses, store
from service.mentions.sources.jobs import SEAL
from service.mentions.sources.reading import PREFIX
from service.mentions.sources.schemas import (
    INTERVAL_S,
    MOST_SOURCES,
    POLLED,
    FetchCounts,
    ListeningSource,
    NewSource,
    SourceCounts,
    SourcePatch,
    SourceResult,
    SourceRow,
)
from service.settings import Settings

_OF_PUSHED = ("secret", "access_token", "aliases")
_OF_POLLED = ("url", "interval_s")


async def add(db: Connection, settings: Settings, caller: Caller, data: NewSource) -> SourceRow:
    """Makes a source, with an address of its own where it sends. Raises InvalidInput, TooManySources."""
    given = {name for name in (*_OF_PUSHED, *_OF_POLLED) if getattr(data, name)}
    _fits(data.kind, given, data.aliases, new=True)
    if data.url:
        await addresses.check(settings, data.url)
    if await store.count_sources(db, caller.workspace_id) >= MOST_SOURCES:
        raise TooManySources(f"at most {MOST_SOURCES}; archive some", most=MOST_SOURCES)
    source_id, integration_id = ids.new(), None
    if data.kind not in POLLED:
        integration_id = await others.open_address(
            *(db, settings, caller.workspace_id, f"{PREFIX}{data.kind}", data.name.strip()),
            [data.secret] if data.secret else [],
        )
    row = await store.add_source(
        *(db, caller.workspace_id, source_id, data.kind, data.name.strip(), data.url),
        (data.interval_s or INTERVAL_S) if data.kind in POLLED else None,
        *(integration_id, data.aliases, _sealed(settings, source_id, data.access_token)),
    )
    await audit.record(db, caller, "listening_source.created", ids.show("lso", row.id), {"kind": row.kind})
    return row


async def change(
    db: Connection, settings: Settings, caller: Caller, source_id: UUID, patch: SourcePatch
) -> SourceRow:
    """Changes a source. Raises UnknownSource, InvalidInput, SourceExists."""
    row = await store.lock_source(db, caller.workspace_id, source_id)
    sent = {name: value for name, value in structs.asdict(patch).items() if value is not UNSET}
    _fits(row.kind, set(sent) - {"name", "paused"}, sent.get("aliases") or {}, new=False)
    if sent.get("url") and sent["url"] != row.url:
        await addresses.check(settings, sent["url"])
    if "secret" in sent and row.integration_id is not None:
        given = [sent["secret"]] if sent["secret"] else []
        await integrations.put_secrets(db, settings, caller.workspace_id, row.integration_id, given)
    token = row.token_sealed
    if "access_token" in sent:
        token = _sealed(settings, row.id, sent["access_token"])
    row = await store.save_source(
        *(db, caller.workspace_id, row.id, sent.get("name", row.name).strip(), sent.get("url", row.url)),
        *(sent.get("interval_s", row.interval_s), sent.get("aliases", row.aliases), token),
        sent.get("paused", row.paused),
    )
    if sent.get("access_token"):
        await store.retry_fetches(db, caller.workspace_id, row.id)
    await audit.record(
        db, caller, "listening_source.changed", ids.show("lso", row.id), {"fields": sorted(sent)}
    )
    return row


async def archive(db: Connection, caller: Caller, source_id: UUID) -> None:
    """Ends a source: its address is unknown from now on, its mentions stay. Raises UnknownSource."""
    row = await store.lock_source(db, caller.workspace_id, source_id)
    await store.archive_source(db, caller.workspace_id, row.id)
    if row.integration_id is not None:
        await integration_store.archive_integration(db, caller.workspace_id, row.integration_id)
        await integration_store.drop_secrets(db, caller.workspace_id, row.integration_id)
    await audit.record(db, caller, "listening_source.archived", ids.show("lso", row.id))


async def shown(
    db: Connection, settings: Settings, caller: Caller, rows: Sequence[SourceRow]
) -> list[ListeningSource]:
    """Sources as the API shows them; to those who may write, with the address to send to."""
    pushed = [row.integration_id for row in rows if row.integration_id is not None]
    writes = "mentions:write" in caller.scopes
    urls = await others.addresses(db, settings, caller.workspace_id, pushed) if writes else {}
    signed = set(await store.signed(db, caller.workspace_id, pushed))
    fetches: defaultdict[UUID, FetchCounts] = defaultdict(lambda: FetchCounts(0, 0, 0))
    for each in await store.count_fetches(db, caller.workspace_id, [row.id for row in rows]):
        setattr(fetches[each.source_id], each.status, each.number)
    return [
        ListeningSource(
            id=ids.show("lso", row.id),
            **{name: getattr(row, name) for name in _SAME},
            inbound_url=urls.get(row.integration_id) if row.integration_id else None,
            signed=row.integration_id in signed,
            has_access_token=row.token_sealed is not None,
            status=status_of(row),
            next_poll_at=None if row.paused else row.due_at,
            last_result=None if row.last_result is None else msgspec.convert(row.last_result, SourceResult),
            counts=SourceCounts(row.created, row.updated, row.unchanged, row.failed),
            fetches=fetches[row.id] if row.kind == "meta" else None,
        )
        for row in rows
    ]


_SAME = (
    *("kind", "name", "url", "interval_s", "aliases", "last_at", "last_ok_at", "last_error", "last_error_at"),
    *("failures", "cursor", "created_at", "updated_at"),
)


def status_of(row: SourceRow) -> Literal["ok", "waiting", "failing", "paused"]:
    """How a source does."""
    if row.paused:
        return "paused"
    if row.failures:
        return "failing"
    return "waiting" if row.last_ok_at is None else "ok"


def _fits(kind: str, given: set[str], aliases: dict[str, str], *, new: bool) -> None:
    """Refuses what a source of this kind can't have, every field of it."""
    errors: list[dict[str, Any]] = []
    wrong = _OF_PUSHED if kind in POLLED else _OF_POLLED
    errors += [{"path": name, "message": f"is nothing to {kind}"} for name in wrong if name in given]
    if "access_token" in given and kind not in ("meta", *POLLED):
        errors.append({"path": "access_token", "message": "is for meta alone"})
    if aliases and kind != "generic":
        errors.append({"path": "aliases", "message": "are for generic alone"})
    unknown = sorted(set(aliases) - set(ALIASES))
    errors += [{"path": f"aliases.{name[:40]}", "message": "is no field of a mention"} for name in unknown]
    if new and kind in POLLED and "url" not in given:
        errors.append({"path": "url", "message": f"is needed for {kind}"})
    if errors:
        raise InvalidInput("the source can't be so", errors=errors)


def _sealed(settings: Settings, source_id: UUID, token: str | None) -> bytes | None:
    return vault(settings, SEAL).seal(token.encode(), source_id.bytes) if token else None
