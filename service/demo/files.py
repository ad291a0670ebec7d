"""The sample as the files a brand team would have: lists as CSV, audiences and posts as NDJSON.

The lists are what a Turkish spreadsheet program saves: semicolons, a byte order mark, decimal commas, the
followers once shortened for the eye and once exact. The list of people has a column for each platform; the
vendor's have a row for each account, and two earlier and narrower exports of them give the growth.
"""

import csv
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import IO, Protocol

import msgspec

from service.demo.lists import HEADER, HISTORY_HEADER, PEOPLE_HEADER, history_row, people_row, row
from service.demo.records import Account, Influencer, Snapshot
from service.imports.by_name import NamedFile

SOURCE = "demo"
# X answers and passes on where the others comment and share.
_X_NAMES = {"comments": "replies", "shares": "reposts"}


class _Rows(Protocol):
    def writerow(self, row: Iterable[object], /) -> object: ...


def write(folder: Path, influencers: Iterable[Influencer], as_of: date) -> list[NamedFile]:
    """Writes all files in one pass and names them as `written` does."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        lists = _Lists(folder, stack)
        audiences = stack.enter_context((folder / "audiences.ndjson").open("wb"))
        posts = stack.enter_context((folder / "posts.ndjson").open("wb"))
        for influencer in influencers:
            lists.add(influencer)
            for account in influencer.accounts:
                _lines(audiences, audience_records(account, as_of))
                _lines(posts, post_records(account))
    return written(folder)


def written(folder: Path) -> list[NamedFile]:
    """The files of a folder in the order they should be imported: people, then what refers to them."""
    older = sorted(path.name for path in folder.glob("influencers-*.csv"))
    lists = [NamedFile("influencers", folder / name) for name in ("people.csv", *older, "influencers.csv")]
    return [*lists, *(NamedFile(kind, folder / f"{kind}.ndjson") for kind in ("audiences", "posts"))]


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
    """The people, the newest list, and one narrow list for every earlier day, opened as the days appear."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder, self._stack = folder, stack
        self._open: dict[date, _Rows] = {}
        self._people = self._start("people.csv", PEOPLE_HEADER)
        self._newest = self._start("influencers.csv", HEADER)

    def add(self, influencer: Influencer) -> None:
        self._people.writerow(people_row(influencer))
        for account in influencer.accounts:
            *earlier, newest = account.snapshots
            self._newest.writerow(row(influencer, account, newest))
            for snapshot in earlier:
                self._history(snapshot).writerow(history_row(account, snapshot))

    def _history(self, snapshot: Snapshot) -> _Rows:
        day = snapshot.as_of
        if day not in self._open:
            self._open[day] = self._start(f"influencers-{day.isoformat()}.csv", HISTORY_HEADER)
        return self._open[day]

    def _start(self, name: str, header: Iterable[str]) -> _Rows:
        file = self._stack.enter_context((self._folder / name).open("w", encoding="utf-8-sig", newline=""))
        rows = csv.writer(file, delimiter=";")
        rows.writerow(header)
        return rows
