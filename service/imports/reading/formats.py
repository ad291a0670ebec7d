"""What kind of file it is, from its first bytes."""

from typing import Literal

from service.imports.rejects import Unreadable

Format = Literal["csv", "ndjson", "json", "xlsx"]

_FOREIGN = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook (.xls) or one with a password"),
    (b"%PDF-", "a PDF document"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "a SQLite database"),
)


def detect(head: bytes, encoding: str, told: str = "auto") -> Format:
    """The format; `told` wins unless it is `auto`. Tabs, semicolons and commas are all `csv`.

    Raises:
        Unreadable: `unknown_format`, for files that are no table.
    """
    if told == "xlsx" or (told == "auto" and head.startswith(b"PK\x03\x04")):
        return "xlsx"
    for mark, what in _FOREIGN:
        if head.startswith(mark):
            raise Unreadable("unknown_format", f"The file is {what}. Save it as XLSX, CSV or JSON.")
    if told in ("csv", "ndjson", "json"):
        return told  # type: ignore[return-value]
    if told != "auto":
        raise Unreadable(
            "unknown_format", f"Unknown format {told!r}; known are auto, csv, ndjson, json and xlsx."
        )
    return _text_format(head.decode(encoding, "replace"))


def _text_format(text: str) -> Format:
    start = text.lstrip()
    if start[:1] == "[":
        # A sheet's header may begin with a bracket as well; JSON goes on with a value.
        return "json" if start[1:].lstrip()[:1] in ("{", "]", "[", "") else "csv"
    if start[:1] != "{":
        return _refuse_markup(start)
    first, _, rest = start.partition("\n")
    closed = first.rstrip().endswith("}") and rest.lstrip()[:1] == "{"
    return "ndjson" if closed else "json"


def _refuse_markup(start: str) -> Format:
    lowered = start[:200].lower()
    if lowered.startswith(("<!doctype", "<html", "<?xml", "<table")):
        raise Unreadable("unknown_format", "The file is a web page or XML. Save it as XLSX, CSV or JSON.")
    return "csv"
