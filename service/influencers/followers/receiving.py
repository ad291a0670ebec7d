"""A list of followers as it arrives: hashed line by line and put aside, so that no transaction waits for a
client and what is held does not grow with the list."""

import asyncio
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile

from msgspec import Struct

from service.imports.rejects import Unfit, reject
from service.influencers.followers.hashing import HASH_BYTES, Hasher
from service.influencers.followers.naming import first_cell, follower_id, is_header
from service.influencers.followers.schemas import RejectedFollower
from service.influencers.followers.unpack import Damaged, Gunzip, Lines
from service.kit.problems import TooLarge
from service.kit.upload import BadUpload, Upload

MOST_PEOPLE = 50_000_000
"""Lines with an id: 800 MB of hashes."""
MOST_REJECTS = 100
BATCH = 100_000
_IN_MEMORY = 2**24
# A gzip may hold a thousand times its size.
_UNPACKED = 4


class Received:
    """Hashes of everybody who was named, in the list's order, and what was wrong with the other lines.

    To be closed.
    """

    def __init__(self, platform: str) -> None:
        self.platform = platform
        self.people = 0
        self.rejected = 0
        self.rejects: list[RejectedFollower] = []
        self.header: str | None = None
        self._spool = SpooledTemporaryFile[bytes](max_size=_IN_MEMORY)

    def add(self, hashes: list[bytes]) -> None:
        """Raises TooLarge."""
        self.people += len(hashes)
        if self.people > MOST_PEOPLE:
            raise TooLarge(f"a list may have {MOST_PEOPLE} people", limit=MOST_PEOPLE)
        self._spool.write(b"".join(hashes))

    def refuse(self, row: int, cell: str, reason: str) -> None:
        """Counts a line, and lists it if it is one of the first."""
        self.rejected += 1
        if len(self.rejects) < MOST_REJECTS:
            made = reject(row, None, cell, reason)
            self.rejects.append(RejectedFollower(made.row, None, made.value, made.reason, made.message))

    def batches(self) -> Iterator[list[bytes]]:
        """Each `BATCH` lines' hashes once, rising: so that they are looked up in the order of the index."""
        self._spool.seek(0)
        while data := self._spool.read(BATCH * HASH_BYTES):
            yield sorted({data[at : at + HASH_BYTES] for at in range(0, len(data), HASH_BYTES)})

    def close(self) -> None:
        """Forgets the hashes."""
        self._spool.close()


class _State(Struct):
    """How far the reading is."""

    row: int = 0
    bytes: int = 0
    begun: bool = False


class Reading:
    """Bytes in, hashes out."""

    def __init__(self, key: bytes, platform: str, limit: int) -> None:
        self.received = Received(platform)
        self._hasher = Hasher(key, platform)
        self._gunzip, self._lines = Gunzip(), Lines()
        self._state, self._limit = _State(), limit * _UNPACKED

    def feed(self, chunk: bytes) -> None:
        """Raises Damaged, TooLarge."""
        for piece in self._gunzip.feed(chunk):
            self._state.bytes += len(piece)
            if self._state.bytes > self._limit:
                raise TooLarge(f"a list may have {self._limit} bytes", limit=self._limit)
            self._take(self._lines.feed(piece))

    def end(self) -> None:
        """Raises Damaged."""
        self._take(self._lines.feed(self._gunzip.end()))
        self._take(self._lines.end())

    def _take(self, lines: list[str]) -> None:
        platform, found = self.received.platform, []
        for line in lines:
            self._state.row += 1
            cell = first_cell(line)
            if self._is_aside(line, cell):
                continue
            try:
                found.append(follower_id(cell, platform))
            except Unfit as unfit:
                self.received.refuse(self._state.row, cell, unfit.reason)
        self.received.add(self._hasher.all(found))

    def _is_aside(self, line: str, cell: str) -> bool:
        """Blank lines, remarks, and a header above everything else."""
        if not line or line.isspace() or cell.startswith("#"):
            return True
        if not self._state.begun:
            self._state.begun = True
            if is_header(cell):
                self.received.header = cell
                return True
        return False


async def receive(upload: Upload, key: bytes, platform: str, limit: int) -> Received:
    """Reads a body to its end. Raises BadUpload, TooLarge; the caller closes what it gets."""
    reading = Reading(key, platform, limit)
    try:
        async for chunk in upload.chunks():
            await asyncio.to_thread(reading.feed, chunk)
        await asyncio.to_thread(reading.end)
    except BaseException as error:
        reading.received.close()
        if isinstance(error, Damaged):
            raise BadUpload(str(error)) from error
        raise
    return reading.received
