"""Dry runs: everything is done, looked at, and rolled back."""

from typing import Any


class Undone(Exception):
    """Ends the transaction; `answer` says what would have come of it."""

    def __init__(self, answer: Any) -> None:
        super().__init__()
        self.answer = answer


def undo(answer: Any, dry_run: bool) -> None:
    """Raises Undone where it was only tried."""
    if dry_run:
        raise Undone(answer)
