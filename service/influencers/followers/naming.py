"""What a line or a cell calls a follower: pure. Ids and handles are compared without @ and without case."""

import re

from service.imports.cells.handles import find_profile, is_link
from service.imports.cells.missing import is_missing
from service.imports.rejects import Unfit
from service.influencers.followers.unpack import LONGEST_LINE
from service.influencers.identity import fold_handle
from service.kit.text import fold_tr

LONGEST = 200
_PLAIN = re.compile(r"@?([A-Za-z0-9._-]{1,200})")
_CELL = re.compile(r"[,;\t]")
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d{1,3}")
_SPACE = re.compile(r"\s")
# Of JSON or a page that was sent in place of a list: no platform's ids or handles have them.
_MARKUP = re.compile(r"[\[\]{}<>\"]")
_HEADER_WORDS = """
    id user_id userid user username user_name handle screen_name follower followers follower_id followerid
    follower_username liker likers liker_id account account_id profile platform_id takipci takipciler
    takipci_id kullanici kullanici_adi hesap begenen begenenler
"""
_HEADERS = frozenset(_HEADER_WORDS.split())


def first_cell(line: str) -> str:
    """The first column of a line, without quotation marks and white space around it.

    >>> first_cell('"123" ; Ece'), first_cell(" @ece"), first_cell("ece,2026-01-02")
    ('123', '@ece', 'ece')
    """
    # The comma of a number that a Turkish spreadsheet has shortened divides no columns.
    cell = line if _SHORTENED.fullmatch(line.strip()) else _CELL.split(line, maxsplit=1)[0]
    return cell.strip().strip("\"'").strip()


def is_header(cell: str) -> bool:
    """Whether a first line names its column.

    >>> is_header("Follower ID"), is_header("Takipçi"), is_header("ece")
    (True, True, False)
    """
    return fold_tr(cell[:40]).replace(" ", "_").replace("-", "_") in _HEADERS


def follower_id(cell: str, platform: str) -> str:
    """The id or handle that a cell holds, in the form by which it is known again.

    Raises Unfit: missing_value, too_long, unprintable, white_space, shortened_number, not_a_handle (a link
    that leads to no profile, JSON, HTML), other_platform (a link to one elsewhere).

    >>> follower_id("@Ece.Yazar", "tiktok"), follower_id("https://x.com/Ece", "x"), follower_id("Işıl", "x")
    ('ece.yazar', 'ece', 'isil')
    """
    plain = _PLAIN.fullmatch(cell)
    if plain is not None and (cell.isdigit() or not is_missing(cell)):
        return plain[1].lower()
    text = cell.strip()
    _check(text)
    if is_link(text) or "/" in text:
        return _of_link(text, platform)
    folded = fold_handle(text.lstrip("@"))
    if not folded:
        raise Unfit("missing_value")
    return folded


def _check(text: str) -> None:
    if is_missing(text):
        raise Unfit("missing_value")
    if len(text) > (LONGEST_LINE if is_link(text) else LONGEST):
        raise Unfit("too_long")
    if _SPACE.search(text):
        raise Unfit("white_space")
    if _MARKUP.search(text):
        raise Unfit("not_a_handle")
    if not text.isprintable() or "\ufffd" in text:
        raise Unfit("unprintable")
    # What a spreadsheet has made of a long id: the digits that told it from others are lost.
    if _SHORTENED.fullmatch(text):
        raise Unfit("shortened_number")


def _of_link(text: str, platform: str) -> str:
    found = find_profile(text)
    named = found and (found.platform_id or found.handle)
    if found is None or not named:
        raise Unfit("not_a_handle")
    if platform not in (found.platform, "other"):
        raise Unfit("other_platform")
    folded = fold_handle(named)
    if not folded:
        raise Unfit("not_a_handle")
    return folded
