"""A ranking as a file: the same in every form, and no cell a formula."""

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from scoring.scores import FitScore, Score
from service.discovery.scores import tables
from service.discovery.scores.schemas import InfluencerCard, Scored, ScoredAccount

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def scored(rank: int, name: str, handle: str | None, fit: float | None) -> Scored:
    score = Score(fit, 0.31, (), None, NOW, "m")
    empty = Score(None, 0.0, (), "no_text", NOW, "m")
    whole = FitScore(fit, 0.31, (), None, NOW, "m", low_confidence=False, vetoes=("opt_out",))
    card = InfluencerCard(f"inf_{rank}", name, None, "TR", None, [], [], False, False)
    account = None if handle is None else ScoredAccount("acc_1", "instagram", handle, None, 12_500, 0.034)
    return Scored(whole, score, empty, score, empty, empty, ["=one", "iki"], rank, card, account)


PAGES = [
    [scored(1, "Işıl İnce", "@isil", 61.5)],
    [scored(2, '=HYPERLINK("x")', "+90", 40.0), scored(3, "-", None, None)],
]


def written(file: Path) -> Path:
    with tables.writer(file) as write:
        for page in PAGES:
            write(page)
    return file


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(tmp_path: Path) -> None:
    text = written(tmp_path / "r.csv").read_text(encoding="utf-8")
    assert text.startswith("\ufeffrank,")
    rows = list(csv.DictReader(text.lstrip("\ufeff").splitlines()))
    assert [row["influencer"] for row in rows] == ["Işıl İnce", '\'=HYPERLINK("x")', "'-"]
    assert [row["handle"] for row in rows] == ["'@isil", "+90", ""]
    assert (rows[0]["fit"], rows[0]["engagement_rate"], rows[0]["content"]) == ("61.5", "0.034", "")
    assert rows[0]["reasons"] == "'=one; iki"
    assert rows[2]["fit"] == ""


def test_xlsx_has_texts_and_numbers(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(tmp_path / "R.XLSX"))["ranking"]
    rows = list(sheet.iter_rows())
    assert [cell.value for cell in rows[0]] == list(tables.HEADER)
    assert rows[2][1].value == '=HYPERLINK("x")'
    assert rows[2][1].data_type == "s"
    assert (rows[1][7].value, rows[3][7].value) == (61.5, None)
    assert len(rows) == 4


def test_json_holds_everything(tmp_path: Path) -> None:
    rows = json.loads(written(tmp_path / "r.json").read_bytes())
    assert [row["rank"] for row in rows] == [1, 2, 3]
    assert rows[0]["fit"]["vetoes"] == ["opt_out"]


def test_nothing_ranked_is_a_table_all_the_same(tmp_path: Path) -> None:
    for name in ("r.csv", "r.xlsx", "r.json"):
        with tables.writer(tmp_path / name):
            pass
    assert json.loads((tmp_path / "r.json").read_bytes()) == []
    assert openpyxl.load_workbook(tmp_path / "r.xlsx")["ranking"].max_row == 1


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"\.csv, \.xlsx, \.json"), tables.writer(tmp_path / "r.pdf"):
        pass
