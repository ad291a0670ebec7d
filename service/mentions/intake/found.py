"""What a payload told: mentions, what has to be asked for, and what could not be read."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct, field

from service.mentions.reports import MentionReport

MOST_FAULTS = 100
_LONGEST_PATH = 200


class Fault(Struct, frozen=True):
    """Something that could not be read: where, why (a code), and what stood there.

    `lost`: there is no mention for it; else the mention came in without it.
    """

    path: str
    why: str
    value: str | None = None
    lost: bool = False


class Wanted(Struct, frozen=True):
    """A mention that Meta only names: its text has to be asked for, as `user_id`, which is who was
    mentioned."""

    user_id: str
    media_id: str
    comment_id: str | None = None


class Found(Struct):
    """What was read so far. `undated`: places of reports whose time nobody told (it is the arrival's).

    `cursor`: where a stream may be taken up again, `more` that the source has more than it sent. `ignored`:
    parts that are understood and no mentions. `faults` holds the first 100, `failed` counts them all.
    """

    at: datetime
    reports: list[MentionReport] = field(default_factory=list)
    undated: list[int] = field(default_factory=list)
    wanted: list[Wanted] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    failed: int = 0
    ignored: int = 0
    cursor: str | None = None

    def fault(self, path: str, why: str, value: object = None, *, lost: bool = False) -> None:
        """Writes down what could not be read."""
        self.failed += 1
        if len(self.faults) < MOST_FAULTS:
            shown = None if value is None else shortened(value)
            self.faults.append(Fault(path[:_LONGEST_PATH], why, shown, lost))

    def want(self, each: Wanted) -> None:
        """Asks for a mention once."""
        if each not in self.wanted:
            self.wanted.append(each)


def shortened(value: object) -> str:
    """A value as it may be stored and shown.

    >>> shortened("a" + chr(0) + "b"), shortened([1, 2])
    ('a␀b', 'a list')
    """
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    try:
        text = str(value)[:100]
    except ValueError:
        text = "a number of very many digits"
    return text.replace("\x00", "\u2400").encode("utf-8", "backslashreplace").decode()


def lost(faults: Iterable[Fault]) -> int:
    """How many mentions are missing because of faults."""
    return sum(one.lost for one in faults)
