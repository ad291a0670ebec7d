"""XLSX: sheets, typed cells, and what is refused before it is unpacked."""

import zipfile
from datetime import date
from io import BytesIO

import pytest

from service.imports import limits
from service.imports.reading import workbook as reading
from service.imports.reading.workbook import read_workbook
from service.imports.rejects import Unreadable
from tests.service.imports.files import pieces, take, workbook

ROWS = [["Ad Soyad", "Kullanıcı adı", "Takipçi", "Etkileşim Oranı", "Tarih"]]
PEOPLE = [["Ayşe Öz", "@ayse", 1200, 0.032, date(2024, 3, 1)], ["Ali Can", "ali.can", 5500.0, 0.05, None]]


def test_typed_cells_are_read_as_what_they_are() -> None:
    taken = take(workbook({"Instagram": ROWS + PEOPLE}))
    ayse, ali = taken.records
    assert (ayse.handle, ayse.followers, ayse.engagement_rate, ayse.as_of) == (
        "ayse",
        1200,
        0.032,
        date(2024, 3, 1),
    )
    assert (ali.followers, ali.platform) == (5500, "instagram")


def test_rows_have_the_numbers_that_the_spreadsheet_shows() -> None:
    rows = [["Influencer listesi"], [], *ROWS, PEOPLE[0], [], ["X", "@x", "çok", None, None]]
    assert take(workbook({"a": rows})).reasons() == [(6, "not_a_number")]


@pytest.mark.parametrize("wanted", ["liste", "LISTE", "2"])
def test_a_sheet_is_chosen_by_name_or_number(wanted: str) -> None:
    book = workbook({"Kapak": [["Merhaba"]], "Liste": ROWS + PEOPLE, "Eski": ROWS + PEOPLE[:1]})
    taken = take(book, sheet=wanted)
    assert (taken.intake.sheet, taken.read) == ("Liste", 2)


def test_the_first_sheet_with_a_table_is_taken_and_the_others_are_named() -> None:
    taken = take(workbook({"Kapak": [["Merhaba"]], "Liste": ROWS + PEOPLE}))
    assert (taken.intake.sheet, taken.intake.sheets) == ("Liste", ["Kapak", "Liste"])
    assert "other_sheets" in [warning.code for warning in taken.intake.warnings]


def test_an_unknown_sheet_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(Unreadable, match="Kapak"):
        take(workbook({"Kapak": ROWS}), sheet="Liste")


def _archive(parts: dict[str, bytes]) -> bytes:
    stored = BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stored.getvalue()


def _refused(content: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        list(read_workbook(pieces(content, 4096)).rows)
    return caught.value.code


def test_a_bomb_is_refused_by_its_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_WORKBOOK_UNPACKED", 10_000_000)
    assert _refused(_archive({"xl/worksheets/sheet1.xml": bytes(20_000_000)})) == "workbook_too_large"
    monkeypatch.setattr(reading, "MAX_SHARED_STRINGS", 1_000_000)
    assert _refused(_archive({"xl/sharedStrings.xml": bytes(2_000_000)})) == "workbook_too_large"
    assert (
        _refused(_archive({f"xl/{n}": b"" for n in range(limits.MAX_WORKBOOK_PARTS + 1)}))
        == "workbook_too_large"
    )


def test_an_upload_beyond_the_limit_is_not_even_stored() -> None:
    taken = 0

    def endless():
        nonlocal taken
        yield b"PK\x03\x04"
        while True:
            taken += 2**20
            yield bytes(2**20)

    with pytest.raises(Unreadable):
        read_workbook(endless())
    assert taken <= limits.MAX_WORKBOOK + 2**20


def test_entities_are_refused() -> None:
    book = workbook({"a": [*ROWS, *PEOPLE]})
    parts = _parts(book)
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    sheet = parts["xl/worksheets/sheet1.xml"]
    at = sheet.index(b"<worksheet")
    parts["xl/worksheets/sheet1.xml"] = sheet[:at] + bomb + sheet[at:]
    assert _refused(_archive(parts)) == "not_a_workbook"


def test_a_broken_workbook_is_a_clear_error() -> None:
    book = workbook({"a": ROWS + PEOPLE})
    assert _refused(book[: len(book) // 2]) == "not_a_workbook"
    assert _refused(_archive({"a.txt": b"hello"})) == "not_a_workbook"


def _parts(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
