"""From what is known to the answer that is kept, and back (pure; loads the kernels of graph)."""

from typing import NamedTuple

import msgspec

from service.accounts.labels.registry import Language
from service.discovery.computations.operations.base import Report
from service.discovery.reach.answers.packing import pack, unpack
from service.discovery.reach.answers.preparing import Prepared
from service.discovery.reach.answers.schemas import AnswerRow
from service.discovery.reach.overlaps import show as overlaps
from service.discovery.reach.overlaps.schemas import Overlap
from service.discovery.reach.overlaps.show import Compared
from service.discovery.reach.reached import show as reached
from service.discovery.reach.reached.notes import worded
from service.discovery.reach.reached.schemas import ListReach
from service.kit import ids


class Made(NamedTuple):
    body: bytes
    cells: bytes | None


def compute(asked: Prepared, report: Report) -> Made:
    """asked: filled."""
    if asked.question.what == "reach":
        return Made(msgspec.json.encode(reach(asked, "en")), None)
    counted = overlaps.known(asked.found, every_pair=True)
    answer = overlaps.overlap_of(ids.show("sho", asked.row.id), asked.question.of, asked.found, counted)
    return Made(msgspec.json.encode(answer), None if counted.shared is None else pack(counted.shared))


def overlap(asked: Prepared) -> Overlap:
    """Of a small list."""
    return overlaps.overlap(ids.show("sho", asked.row.id), asked.question.of, asked.found)


def compared(asked: Prepared) -> Compared:
    """All pairs of a small list."""
    return overlaps.known(asked.found, every_pair=True).compared


def reach(asked: Prepared, language: Language) -> ListReach:
    """Of a small list, or as it is kept."""
    return reached.reach(
        ids.show("sho", asked.row.id),
        asked.found,
        asked.shares,
        asked.question.population,
        asked.posts_given,
        language,
    )


def kept_overlap(row: AnswerRow) -> Overlap:
    """The overlap as it was computed."""
    return msgspec.json.decode(row.body or b"", type=Overlap)


def kept_pairs(row: AnswerRow, asked: Prepared) -> Compared:
    """asked: the outline that the answer was found by."""
    known = [each for each in asked.found.candidates if each.version is not None]
    sizes = [each.audience.size for each in known if each.audience is not None]
    return Compared(known, sizes, None if row.cells is None else unpack(row.cells))


def kept_reach(row: AnswerRow, language: Language) -> ListReach:
    """The reach as it was computed, its notes in the reader's language."""
    found = msgspec.json.decode(row.body or b"", type=ListReach)
    found.notes = worded(found.notes, language)
    return found
