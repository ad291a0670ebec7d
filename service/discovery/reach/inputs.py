"""From influencers to what reach is computed from: one account each, its audience, its planned presence."""

import asyncio
from collections.abc import Mapping, Sequence
from itertools import groupby
from uuid import UUID

from msgspec.structs import replace

from graph.audiences import Audience, SizeOnly
from graph.contacts import Posts, Presence
from scoring import prevalence
from service.accounts.workspaces.store import get_workspace
from service.discovery.reach import store
from service.discovery.reach.costs import price
from service.discovery.reach.measuring import Measured, measure
from service.discovery.reach.planned import of_account
from service.discovery.reach.rating import chance, outside_of, rate_of
from service.discovery.reach.schemas import (
    AccountRow,
    Asked,
    Candidate,
    Inputs,
    Settings,
    UsedRate,
)
from service.discovery.reach.standing import eligible, standing
from service.influencers.engagement import PostFigures, basis_format
from service.influencers.followers.reading import (
    KnownSet,
    Of,
    SetHead,
    audience_sets,
    linked_platforms,
    set_heads,
)
from service.influencers.posts.store import figures
from service.influencers.rates.schemas import RateRow
from service.influencers.rates.store import rates_of
from service.influencers.samples.schemas import FakeShare
from service.influencers.tables import INFLUENCERS
from service.kit import clock
from service.kit.db import Connection


async def inputs(db: Connection, workspace_id: UUID, influencer_ids: Sequence[UUID], asked: Asked) -> Inputs:
    """What is known of these influencers, in their order, in a handful of statements.

    Nobody raises: who can't be computed with stands in `left_out` with the reason.
    """
    return await filled(db, workspace_id, await outline(db, workspace_id, influencer_ids, asked), asked.of)


async def outline(db: Connection, workspace_id: UUID, influencer_ids: Sequence[UUID], asked: Asked) -> Inputs:
    """The same without reading anybody's followers: of an audience with a set its size, and no `reason`."""
    rows = await store.accounts(db, workspace_id, list(dict.fromkeys(influencer_ids)))
    own, left_out = eligible(influencer_ids, rows, asked)
    keys = [row.account_id for each in own.values() for row in each if row.account_id is not None]
    sets = await set_heads(db, workspace_id, keys, asked.of) if keys else {}
    sizes = {key: known.size for key, known in sets.items()}
    chosen = [standing(each, sizes) for each in own.values()]
    taken = [row.account_id for row in chosen if row.account_id is not None]
    posts = await figures(db, INFLUENCERS, workspace_id, taken)
    cards = await rates_of(db, workspace_id, [row.influencer_id for row in chosen])
    workspace = await get_workspace(db, workspace_id)
    now = await clock.now(db)
    settings = Settings(workspace.reach_rates, workspace.tiers, workspace.currency, now.date())
    found = await asyncio.to_thread(_decide, chosen, sets, posts, cards, asked, settings)
    return Inputs(found, left_out, await linked_platforms(db, workspace_id), workspace.currency, now)


async def filled(db: Connection, workspace_id: UUID, found: Inputs, of: Of) -> Inputs:
    """An outline with the people of its sets."""
    keys = [each.account_id for each in found.candidates if each.version is not None]
    sets = await audience_sets(db, workspace_id, keys, of) if keys else {}
    return replace(
        found,
        candidates=[
            each if each.version is None else _with_set(each, sets.get(each.account_id))
            for each in found.candidates
        ],
    )


def _with_set(each: Candidate, known: KnownSet | None) -> Candidate:
    """None: the set went since the outline."""
    if known is not None:
        return replace(each, audience=known.audience)
    audience, reason = _audience(each.followers, None)
    return replace(each, audience=audience, reason=reason, version=None, sampled=0)


async def candidates(
    db: Connection, workspace_id: UUID, influencer_ids: Sequence[UUID], asked: Asked
) -> list[Candidate]:
    """The candidates alone."""
    return (await inputs(db, workspace_id, influencer_ids, asked)).candidates


def _decide(
    chosen: Sequence[AccountRow],
    sets: Mapping[UUID, SetHead],
    posts: Sequence[PostFigures],
    cards: Sequence[RateRow],
    asked: Asked,
    settings: Settings,
) -> list[Candidate]:
    kinds = measure(posts)
    priced = {key: list(own) for key, own in groupby(cards, key=lambda row: row.influencer_id)}
    suspected = fakes_of(chosen)
    return [
        _candidate(row, sets, kinds, priced.get(row.influencer_id, []), fakes, asked, settings)
        for row, fakes in zip(chosen, suspected, strict=True)
    ]


def _candidate(
    row: AccountRow,
    sets: Mapping[UUID, SetHead],
    kinds: Mapping[tuple[UUID, str], Measured],
    card: Sequence[RateRow],
    fakes: FakeShare | None,
    asked: Asked,
    settings: Settings,
) -> Candidate:
    account_id, platform = row.account_id, row.platform
    if account_id is None or platform is None:
        raise ValueError("an influencer without an account stands for nobody")
    known = sets.get(account_id)
    audience, reason = _audience(row.followers, known)
    planned = of_account(asked.posts, row.influencer_id, platform)
    found = [
        (rate_of(row, format, count, measured, settings), outside_of(measured, count))
        for format, count in planned
        for measured in [kinds.get((account_id, basis_format(format)))]
    ]
    rates = tuple(rate for rate, _ in found if rate is not None)
    presence = presence_of(rates, fakes) if len(rates) == len(planned) else None
    return Candidate(
        influencer_id=row.influencer_id,
        account_id=account_id,
        name=row.name,
        platform=platform,
        handle=row.handle,
        categories=row.categories,
        followers=row.followers,
        audience=audience,
        reason=reason,
        as_of=known.as_of if known else row.observed_at,
        source=known.source if known else None,
        version=known.version if known else None,
        fakes=fakes,
        planned=planned,
        presence=presence,
        presence_reason=None if presence is not None else "no_reach_rate",
        rates=rates,
        outside=tuple(each for _, each in found if each is not None),
        cost=price(planned, platform, card, settings),
        sampled=known.sampled if known else 0,
    )


def _audience(followers: int | None, known: SetHead | None) -> tuple[Audience | None, str | None]:
    if known is not None:
        return SizeOnly(known.size), None
    if followers is not None:
        return SizeOnly(followers), "no_audience_set"
    return None, "followers_unknown"


def presence_of(rates: Sequence[UsedRate], fakes: FakeShare | None) -> Presence:
    """Planned posts with their rates, suspected fakes taken off."""
    return Presence(
        tuple(Posts(chance(each), each.posts) for each in rates), fakes.estimate if fakes else 0.0
    )


def fakes_of(rows: Sequence[AccountRow]) -> list[FakeShare | None]:
    """The share of fakes that each account's newest follower sample means, as authenticity computes it."""
    known = [at for at, row in enumerate(rows) if row.n]
    found: list[FakeShare | None] = [None] * len(rows)
    if not known:
        return found
    columns = ([getattr(rows[at], name) for at in known] for name in ("n", "flagged", "tpr", "fpr"))
    low, share, high = prevalence.interval(*columns)
    for at, ends in zip(known, zip(low.tolist(), share.tolist(), high.tolist(), strict=True), strict=True):
        if ends[1] == ends[1]:
            found[at] = FakeShare(*(round(each, 6) for each in ends))
    return found
