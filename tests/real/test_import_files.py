"""Every real list goes in as it is, and what stands abbreviated beside exact numbers is read as those."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from service.imports.kinds import Kind
from service.imports.parsing import Intake
from service.influencers.intake.posts import POSTS
from service.influencers.intake.profiles import FIGURES, INFLUENCERS
from tests.service.imports.files import Taken, pieces, take_chunks, workbook

_LEAST = 0.99


@pytest.fixture(scope="session")
def lists(real_data: Path) -> dict[str, Taken]:
    """Each list of influencers, taken in as it is."""
    found = sorted((real_data / "influencers").glob("*.csv"))
    return {path.name: _take(path.read_bytes(), path.name) for path in found}


def _take(content: bytes, filename: str, kind: Kind = INFLUENCERS, **options: Any) -> Taken:
    return take_chunks(pieces(content, 50_000), kind, filename=filename, **options)


def test_every_list_goes_in_as_it_is(lists: dict[str, Taken], capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{'file':58} {'read':>6} {'records':>8} {'rejects':>8}  columns")
        for name, taken in lists.items():
            fields = [f"{column.field}" for column in taken.intake.columns if column.field]
            counts = f"{taken.read:6} {len(taken.records):8} {len(taken.rejects):8}"
            print(f"{name[:58]:58} {counts}  {', '.join(fields)}")
    for name, taken in lists.items():
        assert len(taken.records) >= _LEAST * taken.read > 0, (name, taken.rejects[:5])


def test_every_list_is_understood(lists: dict[str, Taken]) -> None:
    for name, taken in lists.items():
        fields = {column.field for column in taken.intake.columns}
        assert fields & {"handle", "name"}, name
        assert "followers" in fields, name
        named = name.lower()
        told = next((word for word in ("instagram", "tiktok", "youtube") if word in named), None)
        assert told is None or {each.platform for each in taken.records} == {told}
        if "2022" in named:
            assert {each.as_of and each.as_of.year for each in taken.records} == {2022}


def test_values_equal_the_exact_columns(lists: dict[str, Taken], real_data: Path) -> None:
    """Every number of every record, against the cell of the exact column, read with nothing but float()."""
    compared = 0
    for name, taken in lists.items():
        rows = _rows(real_data / "influencers" / name)
        for column in _figures(taken.intake):
            for record in taken.records:
                cell = rows[record.row - 1][column.place].strip()
                if not cell.replace(".", "", 1).isdecimal() or column.field == "engagement_rate":
                    continue
                assert getattr(record, column.field) == float(cell), (name, record.row, column.header)
                compared += 1
    assert compared > 100_000


def test_of_each_pair_the_exact_column_is_taken(lists: dict[str, Taken], real_data: Path) -> None:
    pairs = 0
    for name, taken in lists.items():
        rows = _rows(real_data / "influencers" / name)
        for twin in (column for column in taken.intake.columns if column.warning == "twin"):
            other = next(column for column in taken.intake.columns if column.backup == twin.place)
            pairs += 1
            for record in taken.records:
                exact = rows[record.row - 1][other.place].strip()
                assert not exact or exact[-1] not in "KMBkmb", (name, exact)
    assert pairs >= 30


def test_handles_and_names_are_where_they_belong(lists: dict[str, Taken]) -> None:
    """Handles have no spaces, and most accounts of lists that have handles have one."""
    for name, taken in lists.items():
        handles = [each.handle for each in taken.records if each.handle]
        assert all(" " not in handle and not handle.startswith("@") for handle in handles), name
        if any(column.field == "handle" for column in taken.intake.columns) and "youtube" not in name.lower():
            assert len(handles) >= _LEAST * len(taken.records), name


@pytest.mark.parametrize("dress", ["semicolon", "tab", "utf-16", "cp1254", "xlsx", "bom", "titled"])
def test_a_list_in_another_dress_says_the_same(lists: dict[str, Taken], real_data: Path, dress: str) -> None:
    for name, taken in lists.items():
        if "kim2020" in name or (dress == "cp1254" and "tr_" not in name):
            continue  # long, or not of that alphabet
        again = _take(_dressed(_rows(real_data / "influencers" / name), dress), name)
        shift = 2 if dress == "titled" else 0
        assert [_said(each, shift) for each in again.records] == [_said(each) for each in taken.records], name


def test_posts_of_other_folders_go_in(real_data: Path) -> None:
    for name, mapping in (
        ("Instagram data.csv", {"=@brand": "handle"}),
        ("Instagram.csv", {"=@brand": "handle"}),
        ("dataset_Facebook.csv", {"=brandpage": "handle", "Hour": "post_id"}),
    ):
        content = (real_data / "posts" / name).read_bytes()
        taken = _take(content, name, POSTS, mapping=mapping)
        assert len(taken.records) >= 0.95 * taken.read, (name, taken.rejects[:3])
        assert any(each.likes for each in taken.records)


def test_lists_of_other_kinds_are_no_influencers(real_data: Path) -> None:
    """What names nobody makes no account, however many numbers it has."""
    for path in ("campaigns/KAG_conversion_data.csv", "fake_accounts/kaggle_ig_fake_train.csv"):
        taken = _take((real_data / path).read_bytes(), Path(path).name)
        assert not taken.records
        assert "no_identity_column" in [warning.code for warning in taken.intake.warnings]


def _figures(intake: Intake) -> Iterator[Any]:
    names = {field.name for field in FIGURES}
    return (column for column in intake.columns if column.field in names)


def _rows(path: Path) -> list[list[str]]:
    content = path.read_bytes()
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    return list(csv.reader(StringIO(text, newline="")))


def _dressed(rows: list[list[str]], dress: str) -> bytes:
    if dress == "xlsx":
        return workbook({"Sheet1": [[_typed(cell) for cell in row] for row in rows]})
    if dress == "titled":
        rows = [["Listemiz", *[""] * (len(rows[0]) - 1)], [""] * len(rows[0]), *rows]
    marks = {"semicolon": ";", "tab": "\t"}
    encodings = {"utf-16": "utf-16", "cp1254": "cp1254", "bom": "utf-8-sig"}
    lines = _Lines()
    csv.writer(lines, delimiter=marks.get(dress, ",")).writerows(rows)
    return "".join(lines).encode(encodings.get(dress, "utf-8"), "replace")


def _typed(cell: str) -> object:
    """As a spreadsheet keeps it: numbers as numbers, nothing as nothing."""
    if cell.isascii() and cell.isdecimal() and not cell.startswith("0") and len(cell) < 15:
        return int(cell)
    return "".join(char for char in cell if char >= " " or char in "\n\t") or None


def _said(record: Any, shift: int = 0) -> tuple[Any, ...]:
    values = {name: getattr(record, name) for name in record.__struct_fields__ if name not in ("row", "tags")}
    return record.row - shift, *(_plain(value) for value in values.values())


def _plain(value: Any) -> Any:
    """Line ends and characters that a code page lacks are no difference."""
    return (
        "".join(char for char in value if char.isalnum() and char.isascii())
        if isinstance(value, str)
        else value
    )


class _Lines(list[str]):
    def write(self, line: str) -> None:
        self.append(line)
