"""A partner's balance as a CSV. Pure."""

import csv
from collections.abc import Sequence
from io import StringIO

from service.imports.rejects_csv import BOM
from service.ledger.books.schemas import Balance

HEADER = Balance.__struct_fields__


def lines(balances: Sequence[Balance]) -> str:
    """A line a currency, in minor units."""
    out = StringIO()
    out.write(BOM)
    writer = csv.writer(out)
    writer.writerow(HEADER)
    writer.writerows([getattr(each, name) for name in HEADER] for each in balances)
    return out.getvalue()
