"""What the demo prints: wide, narrow, and of what is not known."""

import subprocess
import sys
from datetime import UTC, datetime
from io import StringIO

import pytest
from rich.console import Console

from scoring.scores import FitScore, Score
from service.demo import showing
from service.discovery.scores.schemas import InfluencerCard, Scored, ScoredAccount, ScorePage

NOW = datetime(2026, 11, 21, tzinfo=UTC)
SURE = ("engagement 3.4% against 2.5% of peers", "low confidence (31%)")


def scored(rank: int, name: str, account: ScoredAccount | None, fit: float | None, *why: str) -> Scored:
    score = Score(fit, 0.31, (), None, NOW, "cold-start-1")
    whole = FitScore(fit, 0.31, (), None, NOW, "cold-start-1", low_confidence=False)
    card = InfluencerCard("inf_1", name, None, "TR", None, [], [], False, False)
    return Scored(whole, score, score, score, score, score, list(why), rank, card, account)


def page(*data: Scored) -> ScorePage:
    return ScorePage(
        run_id="run_1",
        brief_id="bri_1",
        brief_version=1,
        model_version="cold-start-1",
        shadow_version=None,
        as_of=NOW,
        candidates=1234,
        scored=1200,
        data=list(data),
        next_cursor=None,
        has_more=False,
    )


def shown(width: int, *data: Scored) -> str:
    out = Console(file=StringIO(), width=width, highlight=False, emoji=False)
    showing.show(out, page(*data), "Kahve [taze]")
    return out.file.getvalue()  # type: ignore[attr-defined]


ACCOUNT = ScoredAccount("acc_1", "instagram", "ayse.isik", None, 12_500, 0.034)
AYSE = scored(1, "Ayşe [bold] Işık :coffee:", ACCOUNT, 61.6, *SURE)


def test_a_wide_terminal_gets_a_table() -> None:
    said = shown(180, AYSE)
    assert "The best 1 of 1,234 for the brief “Kahve [taze]” (1,200 have a fit" in said
    cells = ("1", "Ayşe [bold] Işık :coffee:", "instagram", "12,500", "3.4%", "62", "31%", "; ".join(SURE))
    row = next(line for line in said.splitlines() if "Ayşe" in line)
    assert [cell.strip() for cell in row.strip("│").split("│")] == list(cells)
    assert "@ayse.isik" in said


@pytest.mark.parametrize("width", [40, 60, 99])
def test_a_narrow_one_gets_paragraphs(width: int) -> None:
    lines = shown(width, AYSE).splitlines()
    assert max(map(len, lines)) <= width
    said = " ".join(" ".join(lines).split())
    assert "1. Ayşe [bold] Işık :coffee: @ayse.isik on instagram" in said
    assert "12,500 followers, engagement 3.4%, fit 62, confidence 31%" in said
    assert all(f"- {sentence}" in said for sentence in SURE)


def test_what_is_unknown_is_no_zero() -> None:
    unknown = ScoredAccount("acc_2", "youtube", None, None, None, None)
    said = shown(140, scored(1, "A", unknown, None), scored(2, "B", None, None))
    rows = [line.strip("│") for line in said.splitlines() if line.startswith("│")]
    assert [[cell.strip() for cell in row.split("│")] for row in rows] == [
        ["1", "A", "youtube", "-", "-", "-", "31%", ""],
        ["2", "B", "-", "-", "-", "-", "31%", ""],
    ]


def test_nobody_to_rank() -> None:
    assert shown(140).startswith("Nobody to rank")


def test_letters_that_a_terminal_cannot_show_are_marked(capfd: pytest.CaptureFixture[str]) -> None:
    code = "from service.demo.showing import console; console().print('Işık [b]x[/b]')"
    subprocess.run([sys.executable, "-c", code], env={"PYTHONIOENCODING": "latin-1"}, check=True)
    assert capfd.readouterr().out == "I??k x\n"
