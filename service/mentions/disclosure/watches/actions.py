"""Making and changing watches: what holds between their fields."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import UNSET, structs

from service.influencers.problems import UnknownInfluencer
from service.influencers.profiles import store as profiles
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.kit.text import is_storable
from service.mentions.disclosure.checking import Fault, market_fault
from service.mentions.disclosure.packs import Pack
from service.mentions.disclosure.watches import following, store
from service.mentions.disclosure.watches.schemas import (
    DisclosureWatch,
    DisclosureWatchPatch,
    NewDisclosureWatch,
    WatchRow,
)


async def add(
    db: Connection, workspace_id: UUID, data: NewDisclosureWatch, known: Sequence[Pack]
) -> WatchRow:
    """A new watch, whose posts are looked at by a job. Raises InvalidInput, UnknownInfluencer."""
    faults = _faults(data, known)
    if (data.influencer_id is None) != data.all:
        faults.insert(0, {"path": "influencer_id", "message": "is one influencer's id, or `all` is true"})
    if faults:
        raise InvalidInput("a watch that can't be", errors=faults)
    who = None
    if data.influencer_id is not None:
        who = await _watched(db, workspace_id, data.influencer_id)
    values = (data.market, data.from_, data.to, data.note)
    row = await store.add_watch(
        db, workspace_id, ids.new(), who, data.advertiser, data.handles, data.hashtags, *values
    )
    await following.ask(db, workspace_id)
    return row


async def change(
    db: Connection, workspace_id: UUID, row: WatchRow, data: DisclosureWatchPatch, known: Sequence[Pack]
) -> WatchRow:
    """The watch with what was sent; all its posts are looked at anew. Raises InvalidInput."""
    given = {name: value for name, value in structs.asdict(data).items() if value is not UNSET}
    whole = structs.replace(_sent(row), **given)
    if faults := _faults(whole, known):
        raise InvalidInput("a watch that can't be", errors=faults)
    values = (whole.market, whole.from_, whole.to, whole.note)
    saved = await store.save_watch(
        db, workspace_id, row.id, whole.advertiser, whole.handles, whole.hashtags, *values
    )
    await following.ask(db, workspace_id)
    return saved


async def _watched(db: Connection, workspace_id: UUID, influencer_id: str) -> UUID:
    row = await profiles.get_influencer(db, workspace_id, ids.read("inf", influencer_id))
    if row.opted_out_at is not None:
        raise UnknownInfluencer(f"there is no {influencer_id!r}")
    return row.merged_into or row.id


def _sent(row: WatchRow) -> NewDisclosureWatch:
    return NewDisclosureWatch(
        influencer_id=ids.show_or_none("inf", row.influencer_id),
        all=row.influencer_id is None,
        advertiser=row.advertiser,
        handles=row.handles,
        hashtags=row.hashtags,
        market=row.market,
        from_=row.starts_at,
        to=row.ends_at,
        note=row.note,
    )


def _faults(data: NewDisclosureWatch, known: Sequence[Pack]) -> list[Fault]:
    found = []
    if data.to is not None and data.to <= data.from_:
        found.append({"path": "to", "message": "has to lie after from"})
    if fault := market_fault(data.market, known):
        found.append(fault)
    texts = [data.advertiser, data.note or "", *data.handles, *data.hashtags]
    if not all(map(is_storable, texts)):
        found.append({"path": "", "message": "holds a NUL character or half of a character"})
    return found


def shown(row: WatchRow) -> DisclosureWatch:
    """A watch as the API shows it."""
    return DisclosureWatch(
        id=ids.show("dwt", row.id),
        influencer_id=ids.show_or_none("inf", row.influencer_id),
        all=row.influencer_id is None,
        advertiser=row.advertiser,
        handles=row.handles,
        hashtags=row.hashtags,
        market=row.market,
        from_=row.starts_at,
        to=row.ends_at,
        note=row.note,
        pending=row.rules is None and row.archived_at is None,
        archived_at=row.archived_at,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
