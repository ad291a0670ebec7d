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
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    rest, number = "", 0
    for piece in _plain(chunks):
        *whole, rest = (rest + _text(decoder, piece, number)).split("\n")
        for line in whole:
            number += 1
            yield line.removesuffix("\r")
        if len(rest) > LONGEST_LINE:
            raise BadStream(f"line {number + 1} is longer than {LONGEST_LINE:,} characters")
    rest += _text(decoder, b"", number, final=True)
    if rest:
        yield rest.removesuffix("\r")


def _text(decoder: codecs.IncrementalDecoder, piece: bytes, number: int, final: bool = False) -> str:
    try:
        return decoder.decode(piece, final)
    except UnicodeDecodeError as error:
        raise BadStream(f"not UTF-8 after line {number + error.object[: error.start].count(10)}") from error


def _plain(chunks: Iterable[bytes]) -> Iterator[bytes]:
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
