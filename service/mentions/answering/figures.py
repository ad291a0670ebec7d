"""Response times of all and of groups. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from scoring.response_times import response_times
from service.kit import ids
from service.mentions.answering.schemas import AnswerRow, GroupBy, ResponseFigures, ResponseGroup

_PREFIX = {"query": "lsq", "assignee": "usr"}


def figures(rows: Sequence[AnswerRow], as_of: datetime, target: timedelta) -> ResponseFigures:
    """The figures of some mentions."""
    found = response_times(
        [row.begun_at for row in rows], [row.answered_at for row in rows], as_of=as_of, target=target
    )
    return ResponseFigures(
        found.answered, found.open, found.overdue, found.median, found.p90, found.within_target
    )


def once(rows: Sequence[AnswerRow]) -> list[AnswerRow]:
    """Each mention once, whatever groups it is in."""
    return list({row.id: row for row in rows}.values())


def groups(rows: Sequence[AnswerRow], by: GroupBy, as_of: datetime, target: timedelta) -> list[ResponseGroup]:
    """The figures of each group, the largest first."""
    parts: dict[str | None, list[AnswerRow]] = {}
    for row in rows:
        parts.setdefault(row.group, []).append(row)
    found = [
        ResponseGroup(_key(by, key), part[0].name, figures(part, as_of, target))
        for key, part in parts.items()
    ]
    return sorted(found, key=lambda one: (-one.figures.answered - one.figures.open, one.key or ""))


def _key(by: GroupBy, key: str | None) -> str | None:
    return key if key is None or by == "platform" else ids.show(_PREFIX[by], UUID(key))
