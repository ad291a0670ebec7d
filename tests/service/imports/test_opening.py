"""Whole files: platform and date, every encoding and format to the same rows, rejects, bounded memory."""

import tracemalloc
from datetime import date

import msgspec
import pytest

from service.imports.columns.context import find_as_of, guess_platform
from service.imports.opening import open_intake
from service.influencers.intake.profiles import INFLUENCERS
from tests.service.imports.files import pieces, take, take_chunks, workbook

HEADER = ["İsim Soyisim", "Instagram Hesabı", "Takipçi", "Etkileşim", "Ülke"]
ROWS = [
    ["Ayşe Yılmaz", "@ayseyilmaz", "12,5 B", "%3,2", "Türkiye"],
    ["İbrahim Çelik", "@ibrahim.celik", "1,2 Mn", "%1,8", "Almanya"],
    ["Şule Öz", "https://www.instagram.com/suleoz/", "850", "-", ""],
    ["Ümit Işık", "umit_isik", "1.234", "%0,5", "Türkiye"],
]
EXPECTED = [
    ("Ayşe Yılmaz", "ayseyilmaz", 12_500, 0.032, "TR"),
    ("İbrahim Çelik", "ibrahim.celik", 1_200_000, 0.018, "DE"),
    ("Şule Öz", "suleoz", 850, None, None),
    ("Ümit Işık", "umit_isik", 1_234, 0.005, "TR"),
]


def _csv(mark: str = ";", rows: list[list[str]] = ROWS) -> str:
    return "\r\n".join(
        mark.join(f'"{cell}"' if mark in cell else cell for cell in row) for row in [HEADER, *rows]
    )


def _objects() -> list[dict[str, str]]:
    return [dict(zip(HEADER, row, strict=True)) for row in ROWS]


