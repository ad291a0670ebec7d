"""The many ways in which a sheet says that it has no value. Missing is not wrong: it is never rejected."""

import re
from typing import Any

_MARKERS = frozenset(
    {
        *(
            "",
            "-",
            "--",
            "---",
            "–",
            "—",
            "−",
            "_",
            ".",
            "..",
            "...",
            "…",
            "/",
            "\\",
            "*",
            "n/a",
            "n.a.",
            "n.a",
        ),
        *(
            "na",
            "n\\a",
            "n-a",
            "#n/a",
            "#na",
            "#n/d",
            "#nv",
            "#yok",
            "null",
            "none",
            "nil",
            "nan",
            "undefined",
        ),
        *(
            "unknown",
            "not available",
            "not applicable",
            "not found",
            "no data",
            "tbd",
            "tba",
            "empty",
            "missing",
        ),
        *("yok", "bilinmiyor", "belirsiz", "belirtilmemis", "belirtilmemiş", "bos", "boş", "veri yok"),
        *("mevcut degil", "mevcut değil", "\\n", "<na>"),
    }
)
"""In lower case. A lone `yes`-like word, `0` or `x` is a value."""

_FORMULA_ERROR = re.compile(r"#[^\W\d_][\w/ ]{0,14}[!?]")
"""A spreadsheet's failed formula in whatever language it speaks: #VALUE! #VALOR! #DEĞER! #WERT! #NAME?
#DIV/0!"""

_COMMON = frozenset({"", "N/A", "n/a", "-", "NULL", "null", "None", "nan", "NaN", "#N/A"})


def is_missing(value: Any) -> bool:
    """Whether the cell holds no value.

    >>> [is_missing(cell) for cell in ("#VALOR!", "N/A'", " - ", None, "#DEĞER!", "0", "nadia", [])]
    [True, True, True, True, True, False, False, True]
    """
    if isinstance(value, str):
        return value in _COMMON or (len(value) < 24 and _is_marker(value))
    return value is None or value != value or value == [] or value == {}


def _is_marker(text: str) -> bool:
    plain = text.strip("'\"`’‘% \t\r\n\xa0").lower()
    return plain in _MARKERS or (plain[:1] == "#" and _FORMULA_ERROR.fullmatch(plain) is not None)


def is_blank(cells: list[Any]) -> bool:
    """Whether a row holds nothing at all (missing markers are something)."""
    return not any(cell is not None and (not isinstance(cell, str) or cell.strip()) for cell in cells)
