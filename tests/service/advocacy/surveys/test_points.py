"""The score in points, its interval, and how an invitation stands."""

from datetime import UTC, datetime, timedelta
from math import factorial

import msgspec
import pytest

from service.advocacy.surveys import page
from service.advocacy.surveys.answering import read, state
from service.advocacy.surveys.points import nps
from service.advocacy.surveys.schemas import LONGEST_COMMENT, Invited
from service.kit import ids

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
OPEN = Invited(
    ids.new(), None, None, None, "tr", NOW + timedelta(days=1), "open", "Kahve", None, None, None, NOW
)


@pytest.mark.parametrize(
    ("counts", "points"),
    [((1, 0, 0), 100), ((0, 1, 0), 0), ((0, 0, 1), -100), ((6, 2, 2), 40), ((50, 25, 25), 25)],
)
def test_points(counts: tuple[int, int, int], points: float) -> None:
    found = nps(*counts)
    assert found.nps == pytest.approx(points)
    assert found.low is not None
    assert found.high is not None
    assert -100 <= found.low <= points <= found.high <= 100
    assert found.low < found.high


@pytest.mark.parametrize(("up", "down"), [(0.5, 0.2), (0.35, 0.35), (0.7, 0.05), (0.1, 0.6)])
def test_the_interval_holds_what_it_says(up: float, down: float) -> None:
    """Exactly, over every outcome of 40 answers: no random numbers."""
    n, covered = 40, 0.0
    for a in range(n + 1):
        for b in range(n + 1 - a):
            c = n - a - b
            ways = factorial(n) // (factorial(a) * factorial(b) * factorial(c))
            found = nps(a, c, b)
            assert found.low is not None
            assert found.high is not None
            if found.low <= 100 * (up - down) <= found.high:
                covered += ways * up**a * down**b * (1 - up - down) ** c
    assert 0.93 <= covered <= 0.975


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "open"),
        ({"expires_at": NOW}, "expired"),
        ({"status": "closed"}, "closed"),
        ({"score": 0}, "answered"),
        ({"score": 9, "status": "closed", "expires_at": NOW}, "answered"),
    ],
)
def test_how_an_invitation_stands(changed: dict[str, object], expected: str) -> None:
    assert state(msgspec.structs.replace(OPEN, **changed)) == expected


@pytest.mark.parametrize(
    ("form", "score", "comment"),
    [
        ({"score": ["0"]}, 0, None),
        ({"score": [" 10 "], "comment": [" a\r\nb "]}, 10, "a\nb"),
        ({"score": ["11"]}, None, None),
        ({"score": ["-1"]}, None, None),
        ({"score": ["٣"]}, None, None),
        ({}, None, None),
        ({"score": ["5"], "comment": ["x" * 5000]}, 5, "x" * LONGEST_COMMENT),
        ({"score": ["5"], "comment": ["a\x00b"]}, 5, "ab"),
        ({"score": ["5"], "comment": [" \x00 "]}, 5, None),
    ],
)
def test_forms(form: dict[str, list[str]], score: int | None, comment: str | None) -> None:
    found = read(form)
    assert (found.score, found.comment) == (score, comment)


def test_pages_escape_what_people_wrote() -> None:
    text = page.ask("<b>", "<script>1</script>", "en", '/n/"x', comment="</textarea><script>")
    assert "<script" not in text
    assert "<b>" not in text
    assert '"/n/&quot;x"' in text
    assert text.count('type="radio"') == 11
