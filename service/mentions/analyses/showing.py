"""From sums to what is answered. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from service.kit import ids
from service.mentions.analyses.asking import Span
from service.mentions.analyses.netting import figures_of
from service.mentions.analyses.schemas import (
    Author,
    AuthorName,
    AuthorSums,
    LabelSums,
    SentimentAnalysis,
    SentimentRow,
    Sums,
    Total,
    Volume,
    VolumeFigures,
    VolumeRow,
)

_NOTHING = Sums(0, "", 0, 0, 0, 0, None, None, None, 0)
Names = Mapping[str, tuple[str | None, str | None]]
"""What a value is shown as (null: not shown at all), and its name."""


def volume(span: Span, sums: Sequence[Sums], totals: Sums | None, names: Names) -> Volume:
    """The answer; units without mentions have rows of zeros where no dimension is asked for."""
    first = next((row for row in sums if not row.bucket), _NOTHING)
    rows = [row for row in sums if row.bucket]
    if span.dimension is None:
        rows = _whole(span, {row.bucket: row for row in rows}) if span.unit else []
    starts = span.starts()
    shown = len({row.value for row in rows})
    return Volume(
        **head(span),
        other_values=max(first.kinds - shown, 0) if span.dimension else 0,
        totals=_figures(totals or first),
        data=[
            VolumeRow(**_group(span, starts, row.bucket, row.value, names), **_fields(_figures(row)))
            for row in rows
        ],
    )


def sentiment(
    span: Span, sums: Sequence[LabelSums], totals: Sequence[LabelSums] | None, names: Names
) -> SentimentAnalysis:
    """The answer; figures of all groups are corrected at once."""
    groups: dict[tuple[int, str], list[LabelSums]] = defaultdict(list)
    for row in sums:
        if row.bucket and (span.unit or span.dimension):
            groups[row.bucket, row.value].append(row)
    if span.unit and span.dimension is None:
        for at in range(len(span.starts())):
            groups.setdefault((at + 1, ""), [])
    counts = {key: sum(int(row.n or 0) for row in rows) for key, rows in groups.items()}
    keys = sorted(groups, key=lambda key: (key[0], -counts[key], key[1]))
    kinds = max((row.kinds for row in sums), default=0)
    everything = [row for row in (sums if totals is None else totals) if not row.bucket]
    total, *figures = figures_of([everything, *(groups[key] for key in keys)])
    starts = span.starts()
    return SentimentAnalysis(
        **head(span),
        other_values=max(kinds - len({value for _, value in keys}), 0) if span.dimension else 0,
        totals=total,
        data=[
            SentimentRow(**_group(span, starts, *key, names), **_fields(each))
            for key, each in zip(keys, figures, strict=True)
        ],
    )


def author(row: AuthorSums, name: AuthorName) -> Author:
    """An author with their figures."""
    polar = row.positive + row.negative
    return Author(
        platform=name.platform,
        handle=name.author_handle,
        name=name.author_name,
        influencer_id=ids.show_or_none("inf", name.influencer_id),
        influencer_name=name.influencer_name,
        mentions=row.n,
        reach=row.most,
        reach_total=whole(row.reach),
        engagement=whole(row.engagement),
        positive=row.positive,
        neutral=row.neutral,
        negative=row.negative,
        net_sentiment=(row.positive - row.negative) / polar if polar else None,
        last_mention_at=row.newest,
    )


def head(span: Span) -> dict[str, Any]:
    """What every analysis says of itself."""
    return {"tz": span.zone.key, "from_": span.first, "to": span.last, "group_by": span.groups}


def whole(value: Total) -> int | None:
    """A sum as PostgreSQL gives it."""
    return None if value is None else int(value)


def _whole(span: Span, known: Mapping[int, Sums]) -> list[Sums]:
    return [
        known.get(at + 1, Sums(at + 1, "", 0, 0, 0, 0, None, None, None, 0))
        for at in range(len(span.starts()))
    ]


def _figures(row: Sums) -> VolumeFigures:
    return VolumeFigures(
        mentions=int(row.n or 0),
        authors=row.authors,
        unnamed=int(row.unnamed or 0),
        reach=whole(row.reach),
        reach_of_authors=whole(row.of_authors),
        reach_known=int(row.known or 0),
        engagement=whole(row.engagement),
    )


def _fields(figures: Any) -> dict[str, Any]:
    return {name: getattr(figures, name) for name in figures.__struct_fields__}


def _group(span: Span, starts: Sequence[datetime], bucket: int, value: str, names: Names) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if span.unit:
        at = starts[bucket - 1]
        made |= {"date": at.astimezone(span.zone).date(), "starts_at": at}
    if span.dimension:
        made["value"], name = names.get(value, (value or None, None))
        if name is not None:
            made["name"] = name
    return made