@pytest.mark.parametrize(
    "content",
    [
        *(_csv().encode(encoding) for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1254")),
        *(_csv(mark).encode() for mark in ",\t|"),
        ("\n\nInfluencer listesi\n\n" + _csv()).encode(),
        workbook({"Sayfa1": [HEADER, *ROWS]}),
        "\n".join(msgspec.json.encode(row).decode() for row in _objects()).encode(),
        msgspec.json.encode(_objects()),
        msgspec.json.encode({"data": _objects(), "next": None}),
        msgspec.json.format(msgspec.json.encode(_objects())),
    ],
)
@pytest.mark.parametrize("size", [17, 100_000])
def test_the_same_table_in_every_dress_is_the_same(content: bytes, size: int) -> None:
    taken = take_chunks(pieces(content, size))
    found = [
        (each.name, each.handle, each.followers, each.engagement_rate, each.country) for each in taken.records
    ]
    assert found == EXPECTED
    assert (taken.read, taken.rejects) == (4, [])
    assert {each.platform for each in taken.records} == {"instagram"}


def test_bad_rows_are_listed_and_good_ones_taken() -> None:
    bad = [
        ["A", "@a", "çok", "", ""],
        ["B", "@b", "1", "%500", ""],
        ["C", "@c", "1", "", "Narnia"],
        ["", "", "5", "", ""],
        ["D\x00", "@d", "1", "", ""],
        ["E", "@e", "1", "", "Türkiye;fazla;hücre"],
    ]
    text = _csv(rows=[*ROWS, *bad]).replace('"Türkiye;fazla;hücre"', "Türkiye;fazla;hücre")
    taken = take(text)
    assert [(each.row, each.column, each.reason) for each in taken.rejects] == [
        (6, "Takipçi", "not_a_number"),
        (7, "Etkileşim", "not_a_rate"),
        (8, "Ülke", "not_a_country"),
        (9, None, "no_identity"),
        (10, "İsim Soyisim", "nul_byte"),
        (11, None, "too_many_cells"),
    ]
    assert taken.rejects[0].value == "çok"
    assert (taken.read, len(taken.records)) == (10, 4)
    assert all("\x00" not in (each.value or "") for each in taken.rejects)


def test_lone_halves_of_characters_are_rejected_in_every_format() -> None:
    lines = b'{"username": "a_1"}\n{"username": "b_2", "bio": "\\ud83d"}\n'
    array = b'[{"username": "a_1"}, {"username": "b_2", "bio": "x\\ud83d"}]'
    wide = "username,bio\na_1,x\nb_2,".encode("utf-16-le") + b"\x3d\xd8" + "\n".encode("utf-16-le")
    for content in (lines, array, b"\xff\xfe" + wide):
        taken = take(content)
        assert [each.reason for each in taken.rejects] == ["lone_surrogate"]
        assert [each.handle for each in taken.records] == ["a_1"]
        msgspec.json.encode(taken.rejects)


def test_blank_rows_are_not_counted_and_missing_values_are_not_rejected() -> None:
    taken = take("username,followers,country\n,,\na_1,N/A,-\n\n  , ,\nb_2,#VALOR!,N/A'\n")
    assert (taken.read, [each.row for each in taken.records], taken.rejects) == (2, [3, 6], [])


@pytest.mark.parametrize(
    ("filename", "day"),
    [
        ("influencers - tiktok - ---nov 2022.csv", date(2022, 11, 1)),
        ("youtube sep-2022.csv", date(2022, 9, 1)),
        ("june 2022 - june 2022.csv", date(2022, 6, 1)),
        ("Eylül 2022 listesi.xlsx", date(2022, 9, 1)),
        ("2022 ağustos.csv", date(2022, 8, 1)),
        ("export_2022-09.csv", date(2022, 9, 1)),
        ("export_09-2022.csv", date(2022, 9, 1)),
        ("export_2022-09-14.csv", date(2022, 9, 14)),
        ("export_20220914_1530.csv", date(2022, 9, 14)),
        ("liste 14.09.2022.xlsx", date(2022, 9, 14)),
        ("Q3 2022 creators.csv", date(2022, 7, 1)),
        ("C:\\listeler\\kas 2022.csv", date(2022, 11, 1)),
        ("top2020_influencers_33k.csv", None),
        ("marathon 2022.csv", None),
        ("2022.csv", None),
        ("20221399.csv", None),
        ("", None),
        (None, None),
    ],
)
def test_the_date_in_a_file_name(filename: str | None, day: date | None) -> None:
    assert find_as_of(filename) == day


@pytest.mark.parametrize(
    ("given", "headers", "sheet", "filename", "expected"),
    [
        ("x", ["Youtuber"], None, "tiktok.csv", ("x", "given")),
        (None, ["Tiktoker name", "Followers"], None, "instagram.csv", ("tiktok", "headers")),
        (None, ["name"], "YouTube TR", "instagram.csv", ("youtube", "sheet")),
        (None, ["name"], "Sayfa1", "insta_liste.csv", ("instagram", "filename")),
        (None, ["Instagram", "TikTok"], None, "youtube.csv", ("youtube", "filename")),
        (None, ["name"], None, "liste.csv", ("other", "nothing")),
    ],
)
def test_the_platform(
    given: str | None, headers: list[str], sheet: str | None, filename: str, expected: tuple[str, str]
) -> None:
    found = guess_platform(given, headers, sheet, filename)
    assert (found.platform, found.told_by) == expected


def test_an_unknown_platform_is_a_warning() -> None:
    assert "platform_unknown" in [warning.code for warning in take("username\na_1\n").intake.warnings]
    assert not take("username,platform\na_1,IG\n").intake.warnings


def test_a_column_and_the_caller_say_the_date_before_the_file_name() -> None:
    dated = take("username,tarih\na_1,13.02.2024\nb_2,\n", filename="x nov 2022.csv")
    assert [each.as_of for each in dated.records] == [date(2024, 2, 13), date(2022, 11, 1)]
    given = take("username\na_1\n", filename="x nov 2022.csv", as_of=date(2023, 1, 2))
    assert given.records[0].as_of == date(2023, 1, 2)


@pytest.mark.parametrize("format", ["csv", "ndjson", "json"])
def test_memory_is_bounded_by_the_batch(format: str) -> None:
    def chunks():
        if format == "csv":
            yield b"username,name,followers,country\n"
        yield b"[" if format == "json" else b""
        for number in range(500):
            rows = range(number * 40, number * 40 + 40)
            if format == "csv":
                yield "".join(f"user_{row},Ad {row},{row},Türkiye\n" for row in rows).encode()
            else:
                end = ", " if format == "json" else "\n"
                yield "".join(
                    f'{{"username": "user_{row}", "followers": {row}}}{end}' for row in rows
                ).encode()
        yield b'{"username": "last_one"}]' if format == "json" else b""

    intake = open_intake(chunks(), INFLUENCERS, format=format)
    batches = intake.batches()
    next(batches)
    tracemalloc.start()
    read = sum(batch.read for batch in batches)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert read > 17_000
    assert peak < 20 * 2**20
