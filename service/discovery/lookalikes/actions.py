"""Who is like an influencer: candidates as a search finds them, compared all at once."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

import numpy as np

from scoring import builtin, lookalikes
from scoring import peers as peer_groups
from scoring.arrays import Floats
from scoring.audience import Shares
from scoring.content.shared import Shared, shared
from scoring.content.space import Space
from scoring.lookalikes import Likeness
from scoring.peers import Peers
from scoring.rates import Rates
from service.discovery.content import spaces
from service.discovery.content import store as texts
from service.discovery.content.jobs import said_by
from service.discovery.content.schemas import Paces, VectorRows
from service.discovery.lookalikes import store
from service.discovery.lookalikes.problems import NoLookalikes
from service.discovery.lookalikes.schemas import LookalikesRequest
from service.discovery.scores import store as scores
from service.discovery.scores.actions import MOST_CANDIDATES
from service.discovery.scores.columns import Candidates, rates_of, shares_of
from service.discovery.scores.problems import TooManyCandidates
from service.discovery.scores.schemas import Audiences, CodeRow
from service.discovery.search.actions import candidates
from service.influencers.profiles.store import get_influencer
from service.kit import ids
from service.kit.db import Connection, Database

DIMENSIONS = ["country", "city", "age", "gender", "interests", "language"]
MOST_CODES = 60

Wanted = Mapping[str, Mapping[str, float]]


class Facts(NamedTuple):
    """What is stored of the candidates and of the influencer, who stands first."""

    rows: Candidates
    peers: Peers
    space: Space | None
    vectors: VectorRows
    paces: Paces
    wanted: Wanted
    audiences: list[Audiences]
    codes: list[CodeRow]


class Near(NamedTuple):
    """One who is alike."""

    key: UUID
    account_id: UUID | None
    similarity: float
    content: float | None
    audience: float | None


class Found(NamedTuple):
    """The most alike, what is known of the influencer, and how many were compared."""

    nearest: list[Near]
    content_known: bool
    audience_known: bool
    candidates: int


async def find(
    database: Database, db: Connection, workspace_id: UUID, target: UUID, asked: LookalikesRequest
) -> Found:
    """Raises UnknownInfluencer, NoLookalikes, TooManyCandidates."""
    row = await get_influencer(db, workspace_id, target)
    if row.opted_out_at or row.archived_at or row.merged_into:
        raise NoLookalikes(f"{ids.show('inf', target)} opted out or is archived")
    found = (await candidates(database, db, workspace_id, asked.filters)).influencer_ids
    if len(found) > MOST_CANDIDATES:
        raise TooManyCandidates(f"at most {MOST_CANDIDATES:,} can be compared at once; narrow the filters")
    others = [key for key in found if key != target]
    await scores.take_memory(db)
    facts = await _facts(db, workspace_id, [target, *others])
    return await asyncio.to_thread(_compare, facts, target, asked)


async def shared_terms(
    db: Connection, workspace_id: UUID, target: UUID, keys: Sequence[UUID]
) -> dict[UUID, Shared]:
    """What an influencer shares with each of some others."""
    space = await spaces.usable(db, workspace_id)
    if space is None or not keys:
        return {}
    said = {each.person.id: each for each in await said_by(db, workspace_id, [target, *keys])}
    known = [key for key in keys if key in said and target in said]
    documents = [said[key].document() for key in known]
    wanted = said[target].document() if known else None
    if wanted is None:
        return {}
    made = await asyncio.to_thread(shared, space[1], wanted, documents)
    return dict(zip(known, made, strict=True))


async def _facts(db: Connection, workspace_id: UUID, keys: list[UUID]) -> Facts:
    groups = await scores.candidates(db, workspace_id, keys, [], [], False)
    rows = await asyncio.to_thread(Candidates.of, groups)
    catalogue = await scores.catalogue(db, workspace_id)
    space = await spaces.usable(db, workspace_id)
    vectors = await texts.vectors(db, workspace_id, space[0].id, rows.keys) if space else VectorRows([], b"")
    wanted = await _wanted(db, workspace_id, rows.account_ids[rows.keys.index(keys[0])])
    return Facts(
        rows,
        await asyncio.to_thread(lambda: peer_groups.fit(rates_of(catalogue), cold_start=builtin.peers())),
        space[1] if space else None,
        vectors,
        await texts.paces(db, workspace_id, rows.keys),
        wanted,
        [await scores.audiences(db, workspace_id, rows.account_ids)] if wanted else [],
        await scores.codes(db, workspace_id, list(wanted)) if wanted else [],
    )


async def _wanted(db: Connection, workspace_id: UUID, account_id: UUID | None) -> Wanted:
    """The influencer's own audience, by dimension and code."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    if account_id is not None:
        for each in await store.audience_of(db, workspace_id, account_id, DIMENSIONS, MOST_CODES):
            found[each.dimension][each.code] = each.share
    return found


def _compare(facts: Facts, target: UUID, asked: LookalikesRequest) -> Found:
    keys = facts.rows.keys
    at = keys.index(target)
    text, figures = _texts(facts), _figures(facts)
    alike = lookalikes.likeness(text, figures, at, by=asked.by)
    nearest = alike.nearest(keys, asked.limit)
    return Found(
        [_near(facts.rows, alike, int(place)) for place in nearest],
        bool(text[at].any()),
        bool(np.isfinite(figures[at]).sum() >= lookalikes.LEAST_KNOWN),
        len(keys) - 1,
    )


def _near(rows: Candidates, alike: Likeness, place: int) -> Near:
    parts = [float(column[place]) for column in (alike.similarity, alike.content, alike.audience)]
    similarity, content, audience = (round(part, 6) if np.isfinite(part) else None for part in parts)
    return Near(rows.keys[place], rows.account_ids[place], similarity or 0.0, content, audience)


def _texts(facts: Facts) -> Floats:
    size = facts.space.text.size if facts.space else 0
    made = np.zeros((len(facts.rows.keys), max(1, size)), dtype=np.float32)
    places = np.array(facts.vectors.places, dtype=np.int64) - 1
    if size and facts.space is not None:
        made[places] = facts.space.decode(facts.vectors.vectors, len(places)).text
    return made  # type: ignore[return-value]


def _figures(facts: Facts) -> Floats:
    size = len(facts.rows.keys)
    pace = np.full(size, np.nan)
    pace[np.array(facts.paces.places, dtype=np.int64) - 1] = facts.paces.posts_per_week
    rates = facts.rows.rates
    with np.errstate(divide="ignore", invalid="ignore"):
        followers = np.log(np.where(rates.followers > 0, rates.followers, np.nan))
        pace = np.log(pace)
    shares = shares_of(facts.wanted, size, facts.audiences, facts.codes)
    return lookalikes.standardised(
        {"followers": followers, "engagement": _residual(rates, facts.peers), "pace": pace},
        {each.dimension: _known(each) for each in shares},
    )


def _residual(rates: Rates, peers: Peers) -> Floats:
    """How far a rate stands from its peers', in logarithms."""
    among = peer_groups.expected(rates, peers)
    usable = (rates.value > 0) & (among.reason == 0)
    return np.asarray(np.log(np.where(usable, rates.value, np.nan)) - among.mu)


def _known(shares: Shares) -> Floats:
    """Shares of those whose audience is known; 0 is no share, NaN is no knowledge."""
    return np.where(np.isfinite(shares.mass)[:, None], shares.shares, np.nan)
