"""Whose the accounts are of rows that name their person, from batch to batch of one file."""

from uuid import UUID

MOST = 100_000
"""Persons that are remembered: if the rows of one stand farther apart, the later accounts are a new one's."""


class Persons:
    """The influencers that a file's persons have become; the least recently seen are forgotten first."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._known: dict[str, UUID] = {}

    def find(self, person: str | None) -> UUID | None:
        """The influencer of a person, None where there is none yet."""
        return self._known.get(person) if person else None

    def remember(self, person: str | None, influencer_id: UUID | None) -> None:
        """Says who a person is."""
        if not person or influencer_id is None:
            return
        self._known.pop(person, None)
        self._known[person] = influencer_id
        if len(self._known) > self._most:
            del self._known[next(iter(self._known))]
