"""What stays of a text: neither casing, spelling, names nor invisible characters change its words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.sentiment.emoticons import take_faces
from scoring.sentiment.language import ascii_copy
from scoring.sentiment.splits import folds, groups, held_out
from scoring.sentiment.text import MOST_CHARACTERS, read

LINK, AT = "\ue000", "\ue001"
CASES = {
    "ÇOK GÜZEL": "cok guzel",
    "çok güzel": "cok guzel",
    "IŞIK ışık İyi iyi": "isik isik iyi iyi",
    "Üniversitesi'nde": "universitesi",
    "Trendyol’dan aldım": "trendyol aldim",
    "çooook güzeeeel": "cok guzel",
    "bi\u200btti mi\u00ad": "bitti mi",
    "I don't know, won't ask": "i do not know . will not ask",
    "can't isn’t": "can not is not",
    "#CokGuzelBirGun": "cok guzel bir gun",
    "#KARGO geldi": "kargo geldi",
    "@biri bak https://elci.example/x?y=1 www.elci.example": "bak",
    "pic.twitter.com/abc güzel {link}": "guzel",
    "a &amp; b": "a b",
    "iyi. kötü!! tamam": "iyi . kotu . tamam",
    "": "",
    "12:30": "12 . 30",
}


LINES = {
    "Thanks @elci_app!!": ["thanks", AT, "!"],
    "@biri Trendyol'dan aldım, it's 5$": [AT, "trendyol", "'dan", "aldim", ",", "it", "'s", "5", "$"],
    "TRENDYOL’DAN!?!": ["trendyol", "'dan", "!?"],
    "bak... https://elci.example/x?y=1": ["bak", ".", LINK],
    "I don't": ["i", "do", "not"],
    "": [],
}


@pytest.mark.parametrize(("text", "line"), LINES.items(), ids=[repr(text) for text in LINES])
def test_line_knows_where_names_links_and_signs_stand(text: str, line: list[str]) -> None:
    assert list(read(text).line) == line
    assert read(ascii_copy(text)).line == read(text).line


@pytest.mark.parametrize(("text", "words"), CASES.items(), ids=[repr(text) for text in CASES])
def test_words(text: str, words: str) -> None:
    assert " ".join(read(text).words) == words


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (":)", ["smile"]),
        ("=D :-)", ["smile", "smile"]),
        (":( :'(", ["sad", "sad"]),
        ("<3", ["love"]),
        ("❤️", ["love"]),
        ("😡🤬", ["anger", "anger"]),
        ("😂", ["laugh"]),
        ("👍🏽", ["praise", "other"]),
        ("🦄", ["other"]),
        ("http://x", []),
        ("saat 12:30", []),
        ("iPhone:D", []),
        ("(not: a face)", []),
    ],
)
def test_faces(text: str, kinds: list[str]) -> None:
    assert [kind for kind, _ in take_faces(text)[1] if kind != "other" or "other" in kinds] == kinds


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("ne!!", "loud"),
        ("ne!", "exclaim"),
        ("ne?", "ask"),
        ("ne...", "dots"),
        ("@a bak", "name"),
        ("#a", "tag"),
        ("çoook", "stretched"),
        ("ÇOK KÖTÜ", "shout"),
        ("bak https://elci.example", "link"),
    ],
)
def test_marks(text: str, mark: str) -> None:
    assert mark in read(text).marks
    assert mark not in read("bak").marks


def test_what_is_empty() -> None:
    assert all(
        read(text).empty for text in ("", " ", "123", "...", "@biri", "https://elci.example", "\u200b")
    )
    assert not any(read(text).empty for text in ("a", "😀", ":("))


def test_only_the_beginning_of_a_novel_is_read() -> None:
    assert read("a b " * MOST_CHARACTERS).words == read(("a b " * MOST_CHARACTERS)[:MOST_CHARACTERS]).words


_TURKISH = st.text(alphabet="abcçdefgğhıijklmnoöprsştuüvyzÇĞİIÖŞÜ .,!?'#@:)0", max_size=60)


@given(_TURKISH)
def test_decomposed_text_and_ascii_text_are_the_same(text: str) -> None:
    assert read(unicodedata.normalize("NFD", text)) == read(text)
    assert read(ascii_copy(text)).words == read(text).words


@given(st.text(max_size=80))
def test_reads_anything(text: str) -> None:
    found = read(text)
    assert all(word and " " not in word for word in found.words)
    assert read(text) == found


def test_groups_ignore_names_links_numbers_and_casing() -> None:
    texts = ["@a Güzel ürün 12", "GUZEL URUN https://elci.example", "güzel ürün!", "kötü ürün"]
    found = groups([read(text) for text in texts])
    assert found.tolist() == [0, 0, 0, 1]
    many = groups([read(f"kelime {chr(97 + n % 26)}{chr(97 + n // 26)}") for n in range(400)] * 2)
    for away in (held_out(many, 0.25, 3), folds(many, 3, 3) == 0):
        assert not set(many[away].tolist()) & set(many[~away].tolist())
        assert 0.15 < away.mean() < 0.42
