"""Where measured rates stand: among peers, and within platform, tier, category and country (pure)."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import exp, isnan
from uuid import UUID

import numpy as np

from scoring import builtin, engagement
from scoring import peers as peer_groups
from scoring.arrays import Flags, Floats, Integers, factorise
from scoring.basis import Basis
from scoring.engagement import Standing
from scoring.peers import Peers
from scoring.percentiles import place
from scoring.rates import Rates
from scoring.scores import CODE, REASONS, rounded
from service.accounts.workspaces.schemas import Tiers
from service.discovery.engagement.measuring import Measured
from service.discovery.engagement.schemas import (
    FormatEngagement,
    MeasuredRate,
    MemberGroup,
    Options,
    PeerFacts,
    Percentile,
    Percentiles,
)
from service.discovery.scores.columns import rates_of
from service.discovery.scores.ranking import MODEL
from service.kit import ids
from service.kit.text import fold_tr

BELOW = "below"


@dataclass(frozen=True, slots=True)
class Grouping:
    """Which group each account of the catalogue is in: int64[M] into names, -1 where it is not known."""

    code: Integers
    names: tuple[str, ...]

    def inside(self, name: str) -> Flags:
        """Who is in a group."""
        known: Flags = self.code == (self.names.index(name) if name in self.names else -2)
        return known


@dataclass(frozen=True, slots=True)
class Members:
    """The catalogue: rates, where each account stands in it, and the groups that they are in."""

    rates: Rates
    place: dict[UUID, int]
    groups: dict[str, Grouping]

    @classmethod
    def of(cls, rows: Sequence[MemberGroup], tiers: Tiers) -> "Members":
        rates = rates_of(rows)
        reached = np.searchsorted(bounds(tiers), rates.followers, side="right")
        country, countries = factorise((name or "" for row in rows for name in row.countries), len(reached))
        return cls(
            rates,
            {
                account_id: at
                for at, account_id in enumerate(each for row in rows for each in row.account_ids)
            },
            {
                "tier": Grouping(reached, (BELOW, *tiers.__struct_fields__)),
                "category": Grouping(rates.category, rates.categories),
                "country": Grouping(country, countries),
            },
        )

    def alike(self, account_id: UUID, basis: Basis) -> Flags:
        """Whose rates can be compared with those of an account: others of the same basis."""
        bases = self.rates.bases
        same: Flags = self.rates.basis == (bases.index(basis) if basis in bases else -1)
        if account_id in self.place:
            same[self.place[account_id]] = False
        return same


def bounds(tiers: Tiers) -> list[int]:
    """The fewest followers of each tier, rising."""
    return [getattr(tiers, name) for name in tiers.__struct_fields__]


def tier(followers: int | None, tiers: Tiers) -> str | None:
    """The tier of an account; None where its followers are not known.

    >>> tier(49_999, Tiers()), tier(50_000, Tiers()), tier(3, Tiers()), tier(None, Tiers())
    ('micro', 'mid', 'below', None)
    """
    if followers is None:
        return None
    return (BELOW, *tiers.__struct_fields__)[bisect_right(bounds(tiers), followers)]


def stand(
    rows: Sequence[Measured], catalogue: Sequence[MemberGroup], tiers: Tiers, options: Options, now: datetime
) -> list[FormatEngagement]:
    """Each row with its peers, z, score and percentiles."""
    members = Members.of(catalogue, tiers)
    peers = peer_groups.fit(members.rates, cold_start=builtin.peers())
    rates = _rates(rows, options)
    standing = engagement.standing(rates, peers)
    column = engagement.score(rates, peers)
    among = peer_groups.percentile(rates, peers).tolist()
    return [
        FormatEngagement(
            account_id=ids.show("acc", row.account.id),
            platform=row.account.platform,
            handle=row.account.handle,
            followers=row.account.followers,
            format=row.format,
            organic=row.organic,
            sponsored=row.sponsored,
            sponsored_performance=row.performance,
            compared="sponsored" if options.sponsored else "organic",
            peers=_facts(standing, peers, at),
            z=None if isnan(standing.z[at]) else rounded(standing.z[at]),
            score=column.at(at, now, MODEL.version),
            percentiles=Percentiles(
                peers=_among_peers(among[at], standing, peers, at),
                **_within(row, _compared(row, options), members, tiers),
            ),
        )
        for at, row in enumerate(rows)
    ]


def _compared(row: Measured, options: Options) -> MeasuredRate:
    return row.sponsored if options.sponsored else row.organic


def _rates(rows: Sequence[Measured], options: Options) -> Rates:
    compared = [_compared(row, options) for row in rows]
    rates = Rates.of(
        platform=[row.account.platform for row in rows],
        value=[rate.value for rate in compared],
        followers=[row.account.followers for row in rows],
        n=[rate.n for rate in compared],
        base=[rate.base for rate in compared],
        components=[rate.components for rate in compared],
        format=[row.format for row in rows],
        statistic=[rate.statistic for rate in compared],
        category=[fold_tr(row.account.category or "") or None for row in rows],
        reason=np.array([CODE[rate.reason or ""] for rate in compared], dtype=np.int8),
    )
    return replace(rates, window_days=options.window_days)


def _facts(standing: Standing, peers: Peers, at: int) -> PeerFacts | None:
    mu, sigma = float(standing.among.mu[at]), float(standing.among.sigma[at])
    if standing.among.group[at] < 0 or REASONS[standing.among.reason[at]] == "no_followers":
        return None
    group = peers.groups[int(standing.among.group[at])]
    return PeerFacts(group.source, group.n, rounded(mu), rounded(sigma), rounded(exp(mu)))


def _among_peers(share: float, standing: Standing, peers: Peers, at: int) -> Percentile:
    group = int(standing.among.group[at])
    source, n = (peers.groups[group].source, peers.groups[group].n) if group >= 0 else (None, 0)
    if isnan(share):
        return Percentile(source, None, n, REASONS[standing.reason[at]])
    return Percentile(source, rounded(100 * share), n, None)


def _within(row: Measured, rate: MeasuredRate, members: Members, tiers: Tiers) -> dict[str, Percentile]:
    """The percentiles within platform, tier, category and country, the account itself left aside."""
    account = row.account
    alike = members.alike(account.id, Basis(account.platform, row.format, rate.base, rate.components))
    own = {
        "tier": tier(account.followers, tiers),
        "category": fold_tr(account.category or "") or None,
        "country": account.country,
    }
    found = {"platform": _percentile(account.platform, rate, members.rates.value[alike])}
    for name, group in own.items():
        inside = alike & members.groups[name].inside(group or "")
        found[name] = _percentile(group, rate, members.rates.value[inside])
    return found


def _percentile(group: str | None, rate: MeasuredRate, others: Floats) -> Percentile:
    if group is None:
        return Percentile(None, None, 0, "no_group")
    value, n, reason = place(rate.value, others)
    if rate.value is None:
        reason = rate.reason or reason
    return Percentile(group, None if value is None else rounded(100 * value), n, reason)
