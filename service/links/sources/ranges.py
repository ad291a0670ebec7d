"""Ranges of addresses and what is said of them: read from a file, packed, looked up. Pure.

IPv4 ranges are 32-bit integers; of IPv6 addresses the upper 64 bits, as nobody is told apart within a /64.
A list of 700,000 ranges takes 10 MB, and a look-up a microsecond.
"""

import socket
import struct
import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Final

MOST_RANGES: Final = 4_000_000
_MAGIC: Final = b"elci-ranges-1"
_NOTHING: Final = 0


class BadRanges(ValueError):
    """A file that can't be read as ranges; the message names the line."""


@dataclass(frozen=True, slots=True)
class Table:
    """Flat ranges of one family, rising: `codes[n]` holds from `starts[n]` to before `starts[n + 1]`.

    A code is two letters in 16 bits, or 0 where nothing is said.
    """

    starts: "array[int]"
    codes: "array[int]"

    def find(self, number: int) -> int:
        at = bisect_right(self.starts, number) - 1
        return self.codes[at] if at >= 0 else _NOTHING


@dataclass(frozen=True, slots=True)
class Ranges:
    """Both families. `find` takes an address as text."""

    v4: Table
    v6: Table
    count: int = 0

    def find(self, address: str) -> str | None:
        """What is said of an address (IPv6 may be a /64); None where nothing is.

        >>> read_ranges(["192.0.2.0/24,TR"]).find("192.0.2.7")
        'TR'
        """
        try:
            if ":" in address:
                packed = socket.inet_pton(socket.AF_INET6, address.partition("/")[0])
                code = self.v6.find(int.from_bytes(packed[:8], "big"))
            else:
                code = self.v4.find(int.from_bytes(socket.inet_pton(socket.AF_INET, address), "big"))
        except (OSError, ValueError):
            return None
        return chr(code >> 8) + chr(code & 255) if code else None


def read_ranges(lines: Iterable[str], code: str | None = None) -> Ranges:
    """Reads lines `cidr[,CC]`, `start,end[,CC]` (addresses or, for IPv4, integers); `code` is said of all.

    Where ranges lie in each other, the narrowest holds. Raises BadRanges.
    """
    found: dict[int, list[tuple[int, int, int]]] = {4: [], 6: []}
    total = 0
    for number, line in enumerate(lines, 1):
        cells = [cell.strip().strip('"') for cell in line.split("#")[0].replace(";", ",").split(",")]
        if not cells[0] or (number == 1 and not any(letter in "0123456789:" for letter in cells[0])):
            continue
        total += 1
        if total > MOST_RANGES:
            raise BadRanges(f"more than {MOST_RANGES} ranges")
        family, low, high, rest = _span(cells, number)
        said = code or _country(rest, number)
        if said is not None:
            found[family].append((low, high, ord(said[0]) << 8 | ord(said[1])))
    if not total:
        raise BadRanges("no range in it")
    return Ranges(_flat(found[4], "I"), _flat(found[6], "Q"), total)


def _span(cells: list[str], number: int) -> tuple[int, int, int, list[str]]:
    try:
        if "/" in cells[0] or len(cells) == 1 or not _is_address(cells[1]):
            network = ip_network(cells[0], strict=False)
            low, high, rest = network.network_address, network.broadcast_address, cells[1:]
        else:
            low, high, rest = _address(cells[0]), _address(cells[1]), cells[2:]
    except ValueError as error:
        raise BadRanges(f"line {number}: {error}") from error
    if low.version != high.version or int(low) > int(high):
        raise BadRanges(f"line {number}: a range ends before it starts")
    shift = 0 if low.version == 4 else 64
    return low.version, int(low) >> shift, int(high) >> shift, rest


def _is_address(text: str) -> bool:
    return "." in text or ":" in text or text.isdigit()


def _address(text: str):  # type: ignore[no-untyped-def]
    return ip_address(int(text)) if text.isdigit() else ip_address(text)


def _country(rest: list[str], number: int) -> str | None:
    """The first cell of two letters; '-' and ZZ say that nothing is known."""
    for cell in rest:
        if len(cell) == 2 and cell.isascii() and cell.isalpha():
            return None if cell.upper() == "ZZ" else cell.upper()
    if any(cell in ("-", "") for cell in rest):
        return None
    raise BadRanges(f"line {number}: no country of two letters")


def _flat(spans: list[tuple[int, int, int]], kind: str) -> Table:
    """Ranges that lie in each other become a row of such as don't; the narrowest holds."""
    spans.sort(key=lambda span: (span[0], -span[1]))
    last = (1 << (32 if kind == "I" else 64)) - 1
    starts, codes = array(kind), array("H")
    open_spans: list[tuple[int, int]] = []

    def say(start: int, code: int) -> None:
        if starts and starts[-1] == start:
            codes[-1] = code
        elif not codes or codes[-1] != code:
            starts.append(start)
            codes.append(code)

    def close(before: int) -> None:
        while open_spans and open_spans[-1][0] < before:
            end, _ = open_spans.pop()
            while open_spans and open_spans[-1][0] <= end:
                open_spans.pop()
            if end < last:
                say(end + 1, open_spans[-1][1] if open_spans else _NOTHING)

    for low, high, code in spans:
        close(low)
        say(low, code)
        open_spans.append((high, code))
        # One that ends later than a narrower one it began after stands below it.
        open_spans.sort(key=lambda span: -span[0])
    close(last + 1)
    return Table(starts, codes)


def pack(ranges: Ranges) -> bytes:
    """The ranges as bytes, little-endian, the same for the same ranges."""
    parts = [_MAGIC, struct.pack("<III", ranges.count, len(ranges.v4.starts), len(ranges.v6.starts))]
    for table in (ranges.v4, ranges.v6):
        parts += [_bytes(table.starts), _bytes(table.codes)]
    return b"".join(parts)


def unpack(packed: bytes) -> Ranges:
    """What `pack` has packed. Raises BadRanges."""
    if not packed.startswith(_MAGIC):
        raise BadRanges("not packed by this version")
    view = memoryview(packed)[len(_MAGIC) :]
    count, *lengths = struct.unpack("<III", view[:12])
    arrays = _arrays(view[12:], lengths)
    return Ranges(Table(next(arrays), next(arrays)), Table(next(arrays), next(arrays)), count)


def _arrays(view: memoryview, lengths: list[int]) -> Iterator["array[int]"]:
    for length, kind in zip(lengths, "IQ", strict=True):
        for one in (kind, "H"):
            made = array(one)
            size = length * made.itemsize
            made.frombytes(view[:size])
            if sys.byteorder == "big":
                made.byteswap()
            view = view[size:]
            yield made


def _bytes(values: "array[int]") -> bytes:
    if sys.byteorder == "big":
        values = values[:]
        values.byteswap()
    return values.tobytes()


NONE: Final = Ranges(Table(array("I"), array("H")), Table(array("Q"), array("H")))
