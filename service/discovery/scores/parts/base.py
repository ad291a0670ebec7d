"""What every score's part is: where its inputs come from, and how they become a column.

Three steps, so that a page of a run, one influencer, and an old score are all made by the same code:

1. `load` reads what is stored of all candidates, in a few statements.
2. `population` says what the candidates are held against (peers, percentiles). A run stores it: its later
   pages are held against the same. `load` is told whether it is `known`, and need not read for it then.
3. `inputs` makes the columns of which row i knows candidate i alone, and `score` is arithmetic on them.

2 and 3 are pure and run in a thread.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from scoring.scores import Column
from scoring.whatif import Lever
from service.discovery.scores.columns import Candidates
from service.discovery.scores.schemas import Asked
from service.kit.db import Connection

Loaded = TypeVar("Loaded")
Population = TypeVar("Population")
Inputs = TypeVar("Inputs")


@dataclass(frozen=True, slots=True)
class Context:
    """What all parts know: the candidates, what they are held against, and the populations by part."""

    rows: Candidates
    asked: Asked
    as_of: datetime
    populations: Mapping[str, Any]

    @property
    def size(self) -> int:
        """How many candidates there are."""
        return len(self.rows.keys)


class Part(ABC, Generic[Loaded, Population, Inputs]):
    """One score. `inputs_type` is a dataclass of columns or a number (scoring/rows.py says what it may hold);
    `population_type` the Struct that a run stores, None where nothing is.

    `among_candidates`: the population are the run's candidates, so that an influencer who is scored alone is
    held against those of the brief's newest run (where there is none: as the part sees fit).
    `scores_by_population`: `score` reads it, so it is kept as long as a score can be made again.
    """

    name: ClassVar[str]
    inputs_type: ClassVar[Any]
    population_type: ClassVar[Any] = None
    among_candidates: ClassVar[bool] = False
    scores_by_population: ClassVar[bool] = False

    @abstractmethod
    async def load(
        self, db: Connection, workspace_id: UUID, rows: Candidates, asked: Asked, *, known: bool
    ) -> Loaded:
        """What is stored of the candidates."""

    def population(self, loaded: Loaded, context: Context) -> Population:
        """What the candidates are held against. Parts without one are not asked."""
        raise TypeError(f"{self.name} is held against nobody")

    @abstractmethod
    def inputs(self, loaded: Loaded, context: Context) -> Inputs:
        """The columns of the score, one row a candidate."""

    @abstractmethod
    def score(self, inputs: Inputs, population: Population) -> Column:
        """The score of each row, by that row and the population (None where the part has none) alone."""

    def levers(self, inputs: Inputs, population: Population) -> Sequence[Lever]:
        """What of one candidate's inputs could be other than it is; none where nobody has that in hand."""
        return ()
