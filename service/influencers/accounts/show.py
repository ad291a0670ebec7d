"""Rows as the API shows them, and figures as columns."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol, cast

import msgspec

from service.influencers import engagement
from service.influencers.accounts.schemas import (
    Account,
    AccountEngagement,
    AccountRow,
    Figures,
    Snapshot,
    SnapshotRow,
)
from service.influencers.engagement import EngagementRate
from service.influencers.schemas import Platform
from service.influencers.tables import FIGURES, GIVEN
from service.kit import ids


def account(row: AccountRow) -> Account:
    """An account as it is answered."""
    return Account(
        id=ids.show("acc", row.id),
        platform=cast(Platform, row.platform),
        handle=row.handle,
        platform_id=row.platform_id,
        name=row.name,
        url=row.url,
        avatar_url=row.avatar_url,
        verified=row.verified,
        identity=row.identity,  # type: ignore[arg-type]
        followers=row.followers,
        following=row.following,
        posts_count=row.posts_count,
        avg_views=row.avg_views,
        avg_likes=row.avg_likes,
        avg_comments=row.avg_comments,
        avg_shares=row.avg_shares,
        avg_engagements=row.avg_engagements,
        avg_engagements_authentic=row.avg_engagements_authentic,
        engagement_rate=rate_of(row),
        audience_country=row.audience_country,
        last_post_at=row.last_post_at,
        observed_at=row.observed_at,
        source=row.source,
    )


class Rated(Protocol):
    """A row with the columns of an engagement rate."""

    er_value: float | None
    er_format: str | None
    er_basis: str | None
    er_components: str | None
    er_statistic: str | None
    er_n: int | None
    er_window_days: int | None
    er_origin: str | None
    er_as_of: datetime | None


def rate_of(row: Rated) -> AccountEngagement | None:
    """A row's engagement rate; None where it has none."""
    if row.er_value is None:
        return None
    return AccountEngagement(
        value=row.er_value,
        basis=row.er_basis or "",
        components=row.er_components or "",
        statistic=row.er_statistic or "",
        n=row.er_n,
        window=row.er_window_days,
        format=row.er_format or "feed",
        origin=row.er_origin or "given",
        as_of=row.er_as_of,
    )


def snapshots(rows: Sequence[SnapshotRow]) -> list[Snapshot]:
    """Snapshots with the rates that they make, all computed at once."""
    rates = engagement.of_figures([of_row(row) for row in rows])
    return [_snapshot(row, rate) for row, rate in zip(rows, rates, strict=True)]


def of_row(row: SnapshotRow) -> engagement.Figures:
    names = engagement.Figures.__struct_fields__
    return engagement.Figures(**{name: getattr(row, name) for name in names})


def of_given(platform: str, figures: Figures) -> engagement.Figures:
    """Figures of a request as the rate is computed from them."""
    given = dict(zip((*FIGURES, *GIVEN), columns(figures), strict=True))
    names = engagement.Figures.__struct_fields__[1:]
    return engagement.Figures(platform, **{name: given[name] for name in names})


def columns(figures: Figures) -> list[Any]:
    """Figures in the order of the columns FIGURES and GIVEN."""
    rate = figures.engagement_rate
    given = (
        (None,) * len(GIVEN)
        if rate is None
        else (rate.value, rate.format, rate.basis, rate.components, rate.statistic, rate.n, rate.window)
    )
    return [*(getattr(figures, name) for name in FIGURES), *given]


def _snapshot(row: SnapshotRow, rate: EngagementRate | None) -> Snapshot:
    shown = None
    if rate is not None:
        shown = AccountEngagement(
            value=rate.value,
            basis=rate.basis,
            components=rate.components,
            statistic=rate.statistic,
            n=rate.n,
            window=rate.window_days,
            format=rate.format,
            origin=rate.origin,
            as_of=row.as_of,
        )
    figures = {name: getattr(row, name) for name in FIGURES}
    return Snapshot(
        account_id=ids.show("acc", row.account_id),
        platform=cast(Platform, row.platform),
        as_of=row.as_of,
        source=row.source,
        engagement_rate=shown,
        **figures,
    )


def named(row: AccountRow) -> dict[str, Any]:
    """An account in a problem that asks which one is meant."""
    return {"id": ids.show("acc", row.id), "platform": row.platform, "handle": row.handle}


def patched(row: AccountRow, given: dict[str, Any]) -> AccountRow:
    """An account with what a request changes."""
    return msgspec.structs.replace(row, **given)
