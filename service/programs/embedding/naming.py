"""Whom an address and an external id name. Pure."""

from collections.abc import Sequence

from service.kit import ids
from service.programs.embedding.schemas import NamedRow
from service.programs.problems import NamesSeveral, PartnerArchived


def chosen(rows: Sequence[NamedRow]) -> NamedRow | None:
    """The one partner; None where there is none yet. Raises NamesSeveral, PartnerArchived.

    An external id goes before an address; they may not name two.
    """
    if len({row.id for row in rows}) > 1:
        raise NamesSeveral(
            "merge them, or send one of both", partner_ids=[ids.show("prt", row.id) for row in rows]
        )
    found = next(iter(sorted(rows, key=lambda row: row.by != "external_id")), None)
    if found is not None and found.status == "archived":
        raise PartnerArchived
    return found
