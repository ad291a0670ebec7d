"""What becomes of partners that are merged. Pure."""

from collections.abc import Sequence
from typing import TypeVar

from msgspec import structs

from service.programs.problems import CannotMergePartners
from service.programs.schemas import PartnerRow

T = TypeVar("T")


def together(kept: PartnerRow, others: Sequence[PartnerRow]) -> PartnerRow:
    """The kept partner, with what only the others know. Raises CannotMergePartners."""
    ids = [row.id for row in (kept, *others)]
    if len({*ids}) < len(ids):
        raise CannotMergePartners("a partner is named twice")
    if any(row.merged_into is not None for row in (kept, *others)):
        raise CannotMergePartners("one of them was merged already")
    if any(row.program_id not in (None, kept.program_id) for row in others):
        raise CannotMergePartners("they are partners of different programs, which is no duplicate")
    return structs.replace(
        kept,
        influencer_id=_first([row.influencer_id for row in (kept, *others)]),
        email=_first([row.email for row in (kept, *others)]),
        group=_first([row.group for row in (kept, *others)]),
    )


def _first(values: Sequence[T | None]) -> T | None:
    return next((value for value in values if value is not None), None)
