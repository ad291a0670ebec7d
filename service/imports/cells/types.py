"""The types of cells that fields are made of."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from service.imports.cells.dates import read_date, read_moment
from service.imports.cells.handles import find_profile, read_handle
from service.imports.cells.numbers import read_amount, read_count, read_rate
from service.imports.cells.places import read_city, read_country, split_location
from service.imports.cells.platforms import read_platform
from service.imports.cells.prices import read_price
from service.imports.cells.style import Style
from service.imports.cells.texts import (
    read_boolean,
    read_email,
    read_hashtags,
    read_languages,
    read_line,
    read_list,
    read_long,
    read_name,
    read_phone,
    read_url,
)
from service.imports.rejects import Unfit

Read = Callable[[Any, Style], Any]


class CellType(Struct, frozen=True):
    """How a field's cells are read, and how much a column of them tells.

    `telling`: how sure a column that reads well as this type can be of it without any header, 0 for types
    that nearly everything reads as. `loose`: any text reads as this type, so content can't contradict the
    header.
    `numeric`: the column's style of numbers matters.
    """

    name: str
    read: Read
    telling: float = 0.0
    loose: bool = False
    numeric: bool = False


def _plain(read: Callable[[Any], Any]) -> Read:
    return lambda value, style: read(value)


def _profile(value: Any) -> Any:
    found = find_profile(value) if isinstance(value, str) else None
    if not found:
        raise Unfit("not_a_handle")
    return found


AMOUNT = CellType("amount", read_amount, numeric=True)
COUNT = CellType("count", read_count, numeric=True)
RATE = CellType("rate", read_rate, numeric=True)
PRICE = CellType("price", read_price, numeric=True)
DATE = CellType("date", read_date)
MOMENT = CellType("moment", read_moment)
HANDLE = CellType("handle", _plain(read_handle))
PROFILE = CellType("profile", _plain(_profile), telling=0.9)
COUNTRY = CellType("country", _plain(read_country), telling=0.7)
CITY = CellType("city", _plain(read_city), loose=True)
LOCATION = CellType("location", _plain(split_location), loose=True)
PLATFORM = CellType("platform", _plain(read_platform), telling=0.8)
NAME = CellType("name", _plain(read_name), loose=True)
ID = CellType("id", _plain(read_line))
LINE = CellType("line", _plain(read_line), loose=True)
LONG = CellType("long", _plain(read_long), loose=True)
LIST = CellType("list", _plain(read_list), loose=True)
HASHTAGS = CellType("hashtags", _plain(read_hashtags), loose=True)
EMAIL = CellType("email", _plain(read_email), telling=0.9)
PHONE = CellType("phone", _plain(read_phone))
URL = CellType("url", _plain(read_url))
BOOLEAN = CellType("boolean", _plain(read_boolean))
LANGUAGES = CellType("languages", _plain(read_languages))
