"""What became of a file's rows, counted, with those listed that were not taken in: pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from service.imports.outcomes import SUPPRESSED, Outcome
from service.imports.parsing import Batch
from service.imports.rejects import REASONS, Reject
from service.imports.schemas import Counts, RejectRow, Warned

MOST_LISTED = 10_000
"""Rejects that are kept of one import; the others are counted."""

_BEST_FIRST = ("created", "updated", "unchanged", "rejected", SUPPRESSED)


class Tally:
    """Counts batch by batch. A row that made several records counts once, as the best of them."""

    def __init__(self) -> None:
        self.read = 0
        self.rejects: list[RejectRow] = []
        self._rows: Counter[str] = Counter()
        self._unlisted = 0

    def add(self, batch: Batch, outcomes: Sequence[Outcome]) -> None:
        """Counts a batch by the outcome of each of its records."""
        self.read += batch.read
        # Those that the parser refused: one for each row.
        self._rows["rejected"] += len(batch.rejects)
        refused = list(batch.rejects)
        told = iter(outcomes)
        for row, size in zip(batch.rows, batch.sizes, strict=True):
            of_row = list(islice(told, size))
            words = {_word(one) for one in of_row}
            self._rows[next(word for word in _BEST_FIRST if word in words)] += 1
            refused += _refusals(row, of_row)
        self._list(sorted(refused, key=lambda one: one.row))

    def counts(self) -> Counts:
        """All rows so far."""
        return Counts(read=self.read, **{word: self._rows[word] for word in _BEST_FIRST})

    def warnings(self) -> list[Warned]:
        """What has to be said of the list."""
        if not self._unlisted:
            return []
        total = self._unlisted + len(self.rejects)
        text = f"Only the first {len(self.rejects)} of {total} refusals are listed."
        return [Warned("rejects_not_all_listed", text)]

    def _list(self, refused: Sequence[Reject]) -> None:
        room = MOST_LISTED - len(self.rejects)
        self._unlisted += max(0, len(refused) - room)
        for at, one in enumerate(refused[:room], len(self.rejects) + 1):
            self.rejects.append(RejectRow(at, one.row, one.column, one.value, one.reason, one.message))


def _word(outcome: Outcome) -> str:
    return SUPPRESSED if outcome.why == SUPPRESSED else outcome.status


def _refusals(row: int, outcomes: Sequence[Outcome]) -> Iterator[Reject]:
    """What is said of a row's refused records; of people who are suppressed nothing is."""
    for one in outcomes:
        if one.status == "rejected" and one.why != SUPPRESSED:
            code = one.why or "conflict"
            yield Reject(row, None, None, code, one.detail or REASONS.get(code, code))
