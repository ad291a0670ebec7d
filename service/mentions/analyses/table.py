"""Analyses as CSV that a spreadsheet opens and never runs. Pure."""

import csv
from collections.abc import Sequence
from io import StringIO
from typing import Any

import msgspec

from service.imports.rejects_csv import BOM, harmless


def table(rows: Sequence[Any], columns: Sequence[str]) -> str:
    """A line of each row under a header; a field within a field is `outer.inner`.

    >>> table([{"name": "=1", "net": {"raw": 0.5}}], ("name", "net.raw", "reach")).splitlines()[1]
    "'=1,0.5,"
    """
    out = StringIO()
    out.write(BOM)
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        fields = msgspec.to_builtins(row)
        writer.writerow([_cell(fields, name.split(".")) for name in columns])
    return out.getvalue()


def _cell(fields: Any, path: Sequence[str]) -> str:
    for name in path:
        fields = None if fields is None else fields.get(name)
    return "" if fields is None else harmless(str(fields)) or ""
