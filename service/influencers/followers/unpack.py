"""Bytes that come in pieces as lines of text; no more than a piece and a line is held."""

import codecs
import io
import zlib
from collections.abc import Iterator

LONGEST_LINE = 4_096
"""Characters; of a longer line so many are handed out, and one more, which tells that it was longer."""
PIECE = 2**18
_GZIP = b"\x1f\x8b"
_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


class Damaged(ValueError):
    """What began as a gzip does not end as one."""


class Gunzip:
    """The bytes inside a gzip of one or several members; other bytes pass as they are."""

    def __init__(self) -> None:
        self._head: bytes | None = b""
        self._unzip: zlib._Decompress | None = None

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Plain bytes, in pieces of at most `PIECE` where they were packed. Raises Damaged."""
        if self._head is not None:
            self._head += chunk
            if len(self._head) < len(_GZIP):
                return
            chunk, self._head = self._head, None
            self._unzip = zlib.decompressobj(wbits=31) if chunk.startswith(_GZIP) else None
        yield from [chunk] if self._unzip is None else self._unpacked(chunk)

    def end(self) -> bytes:
        """What is left. Raises Damaged where a gzip was broken off."""
        if self._unzip is not None and not self._unzip.eof:
            raise Damaged("the gzip ends before its end")
        return self._head or b""

    def _unpacked(self, left: bytes) -> Iterator[bytes]:
        assert self._unzip is not None
        try:
            while left:
                if self._unzip.eof:
                    self._unzip = zlib.decompressobj(wbits=31)
                yield self._unzip.decompress(left, PIECE)
                left = self._unzip.unconsumed_tail or self._unzip.unused_data
        except zlib.error as error:
            raise Damaged("the gzip is damaged") from error


class Lines:
    r"""Lines without their ends (\n, \r\n, \r). UTF-8, or UTF-16 with its mark; U+FFFD for what is neither.

    >>> lines = Lines()
    >>> lines.feed(b"a\r") + lines.feed(b"\nb\nc") + lines.end()
    ['a', 'b', 'c']
    """

    def __init__(self) -> None:
        self._head = b""
        self._decoder: io.IncrementalNewlineDecoder | None = None
        self._rest = ""

    def feed(self, piece: bytes) -> list[str]:
        """The lines that ended."""
        if self._decoder is None:
            piece = self._head + piece
            if len(piece) < 2:
                self._head = piece
                return []
            self._begin(piece)
        return self._cut(piece, final=False)

    def end(self) -> list[str]:
        """The last line, where no line's end stands behind it."""
        head = b"" if self._decoder else self._head
        self._begin(head)
        whole = self._cut(head, final=True)
        rest, self._rest = self._rest, ""
        return [*whole, rest] if rest else whole

    def _begin(self, head: bytes) -> None:
        if self._decoder is None:
            encoding = _MARKS.get(head[:2], "utf-8-sig")
            decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
            self._decoder = io.IncrementalNewlineDecoder(decoder, translate=True)

    def _cut(self, piece: bytes, *, final: bool) -> list[str]:
        assert self._decoder is not None
        *whole, rest = (self._rest + self._decoder.decode(piece, final)).split("\n")
        self._rest = rest[: LONGEST_LINE + 1]
        return whole
