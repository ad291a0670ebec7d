"""Bytes that come in pieces as lines of text, with no more than one piece and one line in memory."""

import codecs
import zlib
from collections.abc import Iterable, Iterator

LONGEST_LINE = 1 << 16
# gzip makes at most about a thousand bytes of one: what it makes is taken in pieces of this size.
PIECE = 1 << 20
_GZIP = b"\x1f\x8b"


class BadStream(ValueError):
    """Bytes that are no text in UTF-8, no gzip after all, or a line without end."""


def lines(chunks: Iterable[bytes]) -> Iterator[str]:
    """Lines without their ends; gzip is recognised by its first two bytes, also in several members.

    Raises BadStream.

    >>> list(lines([b"a b\\r\\nc", b" d\\n\\xc3", b"\\xa7"]))
    ['a b', 'c d', 'ç']
    """
    for number, block in blocks(chunks):
        yield from split(block, number)


def blocks(chunks: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """The same as pieces of whole lines, each with the number of its first line, from 1. Raises BadStream.

    >>> list(blocks([b"a b\\nc", b" d\\n\\n", b"e"]))
    [(1, b'a b\\n'), (2, b'c d\\n\\n'), (4, b'e')]
    """
    rest, number, first = b"", 1, True
    for piece in plain(chunks):
        whole, end, left = (rest + piece).rpartition(b"\n")
        if end:
            block = (whole.removeprefix(codecs.BOM_UTF8) if first else whole) + end
            yield number, block
            number, first = number + block.count(b"\n"), False
        rest = left
        if len(rest) > LONGEST_LINE:
            raise BadStream(f"line {number} is longer than {LONGEST_LINE:,} bytes")
    if rest:
        yield number, rest.removeprefix(codecs.BOM_UTF8) if first else rest


def split(block: bytes, number: int) -> list[str]:
    """The lines of a block whose first one has this number. Raises BadStream."""
    try:
        texts = block.decode().split("\n")
    except UnicodeDecodeError as error:
        before = number - 1 + block.count(b"\n", 0, error.start)
        raise BadStream(f"not UTF-8 after line {before}") from error
    if not texts[-1]:
        texts.pop()
    return [each.removesuffix("\r") for each in texts]


def plain(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes, unzipped if they are gzip. Raises BadStream."""
    pieces = iter(chunks)
    first = b""
    while len(first) < len(_GZIP) and (piece := next(pieces, None)) is not None:
        first += piece
    together = _after(first, pieces)
    return _unzipped(together) if first.startswith(_GZIP) else together


def _after(first: bytes, others: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from others


def _unzipped(chunks: Iterable[bytes]) -> Iterator[bytes]:
    unzip = zlib.decompressobj(wbits=31)
    try:
        for chunk in chunks:
            left = chunk
            while left:
                if unzip.eof:
                    unzip = zlib.decompressobj(wbits=31)
                yield unzip.decompress(left, PIECE)
                left = unzip.unconsumed_tail or unzip.unused_data
    except zlib.error as error:
        raise BadStream("the gzip is damaged") from error
    if not unzip.eof:
        raise BadStream("the gzip ends before its end")
