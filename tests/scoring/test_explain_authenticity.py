from datetime import UTC, datetime

import pytest

from scoring.explain_authenticity import about
from scoring.scores import Observed, Term

DAY = datetime(2026, 3, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("term", "english", "turkish"),
    [
        (
            Term("follower_sample", 0.181, 0.0, -8.0, observed=Observed(n=1500, share=0.15)),
            ["authenticity: at most 18% of a sample of 1,500 followers look fake"],
            ["gerçeklik: 1.500 takipçilik örnekte en çok %18 sahte görünüyor"],
        ),
        (Term("consistency", 1.2, 2.0, 0.0), [], []),
        (
            Term("consistency", -2.8, 2.0, -9.0),
            ["engagement unusually far from that of its peers"],
            ["etkileşim benzerlerininkinden alışılmadık ölçüde uzak"],
        ),
        (
            Term("consistency", 0.4, 2.0, -9.0, observed=Observed(ratio=0.001)),
            ["unusual comments per like (0.10%)"],
            ["beğeni başına yorum alışılmadık (%0,10)"],
        ),
        (
            Term("growth", 0.5, 1.0, -9.0, observed=Observed(n=25, jump=-0.5, jump_at=DAY)),
            ["followers fell by 50% in the week to 2026-03-09"],
            ["takipçiler 09.03.2026 ile biten haftada %50 azaldı"],
        ),
        (Term("growth", 1.0, 1.0, 0.0, observed=Observed(n=25)), [], []),
        (Term("profile", 0.2, 0.0, -1.0), [], []),
        (
            Term("profile", 0.9, 0.0, -20.0),
            ["its own profile looks like a fake account"],
            ["profilin kendisi sahte bir hesaba benziyor"],
        ),
    ],
)
def test_sentences(term: Term, english: list[str], turkish: list[str]):
    assert about([term]) == english
    assert about([term], "tr") == turkish
