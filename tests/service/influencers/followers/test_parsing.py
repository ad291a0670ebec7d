"""Lists as they come in: lines out of bytes, ids out of lines, hashes out of ids."""

import gzip
import hmac
import tracemalloc
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.imports.rejects import Unfit
from service.influencers.followers.hashing import Hasher
from service.influencers.followers.naming import first_cell, follower_id
from service.influencers.followers.receiving import BATCH, Reading, Received
from service.influencers.followers.unpack import LONGEST_LINE, Damaged, Gunzip, Lines
from service.kit.problems import TooLarge

KEY = b"k" * 32
CHANNEL = "UCabcdefghijklmnopqrstuv"


def lines_of(content: bytes, size: int) -> list[str]:
    lines = Lines()
    found = [line for at in range(0, len(content), size) for line in lines.feed(content[at : at + size])]
    return found + lines.end()


@contextmanager
def read(content: bytes, *, size: int = 2**18, limit: int = 2**30) -> Iterator[Received]:
    reading = Reading(KEY, "instagram", limit)
    with closing(reading.received):
        for at in range(0, len(content), size):
            reading.feed(content[at : at + size])
        reading.end()
        yield reading.received


def hashes(content: bytes, size: int) -> set[bytes]:
    with read(content, size=size) as received:
        return {one for batch in received.batches() for one in batch}


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200), st.integers(1, 7))
def test_lines_are_those_of_the_whole_text(text: str, size: int) -> None:
    whole = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert lines_of(text.encode(), size) == (whole if whole[-1] else whole[:-1])


@given(st.binary(max_size=300), st.integers(1, 50))
def test_no_bytes_break_the_reading(content: bytes, size: int) -> None:
    try:
        with read(content, size=size) as received:
            assert received.people + received.rejected <= len(content)
    except Damaged:
        assert content.startswith(b"\x1f\x8b")


@given(st.lists(st.binary(max_size=500), max_size=4), st.integers(1, 99))
def test_what_was_packed_comes_out_again(members: list[bytes], size: int) -> None:
    packed = b"".join(gzip.compress(each) for each in members)
    unpack = Gunzip()
    found = b"".join(
        piece for at in range(0, len(packed), size) for piece in unpack.feed(packed[at : at + size])
    )
    assert found + unpack.end() == b"".join(members)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(encoding: str) -> None:
    assert lines_of("ece\nışıl\n".encode(encoding), 3) == ["ece", "ışıl"]


def test_a_gzip_that_was_broken_off_is_damaged() -> None:
    packed = gzip.compress(b"ece\n" * 1000)
    for broken in (packed[:-9], packed[:20] + b"x" * 40):
        with pytest.raises(Damaged), read(broken):
            pass


def test_a_line_without_end_takes_no_memory() -> None:
    lines = Lines()
    tracemalloc.start()
    for _ in range(200):
        lines.feed(b"x" * 2**16)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 2**20
    assert len(lines.feed(b"\n")[0]) == LONGEST_LINE + 1


def test_a_gzip_that_grows_without_measure_is_refused() -> None:
    with pytest.raises(TooLarge), read(gzip.compress(b"\n" * 2**22), limit=2**16):
        pass


@pytest.mark.parametrize(
    ("line", "platform", "expected"),
    [
        ("17841400000000000", "instagram", "17841400000000000"),
        ("@Ece.Yazar", "instagram", "ece.yazar"),
        ("ECE_YAZAR", "tiktok", "ece_yazar"),
        ('"ece",2026-01-01,5', "instagram", "ece"),
        ("ece;5", "instagram", "ece"),
        ("  ece\t5", "instagram", "ece"),
        ("IŞIL", "youtube", "isil"),
        ("MS4wLjABAAAA=", "tiktok", "ms4wljabaaaa="),
        ("urn:li:person:ABC", "linkedin", "urn:li:person:abc"),
        ("https://www.instagram.com/Ece/", "instagram", "ece"),
        (f"https://youtube.com/channel/{CHANNEL}", "youtube", CHANNEL.lower()),
        (CHANNEL, "youtube", CHANNEL.lower()),
        ("3e21", "x", "3e21"),
    ],
)
def test_ids(line: str, platform: str, expected: str) -> None:
    assert follower_id(first_cell(line), platform) == expected


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (",2026-01-01", "missing_value"),
        ("n/a", "missing_value"),
        ("@", "missing_value"),
        ("null", "missing_value"),
        ("x" * 201, "too_long"),
        ("Ece Yazar", "white_space"),
        ("ece\x00", "unprintable"),
        ("ec\ufffde", "unprintable"),
        ("1.78414E+16", "shortened_number"),
        ("1,78414E+16", "shortened_number"),
        ("https://x.com/ece", "other_platform"),
        ("https://instagram.com/p/abc/", "not_a_handle"),
        ("a/b", "not_a_handle"),
        ('["ece","isil"]', "not_a_handle"),
        ('{"id":"ece"}', "not_a_handle"),
        ("<html>", "not_a_handle"),
    ],
)
def test_what_names_nobody(line: str, reason: str) -> None:
    with pytest.raises(Unfit) as unfit:
        follower_id(first_cell(line), "instagram")
    assert unfit.value.reason == reason


@given(st.text(max_size=30))
def test_a_form_is_its_own_form(text: str) -> None:
    """Else somebody who was found by a list would not be found by an erasure."""
    try:
        form = follower_id(text, "instagram")
        again = follower_id(form, "instagram")
    except Unfit:
        return
    assert form == again


@given(st.binary(max_size=100), st.text(max_size=20), st.text(max_size=40))
def test_hashes_are_those_of_hmac(key: bytes, platform: str, text: str) -> None:
    platform, text = (each.encode("utf-8", "replace").decode() for each in (platform, text))
    said = f"{platform}\0{text}".encode()
    assert Hasher(key, platform).one(text) == hmac.digest(key, said, "sha256")[:16]


def test_good_lines_are_kept_beside_bad_ones() -> None:
    content = b"id;since\n# exported\nece;1\n\nEce Yazar;2\nn/a;3\n@can;4\n"
    with read(content) as received:
        assert (received.header, received.people, received.rejected) == ("id", 2, 2)
    assert [(one.row, one.value, one.reason) for one in received.rejects] == [
        (5, "Ece Yazar", "white_space"),
        (6, "n/a", "missing_value"),
    ]


def test_a_header_is_one_only_above_everything() -> None:
    with read(b"# x\n\nuser_id\nece\n") as above, read(b"ece\nuser_id\n") as below:
        assert (above.people, below.people) == (1, 2)


def test_only_the_first_rejects_are_listed() -> None:
    with read(b"a b\n" * 500) as received:
        assert (received.rejected, len(received.rejects)) == (500, 100)


@given(st.lists(st.integers(0, 40), max_size=60), st.integers(1, 30))
def test_the_same_people_however_they_arrive(people: list[int], size: int) -> None:
    content = "".join(f"User{one}\n" for one in people).encode()
    expected = {Hasher(KEY, "instagram").one(f"user{one}") for one in people}
    assert hashes(content, size) == expected == hashes(gzip.compress(content), size)


def test_a_batch_has_each_once_and_in_order() -> None:
    content = "".join(f"{number % 70_000}\n" for number in range(BATCH + 5)).encode()
    with read(content) as received:
        batches = list(received.batches())
    assert [len(batch) for batch in batches] == [70_000, 5]
    assert all(batch == sorted(set(batch)) for batch in batches)
