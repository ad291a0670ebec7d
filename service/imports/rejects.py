"""What a file can fail on: as a whole (`Unreadable`), or in one row (`Reject`)."""

from msgspec import Struct

REASONS = {
    "no_identity": "The row names no account: neither a handle, a profile link, an id nor a name.",
    "not_a_number": "Not a number.",
    "not_whole": "Not a whole number.",
    "negative": "Negative, where only zero or more is possible.",
    "too_large": "Larger than any such number can be.",
    "too_small": "Smaller than any such number can be.",
    "not_a_rate": "Not a rate between 0 and 100%.",
    "not_a_date": "Not a date.",
    "not_a_country": "Not a country.",
    "not_a_language": "Not a language.",
    "not_a_platform": "Not a platform.",
    "not_an_email": "Not an e-mail address.",
    "not_a_phone": "Not a telephone number.",
    "not_a_url": "Not a link.",
    "not_a_handle": "Not a handle of an account.",
    "not_a_boolean": "Neither yes nor no.",
    "not_a_text": "A list or an object, where a text belongs.",
    "not_a_code": "Not one of the values that this column can hold.",
    "not_a_dimension": "Not a dimension of an audience.",
    "not_a_distribution": "Not a list of shares.",
    "too_long": "Longer than this column can hold.",
    "nul_byte": "Holds a NUL byte.",
    "lone_surrogate": "Holds half of a character (a lone surrogate).",
    "too_many_cells": "The row has more cells than the header.",
    "unclosed_quote": "A quotation mark is opened and never closed.",
    "invalid_json": "Not a JSON object.",
    "missing_value": "A value that every row needs is missing.",
    "unknown_account": "There is no such account; import influencers first.",
    "not_a_price": "Not a price.",
    "self_loop": "Both ends are the same account.",
    "unprintable": "Holds characters that can't be read or printed.",
    "white_space": "Holds white space, where an id or a handle belongs.",
    "shortened_number": "A number that a spreadsheet has shortened: its last digits are lost.",
    "other_platform": "Leads to another platform.",
    "conflict": "Contradicts another row or what is already stored.",
}
"""Stable codes, each with its text. Upper layers may add their own before the first import runs."""


class Unreadable(ValueError):
    """The file cannot be read at all, or not any further. `code` is stable, the message is for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Unfit(ValueError):
    """A cell holds what its column can't hold; the argument is a code of `REASONS`."""

    @property
    def reason(self) -> str:
        return str(self.args[0])


class Reject(Struct, frozen=True):
    """One row that was not imported. `row` counts as the file shows it, from 1, with header and blank
    rows."""

    row: int
    column: str | None
    value: str | None
    reason: str
    message: str


def reject(row: int, column: str | None, value: object, reason: str) -> Reject:
    """A reject with the text of its reason; the value is shortened and made storable."""
    return Reject(row, column, None if value is None else show(value), reason, REASONS[reason])


def show(value: object) -> str:
    """A cell as it may be stored and shown: at most 200 characters, NUL and lone surrogates made visible.

    >>> show("a" + chr(0) + "b")
    'a␀b'
    """
    text = str(value)[:200].replace("\x00", "\u2400")
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
