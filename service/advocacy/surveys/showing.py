"""Surveys and their answers as the API shows them. Pure."""

from collections.abc import Sequence
from typing import Any

from msgspec import structs

from service.advocacy.spans import Days
from service.advocacy.surveys.points import band, nps
from service.advocacy.surveys.schemas import (
    AskedRow,
    ByGroup,
    Nps,
    NpsGroup,
    NpsResponse,
    NpsResults,
    ResponseRow,
    Survey,
    SurveyRow,
    TallyRow,
)
from service.advocacy.tables import Cell
from service.kit import ids

COLUMNS = ("id", "answered_at", "score", "band", "segment", "language", "comment")


def survey(row: SurveyRow) -> Survey:
    """A survey."""
    return Survey(**(structs.asdict(row) | {"id": ids.show("nps", row.id)}))


def response(row: ResponseRow) -> NpsResponse:
    """An answer."""
    told = (row.comment, row.segment, row.language, row.answered_at)
    return NpsResponse(ids.show("npr", row.invite_id), row.score, band(row.score), *told)


def cells(row: ResponseRow) -> list[Cell]:
    """An answer as a line of COLUMNS."""
    shown = response(row)
    return [getattr(shown, name) for name in COLUMNS]


def results(
    asked_for: Days, tz: str, group_by: ByGroup | None, asked: AskedRow, rows: Sequence[TallyRow]
) -> NpsResults:
    """All answers together, and by group."""
    return NpsResults(
        from_=asked_for.first,
        to=asked_for.last,
        tz=tz,
        invited=asked.invited,
        answered=asked.answered,
        response_rate=asked.answered / asked.invited if asked.invited else None,
        overall=_together(rows),
        groups=[] if group_by is None else [_group(group_by, row) for row in rows],
    )


def _group(group_by: ByGroup, row: TallyRow) -> NpsGroup:
    told: dict[str, Any] = {"month": row.month, "segment": None, "language": None}
    if group_by != "month":
        told[group_by] = row.name
    return NpsGroup(**told, result=_together([row]))


def _together(rows: Sequence[TallyRow]) -> Nps:
    names = ("promoters", "passives", "detractors", "comments")
    return nps(*(sum(getattr(row, name) for row in rows) for name in names))
