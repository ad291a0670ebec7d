"""Where several columns claim one field: lists take all, twins give way to the exact one, others to the
surest."""

from itertools import groupby

from msgspec.structs import replace

from service.imports.columns.evidence import Candidate
from service.imports.columns.plan import Column, Guess, warned
from service.imports.rejects import Unfit

_SAME = 0.06
"""How far an abbreviated number may lie from the exact one: 1.1K for 1,149."""
_AGREE = 0.8


def settle(guesses: list[Guess], columns: list[Candidate]) -> tuple[list[Guess], dict[int, Column]]:
    """The guesses that stand, and the columns that lost with their reasons."""
    kept: list[Guess] = []
    lost: dict[int, Column] = {}

    def claim(guess: Guess) -> tuple[str, str]:
        return guess.field.name, guess.scope or ""

    for _, group in groupby(sorted(guesses, key=lambda guess: (*claim(guess), guess.place)), key=claim):
        rivals = list(group)
        if rivals[0].field.many or not rivals[0].field.kept or len(rivals) == 1:
            kept.extend(rivals)
            continue
        surest = max(rivals, key=lambda guess: _rank(guess, columns))
        same = [rival for rival in rivals if rival is surest or _are_twins(rival, surest, columns)]
        winner = max(same, key=lambda guess: exactness(columns[guess.place]))
        kept.append(winner)
        for rival in rivals:
            if rival is not winner:
                lost[rival.place] = _loser(rival, winner, columns)
    return kept, lost


def _rank(guess: Guess, columns: list[Candidate]) -> tuple[float, float, int]:
    """Surer first (in steps, so that a stray cell does not decide), then exacter, then further left."""
    return round(guess.confidence, 1), exactness(columns[guess.place]), -guess.place


def exactness(column: Candidate) -> float:
    """The share of cells that are written out, with every digit and no suffix."""
    if not column.cells:
        return 0.0
    plain = sum(
        not isinstance(cell, str) or not any(char.isalpha() for char in cell) for cell in column.cells
    )
    return plain / len(column.cells)


def _loser(rival: Guess, winner: Guess, columns: list[Candidate]) -> Column:
    header = columns[rival.place].header.text
    facts = {"field": rival.field.name, "other": winner.place + 1}
    if _are_twins(rival, winner, columns):
        if winner.backup is None:
            winner.backup = rival.place
        return replace(warned(rival.place, header, "twin", rival.confidence, **facts), style=rival.style)
    return warned(rival.place, header, "rival", rival.confidence, **facts)


def _are_twins(one: Guess, other: Guess, columns: list[Candidate]) -> bool:
    """Whether the two agree in the sampled rows where both hold a value."""
    if not one.field.type.numeric:
        return False
    left, right = _values(one, columns[one.place]), _values(other, columns[other.place])
    both = left.keys() & right.keys()
    near = sum(abs(left[row] - right[row]) <= _SAME * max(left[row], right[row]) for row in both)
    return bool(both) and near >= _AGREE * len(both)


def _values(guess: Guess, column: Candidate) -> dict[int, float]:
    values = {}
    for row, cell in zip(column.rows, column.cells, strict=True):
        try:
            values[row] = float(guess.field.type.read(cell, guess.style))
        except Unfit:
            continue
    return values
