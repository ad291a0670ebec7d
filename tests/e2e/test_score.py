"""`./elci score`: files and a brief in, a ranking out, with no server and nothing left behind."""

import csv
import json
import subprocess
from pathlib import Path

from tests.e2e.conftest import ROOT
from tests.e2e.test_demo import LIST, environment


def score(home: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "elci", "score", *arguments],
        env=environment(home),
        cwd=home.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def files(home: Path, brief: object) -> tuple[Path, Path]:
    (home.parent / "liste.csv").write_text(LIST, encoding="utf-8")
    (home.parent / "brief.json").write_text(json.dumps(brief), encoding="utf-8")
    return home.parent / "brief.json", home.parent / "liste.csv"


def test_a_ranking_is_written(home: Path) -> None:
    brief, people = files(home, {"platforms": ["instagram"], "filters": {"followers": {"min": 10_000}}})
    out = home.parent / "ranked.csv"
    done = score(home, brief, people, "--out", out, "--language", "tr")
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["handle"] for row in rows] == ["ayse.isik", "can_oz"]
    assert rows[0]["reasons"].startswith("etkileşim %3,4, benzerlerinde")
    # What could not be read is told; and neither a home nor a database is left.
    assert "bilmem" in done.stderr
    assert not home.exists()


def test_a_brief_that_is_none(home: Path) -> None:
    brief, people = files(home, {"platforms": ["myspace"]})
    done = score(home, brief, people)
    assert done.returncode == 1
    assert "platforms" in done.stderr
    brief.write_text("[")
    assert "brief.json is no brief" in score(home, brief, people).stderr
