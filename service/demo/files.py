"""The sample as the files a brand team would have: a vendor's lists as CSV, audiences and posts as NDJSON.

The list is what a Turkish spreadsheet program saves: semicolons, a byte order mark, decimal commas, the
followers once shortened for the eye and once exact. Two earlier and narrower exports of the same accounts
give the growth.
"""

import csv
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import IO, Protocol

import msgspec
from msgspec import Struct

from service.demo.lists import HEADER, HISTORY_HEADER, history_row, row
from service.demo.records import Account, Influencer, Snapshot

SOURCE = "demo"
# X answers and passes on where the others comment and share.
_X_NAMES = {"comments": "replies", "shares": "reposts"}


class SampleFile(Struct, frozen=True):
    """One written file and the import kind it belongs to."""

    kind: str
    path: Path


class _Rows(Protocol):
    def writerow(self, row: Iterable[object], /) -> object: ...


def write(folder: Path, influencers: Iterable[Influencer], as_of: date) -> list[SampleFile]:
    """Writes all files in one pass and names them in the order they should be imported."""
    folder.mkdir(parents=True, exist_ok=True)
    audiences, posts = folder / "audiences.ndjson", folder / "posts.ndjson"
    with ExitStack() as stack:
        lists = _Lists(folder, stack)
        audience_file = stack.enter_context(audiences.open("wb"))
        post_file = stack.enter_context(posts.open("wb"))
        for influencer in influencers:
            for account in influencer.accounts:
                lists.add(influencer, account)
                _lines(audience_file, audience_records(account, as_of))
                _lines(post_file, post_records(account))
    listed = [SampleFile("influencers", path) for path in lists.paths]
    return [*listed, SampleFile("audiences", audiences), SampleFile("posts", posts)]


def audience_records(account: Account, as_of: date) -> Iterator[dict[str, object]]:
    """The account's audience in the API's names; nothing where it is not known."""
    if account.audience:
        yield {
            "platform": account.platform,
            "handle": account.handle,
            "source": SOURCE,
            "as_of": as_of,
            "sample_size": account.sample_size,
            "distributions": account.audience,
        }


def post_records(account: Account) -> Iterator[dict[str, object]]:
    """The account's posts in the API's names; a counter that the platform does not show is left out."""
    who = {"platform": account.platform, "handle": account.handle}
    names = _X_NAMES if account.platform == "x" else {}
    for post in account.posts:
        fields = msgspec.structs.asdict(post).items()
        yield who | {names.get(name, name): value for name, value in fields if value is not None}


def _lines(file: IO[bytes], records: Iterable[dict[str, object]]) -> None:
    for record in records:
        file.write(msgspec.json.encode(record) + b"\n")


class _Lists:
    """The newest list and one narrow list for every earlier day, opened as the days appear."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder, self._stack = folder, stack
        self._open: dict[date, _Rows] = {}
        self._newest = self._start("influencers.csv", HEADER)
        self.paths = [folder / "influencers.csv"]

    def add(self, influencer: Influencer, account: Account) -> None:
        *earlier, newest = account.snapshots
        self._newest.writerow(row(influencer, account, newest))
        for snapshot in earlier:
            self._history(snapshot).writerow(history_row(account, snapshot))

    def _history(self, snapshot: Snapshot) -> _Rows:
        day = snapshot.as_of
        if day not in self._open:
            name = f"influencers-{day.isoformat()}.csv"
            self._open[day] = self._start(name, HISTORY_HEADER)
            self.paths.append(self._folder / name)
        return self._open[day]

    def _start(self, name: str, header: Iterable[str]) -> _Rows:
        file = self._stack.enter_context((self._folder / name).open("w", encoding="utf-8-sig", newline=""))
        rows = csv.writer(file, delimiter=";")
        rows.writerow(header)
        return rows
