"""Audience sets for those who reckon with them."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from graph.audiences import Audience
from service.influencers.followers import store
from service.influencers.followers.schemas import Of as Of
from service.influencers.followers.schemas import SetHead as SetHead
from service.influencers.followers.sets import audience
from service.kit.db import Connection, Record

_AT_ONCE = 50


class KnownSet(NamedTuple):
    """One account's audience: people by their numbers in the workspace, the same in every set.

    Linked identities of one person have one number; without a link nobody is the same on two platforms.
    `version` rises with each change of the set.
    """

    account_id: UUID
    audience: Audience
    as_of: datetime
    source: str
    version: int


async def audience_sets(
    db: Connection, workspace_id: UUID, account_ids: Sequence[UUID], of: Of = "followers"
) -> dict[UUID, KnownSet]:
    """The sets of accounts, all of one moment, in the order of `account_ids`.

    Accounts without a set are absent, and so are those of influencers who opted out. In a transaction.
    """
    found: dict[UUID, KnownSet] = {}
    held: list[Record] = []
    async for record in store.stream(db, workspace_id, account_ids, of, _AT_ONCE):
        held.append(record)
        if len(held) == _AT_ONCE:
            found |= await asyncio.to_thread(_known, held)
            held = []
    found |= await asyncio.to_thread(_known, held)
    return {account: found[account] for account in account_ids if account in found}


async def set_heads(
    db: Connection, workspace_id: UUID, account_ids: Sequence[UUID], of: Of = "followers"
) -> dict[UUID, SetHead]:
    """What is known of the same sets without reading their people."""
    return {each.account_id: each for each in await store.heads(db, workspace_id, account_ids, of)}


async def linked_platforms(db: Connection, workspace_id: UUID) -> set[frozenset[str]]:
    """Pairs of platforms between which identities are linked."""
    return {frozenset((pair.first, pair.second)) for pair in await store.linked_platforms(db, workspace_id)}


def _known(records: Sequence[Record]) -> dict[UUID, KnownSet]:
    return {
        account: KnownSet(account, audience(basis, size, bits), as_of, source, version)
        for account, basis, size, bits, as_of, source, version in records
    }
