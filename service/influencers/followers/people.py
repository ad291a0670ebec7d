"""People behind the hashes: identities that become one person, and people who are to be forgotten."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from msgspec import Struct
from pyroaring import BitMap

from service.imports.rejects import REASONS, Unfit
from service.influencers.followers import store
from service.influencers.followers.actions import rewrite
from service.influencers.followers.hashing import HASH_BYTES, Hasher
from service.influencers.followers.linking import moved, moves
from service.influencers.followers.naming import follower_id
from service.influencers.followers.schemas import (
    FollowerErasure,
    FollowerIdentity,
    FollowerLink,
    LinkedFollowers,
    RejectedLink,
)
from service.influencers.followers.sets import numbers_of
from service.kit.db import Connection

Known = tuple[str, bytes]
"""A platform and the keyed hash of an identity there."""
Pair = tuple[Known, Known]


class Read(Struct):
    """Links that could be read, and those that could not."""

    pairs: list[Pair]
    rejects: list[RejectedLink]


def read_links(links: Sequence[FollowerLink], key: bytes) -> Read:
    """Links as pairs of hashes; `key`: identity.workspace_key."""
    read, hashers = Read([], []), _Hashers(key)
    for index, link in enumerate(links):
        try:
            pair = hashers.known(link.a), hashers.known(link.b)
            if pair[0] == pair[1]:
                raise Unfit("self_loop")
        except Unfit as unfit:
            read.rejects.append(RejectedLink(index, unfit.reason, REASONS[unfit.reason]))
        else:
            read.pairs.append(pair)
    return read


def read_identity(identity: FollowerIdentity, key: bytes) -> Known:
    """An identity's hash. Raises Unfit."""
    return _Hashers(key).known(identity)


async def link(db: Connection, workspace_id: UUID, read: Read, *, dry_run: bool) -> LinkedFollowers:
    """Gives both identities of each pair one number, and all sets that hold the other one. In one's turn."""
    numbers = await numbers_in(db, workspace_id, {one for pair in read.pairs for one in pair})
    kept = [pair for pair in read.pairs if pair[0] in numbers and pair[1] in numbers]
    pairs = [(numbers[one], numbers[other]) for one, other in kept]
    moving = moves(pairs)
    changed = await _join(db, workspace_id, numbers, kept, moving)
    return LinkedFollowers(
        linked=len(moving),
        unchanged=len(kept) - len(moving),
        suppressed=len(read.pairs) - len(kept),
        rejected=len(read.rejects),
        rejects=read.rejects[:100],
        sets_changed=changed,
        dry_run=dry_run,
    )


async def forget(
    db: Connection, workspace_id: UUID, known: Sequence[Known], *, dry_run: bool = False
) -> FollowerErasure:
    """Removes people from all sets, by whatever identities they have, and keeps them out. In one's turn."""
    platforms, hashes = [one[0] for one in known], [one[1] for one in known]
    people = await store.find_people(db, workspace_id, platforms, hashes)
    rows = await store.suppress(db, workspace_id, platforms, hashes, people)
    gone = BitMap(people)
    changed = await rewrite(db, workspace_id, lambda members: _without(members, gone)) if people else 0
    return FollowerErasure(rows, changed, dry_run)


def known_as(identities: Iterable[tuple[str, str | None]], key: bytes) -> list[Known]:
    """The hashes by which lists hold these (platform, id or handle); what is no id is passed over."""
    hashers, found = _Hashers(key), []
    for platform, name in identities:
        try:
            found.append((platform, hashers[platform].one(follower_id(name or "", platform))))
        except Unfit:
            continue
    return list(dict.fromkeys(found))


async def numbers_in(db: Connection, workspace_id: UUID, known: Iterable[Known]) -> dict[Known, int]:
    """Everybody's number; who was erased has none."""
    by_platform: dict[str, list[bytes]] = defaultdict(list)
    for platform, hashed in known:
        by_platform[platform].append(hashed)
    found: dict[Known, int] = {}
    for platform, hashes in sorted(by_platform.items()):
        await store.stage(db, sorted(hashes))
        made = await store.resolve(db, workspace_id, platform)
        cut = range(0, len(made.hashes), HASH_BYTES)
        keys = ((platform, made.hashes[at : at + HASH_BYTES]) for at in cut)
        found |= zip(keys, numbers_of(made.numbers), strict=True)
    return found


async def _join(
    db: Connection,
    workspace_id: UUID,
    numbers: Mapping[Known, int],
    kept: Sequence[Pair],
    moving: Mapping[int, int],
) -> int:
    """Writes the numbers that people have from now on; how many sets are others by that."""
    if not moving:
        return 0
    ends = list(dict.fromkeys(one for pair in kept for one in pair))
    new = [moving.get(numbers[one], numbers[one]) for one in ends]
    await store.renumber_linked(db, workspace_id, list(moving), list(moving.values()))
    await store.renumber(db, workspace_id, [one[0] for one in ends], [one[1] for one in ends], new)
    leaving = BitMap(moving)
    return await rewrite(db, workspace_id, lambda members: moved(members, moving, leaving))


def _without(members: BitMap, gone: BitMap) -> BitMap:
    return members - gone if members.intersect(gone) else members


class _Hashers(dict[str, Hasher]):
    """A hasher for each platform, made when it is asked for."""

    def __init__(self, key: bytes) -> None:
        super().__init__()
        self._key = key

    def __missing__(self, platform: str) -> Hasher:
        made = self[platform] = Hasher(self._key, platform)
        return made

    def known(self, identity: FollowerIdentity) -> Known:
        """Raises Unfit."""
        return identity.platform, self[identity.platform].one(follower_id(identity.id, identity.platform))
