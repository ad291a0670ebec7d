"""What holds for a whole file: platform and date, given or read from headers, sheet and file name."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import PurePosixPath

from msgspec import Struct

from service.imports.cells.dates import MONTHS
from service.imports.cells.platforms import platforms_in
from service.kit.text import fold_tr

_DAY = re.compile(r"(?<!\d)(20\d\d)[-_. ]?(0[1-9]|1[0-2])[-_. ]?(0[1-9]|[12]\d|3[01])(?!\d)")
_DAY_LAST = re.compile(r"(?<!\d)(0?[1-9]|[12]\d|3[01])[-_. ](0?[1-9]|1[0-2])[-_. ](20\d\d)(?!\d)")
_MONTH = re.compile(r"(?<!\d)(20\d\d)[-_. ](0?[1-9]|1[0-2])(?![\d])")
_MONTH_LAST = re.compile(r"(?<!\d)(0?[1-9]|1[0-2])[-_. ](20\d\d)(?!\d)")
_NAMED = re.compile(r"(?<![a-z])([a-z]{3,9})[-_. ']{0,3}(20\d\d)(?!\d)")
_NAMED_LAST = re.compile(r"(?<!\d)(20\d\d)[-_. ']{0,3}([a-z]{3,9})(?![a-z])")
_QUARTER = re.compile(
    r"(?<!\d)(20\d\d)[-_. ]{0,3}[qc]([1-4])(?!\d)|(?<![a-z])[qc]([1-4])[-_. ]{0,3}(20\d\d)(?!\d)"
)


class PlatformGuess(Struct, frozen=True):
    """The platform of the rows that name none, and where it was read: given, headers, sheet, filename,
    nothing."""

    platform: str
    told_by: str


def guess_platform(
    given: str | None, headers: Sequence[str], sheet: str | None, filename: str | None
) -> PlatformGuess:
    """The first source that speaks of exactly one platform; `other` where none does.

    >>> guess_platform(None, ["Youtuber", "Views"], None, "list.csv")
    PlatformGuess(platform='youtube', told_by='headers')
    """
    if given:
        return PlatformGuess(given, "given")
    in_headers = set().union(*(platforms_in(header) for header in headers)) if headers else set()
    sources = (
        ("headers", in_headers),
        ("sheet", platforms_in(sheet or "")),
        ("filename", platforms_in(filename or "")),
    )
    for name, found in sources:
        if len(found) == 1:
            return PlatformGuess(found.pop(), name)
    return PlatformGuess("other", "nothing")


def find_as_of(filename: str | None) -> date | None:
    """The date in a file's name. A month (or quarter) stands for its first day: it is never in the future,
    and files of successive months keep their order. A year alone says too little.

    >>> [str(find_as_of(name)) for name in ("tiktok - ---nov 2022.csv", "Eylül 2022.xlsx", "2022-09-14.csv")]
    ['2022-11-01', '2022-09-01', '2022-09-14']
    >>> find_as_of("top2020_33k.csv") is None
    True
    """
    if not filename:
        return None
    stem = fold_tr(PurePosixPath(filename[-255:].replace("\\", "/")).stem)
    return _full_date(stem) or _named_month(stem) or _numbered_month(stem)


def _full_date(stem: str) -> date | None:
    if found := _DAY.search(stem):
        return _date(*found.groups())
    found = _DAY_LAST.search(stem)
    return _date(found[3], found[2], found[1]) if found else None


def _named_month(stem: str) -> date | None:
    for found in _NAMED.finditer(stem):
        if found[1] in MONTHS:
            return date(int(found[2]), MONTHS[found[1]], 1)
    for found in _NAMED_LAST.finditer(stem):
        if found[2] in MONTHS:
            return date(int(found[1]), MONTHS[found[2]], 1)
    return None


def _numbered_month(stem: str) -> date | None:
    if found := _QUARTER.search(stem):
        return date(int(found[1] or found[4]), 3 * int(found[2] or found[3]) - 2, 1)
    if found := _MONTH.search(stem):
        return _date(found[1], found[2], "1")
    found = _MONTH_LAST.search(stem)
    return _date(found[2], found[1], "1") if found else None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
