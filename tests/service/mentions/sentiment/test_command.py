"""Files of labelled texts as people keep them: encodings, separators, words, stars."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from scoring.sentiment import label
from scoring.sentiment.labelling import opened
from service.cli import elci
from service.imports.rejects import Unreadable
from service.mentions.sentiment.reading import read_labelled

GOOD, SOSO, BAD = ("zort", "mırk"), ("plov", "dunt"), ("fiğ", "şulp")
FILL = ("araba", "deniz", "kalem", "masa", "okul")


def written(names: tuple[str, str], words: tuple[str, str, str], mark: str = ",", rows: int = 120) -> str:
    out = StringIO()
    writer = csv.writer(out, delimiter=mark)
    writer.writerow(["no", *names])
    for row in range(rows):
        said = (BAD, SOSO, GOOD)[row % 3][row % 2]
        tail = chr(97 + row % 26) + chr(97 + row // 26)
        writer.writerow([row, f"{FILL[row % 5]} {said}, {tail}", words[row % 3]])
    return out.getvalue()


TURKISH = ("Olumsuz", "Tarafsız", "Olumlu")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (written(("Görüş", "Durum"), TURKISH), "utf-16"),
        (written(("Görüş", "Durum"), TURKISH, ";"), "cp1254"),
        (written(("yorum", "puan"), ("1", "3", "5"), "\t"), "utf-8-sig"),
        (written(("text", "sentiment"), ("-1", "0", "1")), "utf-8"),
        ("Export of the day\n\n" + written(("tweet", "label"), ("neg", "neu", "pos")), "utf-8"),
    ],
    ids=["utf-16", "cp1254", "stars", "signed", "titled"],
)
def test_reads_what_people_keep(text: str, encoding: str) -> None:
    found = read_labelled([text.encode(encoding)])
    assert found.bad == []
    assert found.classes == [row % 3 for row in range(120)]
    assert found.texts[1].startswith("deniz dunt")


def test_bad_rows_are_named() -> None:
    rows = "text,label\niyi bir gün,olumlu\n,olumlu\nbir şey,belki\nbaşka,\n@a https://elci.example,olumlu\nne,?\n"
    found = read_labelled([rows.encode()])
    assert [(bad.row, bad.reason) for bad in found.bad] == [
        (3, "no text"),
        (4, "label 'belki' is no sentiment"),
        (5, "no label"),
        (6, "nothing but links, names and signs"),
        (7, "label '?': the labeller was unsure"),
    ]
    assert found.classes == [2]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("", "empty"),
        ("a,b\n1,2\n", "No column text"),
        ("text,label\nx,17\n", "no scale known"),
        ("<html>", "web page"),
    ],
)
def test_other_files(rows: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read_labelled([rows.encode()])


def call(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(elci, [str(each) for each in arguments])
    return result.exit_code, result.output


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "notlar.csv"
    made.write_text(written(("Görüş", "Durum"), TURKISH), encoding="utf-16")
    return made


def test_train_writes_a_model_that_labels(file: Path, tmp_path: Path) -> None:
    out, fixed = tmp_path / "own.npz", tmp_path / "fixed.csv"
    fixed.write_text("text,label\nmasa yepyeni,olumlu\n", encoding="utf-8")
    options = ("--language", "tr", "--kind", "notes", "--source", "made up", "--corrections", fixed)
    code, said = call("train", "sentiment", file, *options, "--out", out)
    assert code == 0, said
    card = json.loads(out.with_suffix(".json").read_text())
    assert [(each["kind"], each["rows"], each["source"]) for each in card["data"]] == [
        ("notes", 120, "made up"),
        ("corrections", 1, "hand corrections"),
    ]
    model = opened(out.read_bytes(), out.with_suffix(".json").read_bytes())
    found = label(["masa zort", "masa fiğ"], ["tr", "tr"], models={"tr": model})
    assert found.label == ("positive", "negative")
    assert found.version == (card["version"],) * 2

    code, said = call("evaluate", "sentiment", file, "--language", "tr", "--model", out, "--json")
    assert code == 0, said
    assert json.loads(said[said.index("[") :])[0]["figures"]["macro_f1"] > 0.95


def test_evaluate_holds_out(file: Path) -> None:
    code, said = call("evaluate", "sentiment", file, "--language", "tr", "--seeds", "1", "--equal-texts")
    assert code == 0, said
    assert "notlar: mean macro F1" in said
    assert "notlar.csv: 120 texts (40 negative, 40 neutral, 40 positive)" in said


def test_what_cannot_be_done_is_said(file: Path, tmp_path: Path) -> None:
    code, said = call("train", "sentiment", file, "--language", "tr", "--text", "Metin")
    assert code == 1
    assert "No column Metin; there are: no, Görüş, Durum" in said.replace("\n", " ")
    small = tmp_path / "small.csv"
    small.write_text("text,label\niyi,olumlu\n", encoding="utf-8")
    code, said = call("train", "sentiment", small, "--language", "tr", "--out", tmp_path / "x.npz")
    assert code == 1
    assert "at least 20 of each class" in said
    assert not (tmp_path / "x.npz").exists()
    code, said = call("evaluate", "sentiment", file, "--language", "tr", "--model", file)
    assert code == 1


def test_the_detector_is_trained_by_the_command(tmp_path: Path) -> None:
    for name, words in (("tr", "çok güzel bir ürün geldi"), ("en", "the order was nice and quick")):
        lines = "\n".join(f"{words} {number}" for number in range(60))
        (tmp_path / f"{name}.csv").write_text(f"text\n{lines}\n", encoding="utf-8")
    given = ("--turkish", tmp_path / "tr.csv", "--english", tmp_path / "en.csv", "--out", tmp_path / "l.npz")
    code, said = call("train", "language", *given)
    assert code == 0, said
    assert "tr: 1.0000" in said
    assert (tmp_path / "l.npz").stat().st_size > 1_000
