"""Bytes to rows: encodings, delimiters, broken quotes, long lines."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.imports.limits import MAX_LINE, SAMPLE_BYTES
from service.imports.reading import table
from service.imports.reading.decoding import decode, sniff
from service.imports.reading.delimited import delimiter, records
from service.imports.reading.lines import lines
from service.imports.rejects import Reject, Unreadable
from tests.service.imports.files import pieces

TURKISH = "ad;takipçi;şehir\nIşıl Çağ;12;İstanbul\nGökçe Öztürk;9;Şırnak\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TURKISH.encode(), "utf-8"),
        (TURKISH.encode("utf-8-sig"), "utf-8-sig"),
        (TURKISH.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TURKISH.encode("utf-16-be"), "utf-16"),
        (TURKISH.encode("utf-16-le"), "utf-16-le"),
        (TURKISH.encode("utf-16-be"), "utf-16-be"),
        (TURKISH.encode("cp1254"), "cp1254"),
        ("name,city\nBeyoncé,Köln\nJosé “Pepe”,Besançon\n".encode("cp1252"), "cp1252"),
        ("nafn,borg\nÞórður Guðmundsdóttir,Höfn í Hornafirði\n".encode("cp1252"), "cp1252"),
        ("name\nJos\u00e9\u0081\n".encode("latin-1"), "latin-1"),
        (b"name,followers\nnasa,97\n", "utf-8"),
    ],
)
def test_the_encoding_is_found_and_nothing_is_lost(content: bytes, encoding: str) -> None:
    assert sniff(content) == encoding
    assert "".join(decode([content], encoding, content)) == content.decode(encoding)


def test_a_wrong_byte_far_behind_the_sample_does_not_spoil_a_utf8_file() -> None:
    head = ("Işıl,1\n" * (SAMPLE_BYTES // 4)).encode()
    text = "".join(decode([head, "The Lawal\x92s".encode("latin-1")], sniff(head[:SAMPLE_BYTES]), head))
    assert text.startswith("Işıl,1\n")
    assert text.endswith("The Lawal’s")


def test_halves_of_characters_are_kept_to_be_rejected_and_pairs_are_joined() -> None:
    cesu = b"a,\xed\xa0\xbd\xed\xb8\x80,\xed\xa0\xbd\n" + "şşşşş".encode()
    assert "".join(decode([cesu], "utf-8", cesu)).startswith("a,😀,\ud83d\n")
    wide = codecs.BOM_UTF16_LE + "a,".encode("utf-16-le") + b"\x3d\xd8" + "\n".encode("utf-16-le")
    assert "".join(decode([wide], "utf-16", wide)) == "a,\ud83d\n"


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200), st.integers(1, 9))
def test_text_does_not_depend_on_how_it_was_cut(text: str, size: int) -> None:
    content = text.encode("utf-16")
    assert "".join(decode(pieces(content, size), "utf-16", content)) == text
    assert "".join(decode(pieces(text.encode(), size), "utf-8", text.encode())) == text


@given(st.text(alphabet="ab\r\n", max_size=60), st.integers(1, 7))
def test_lines_do_not_depend_on_how_they_were_cut(text: str, size: int) -> None:
    cut = [text[at : at + size] for at in range(0, len(text), size)]
    assert list(lines(cut)) == list(lines([text]))
    assert "".join(lines(cut)) == text


def test_a_line_without_end_stops_at_the_limit_and_not_at_the_end_of_the_file() -> None:
    taken = 0

    def endless():
        nonlocal taken
        while True:
            taken += 2**16
            yield b"x" * 2**16

    with pytest.raises(Unreadable, match="Line 1 is longer") as caught:
        list(table.open_table(endless()).rows)
    assert caught.value.code == "line_too_long"
    assert taken <= MAX_LINE + 2**17


@pytest.mark.parametrize(
    ("head", "mark"),
    [
        ("a,b,c\n1,2,3\n", ","),
        ("a;b;c\n1,5;2,5;3,5\n4,5;5;6,25\n", ";"),
        ("a\tb\n1,2\t3\n", "\t"),
        ("a|b\nx, y|z\n", "|"),
        ("Liste Eylül 2022\n\nad;takipçi;oran\nAyşe, Fatma;1,2;3,4\n", ";"),
        ('name,bio\nA,"x; y; z"\nB,"p; q; r"\n', ","),
        ("sep=;\na,b;c\n", ";"),
        ("username\nnasa\n", ","),
    ],
)
def test_the_delimiter_is_found(head: str, mark: str) -> None:
    assert delimiter(head.splitlines(keepends=True)) == mark


def _rows(text: str) -> list[object]:
    found = records(text.splitlines(keepends=True), ",")
    return [(each.row, each.reason) if isinstance(each, Reject) else each[1] for each in found]


def test_a_quote_that_never_closes_costs_its_own_row_alone() -> None:
    body = "".join(f"a{number},b,c\n" for number in range(30))
    found = _rows("h1,h2,h3\n" + body + 'x,"open,1\n' + body)
    assert found.count((32, "unclosed_quote")) == 1
    assert len(found) == 1 + 30 + 1 + 30


def test_a_quote_that_closes_by_accident_swallows_no_row() -> None:
    body = "".join(f"a{number},b,c\n" for number in range(30))
    found = _rows("h1,h2,h3\n" + body + 'x,"open,1\ny,"2",3\nz,4,5\n')
    assert found[31:] == [(32, "unclosed_quote"), ["y", "2", "3"], ["z", "4", "5"]]


def test_quoted_line_breaks_belong_to_their_cell() -> None:
    assert _rows('"a\n","b\r\n",c\n1,"x\ny, z",3\n') == [["a\n", "b\r\n", "c"], ["1", "x\ny, z", "3"]]


def test_a_field_beyond_the_limit_is_rejected_and_reading_goes_on() -> None:
    assert _rows("a,b\n" + "x" * 200_000 + ",1\nc,d\n") == [["a", "b"], (2, "too_long"), ["c", "d"]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b" \n\n", "empty_file"),
        (b"%PDF-1.7 ...", "unknown_format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "unknown_format"),
        (b"\x1f\x8b\x08....", "unknown_format"),
        (b"<!DOCTYPE html><html>", "unknown_format"),
        (b"PK\x03\x04 not a zip", "not_a_workbook"),
        (b'{"a": 1, "b": ', "invalid_json"),
        (b"[" * 100_000, "too_deep"),
        ((",".join("abc") * 1000).encode(), "too_many_columns"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        list(table.open_table([content]).rows)
    assert caught.value.code == code
    assert str(caught.value)
