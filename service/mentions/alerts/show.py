"""Alerts as the API shows them. Pure."""

from collections.abc import Mapping, Sequence

from service.kit import ids
from service.mentions.alerts.schemas import Alert, AlertAuthor, AlertCause, AlertRow, AuthorName
from service.mentions.schemas import Mention

_SAME = tuple(
    name
    for name in Alert.__struct_fields__
    if name not in ("id", "query_id", "detected_at", "cause", "examples", "owner", "first_response_seconds")
)


def alert(row: AlertRow, names: Mapping[str, AuthorName], examples: Sequence[Mention] = ()) -> Alert:
    """An alert; authors who are not known any more are left out."""
    answered = row.first_response_at
    return Alert(
        id=ids.show("alr", row.id),
        query_id=ids.show("lsq", row.query_id),
        detected_at=row.created_at,
        cause=_cause(row, names),
        examples=list(examples),
        owner=ids.show_or_none("usr", row.owner),
        first_response_seconds=None if answered is None else int((answered - row.created_at).total_seconds()),
        **{name: getattr(row, name) for name in _SAME},
    )


def _cause(row: AlertRow, names: Mapping[str, AuthorName]) -> AlertCause:
    authors = [
        AlertAuthor(
            name.name,
            name.handle,
            ids.show_or_none("inf", name.influencer_id),
            one.count,
            one.share,
            one.excess,
        )
        for one in row.cause.authors
        if (name := names.get(one.key)) is not None
    ]
    found = row.cause
    return AlertCause(
        found.terms, found.sources, authors, found.net, found.net_before, found.shift, found.shift_z
    )
