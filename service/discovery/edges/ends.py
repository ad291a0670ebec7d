"""From ends as they are named to nodes: an account of an influencer, or a handle that is nobody's here."""

import re
from collections.abc import Sequence
from uuid import UUID

from service.discovery.edges import store
from service.discovery.edges.schemas import End
from service.influencers.bulk.suppression import left
from service.influencers.identity import Identity, fold_handle
from service.kit.db import Connection

# What platforms allow in a handle, and YouTube's letters of any language.
_HANDLE = re.compile(r"[\w.\-·]{1,100}")


def is_handle(text: str) -> bool:
    """Whether a mention can be a handle at all; lists of mentions hold names and whole sentences as well."""
    return _HANDLE.fullmatch(text) is not None


def folded(end: End) -> str | None:
    """The key of an end: its handle's, else its id's."""
    return fold_handle(end.handle or end.platform_id)


async def nodes_of(
    db: Connection, workspace_id: UUID, key: bytes, ends: Sequence[End], *, strict: bool
) -> list[int | None]:
    """The node of each end, made where there is none; None for people who opted out or were erased.

    `strict`: None also where their account is still there, which is so after an opt-out.
    """
    accounts = await _accounts(db, workspace_id, ends)
    asked = [at for at, account_id in enumerate(accounts) if strict or account_id is None]
    gone = await left(db, workspace_id, key, [_identity(ends[at]) for at in asked])
    hidden = {asked[at] for at in gone}
    kept = [at for at in range(len(ends)) if at not in hidden and (accounts[at] or folded(ends[at]))]
    known = [account_id for at in kept if (account_id := accounts[at]) is not None]
    await store.add_account_nodes(db, workspace_id, known)
    outside = [ends[at] for at in kept if accounts[at] is None]
    await store.add_outside_nodes(
        db,
        workspace_id,
        [end.platform for end in outside],
        [end.handle or end.platform_id or "" for end in outside],
        [folded(end) or "" for end in outside],
    )
    found = await store.find_nodes(
        db,
        workspace_id,
        [accounts[at] for at in kept],
        [ends[at].platform for at in kept],
        [folded(ends[at]) for at in kept],
    )
    nodes = {kept[each.n - 1]: each.node for each in found}
    return [nodes.get(at) for at in range(len(ends))]


async def _accounts(db: Connection, workspace_id: UUID, ends: Sequence[End]) -> list[UUID | None]:
    found = await store.find_accounts(
        db,
        workspace_id,
        [end.platform for end in ends],
        [fold_handle(end.handle) for end in ends],
        [end.platform_id or end.handle for end in ends],
    )
    accounts = {each.n - 1: each.account_id for each in found}
    return [accounts.get(at) for at in range(len(ends))]


def _identity(end: End) -> Identity:
    # A name in a file may be a handle or the platform's own id: both may have been erased.
    return Identity(end.platform, end.platform_id or end.handle, fold_handle(end.handle), None, "")
