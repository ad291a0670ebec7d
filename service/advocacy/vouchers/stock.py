"""What a pool holds, and when that is little. Pure."""

from collections.abc import Iterable

from service.advocacy.vouchers.schemas import Stock, StockRow


def counted(rows: Iterable[StockRow], *, is_past: bool) -> Stock:
    """The counts by state; past the pool's end, what was not used has expired."""
    stock = Stock()
    for row in rows:
        name = "expired" if is_past and row.status in ("free", "given") else row.status
        setattr(stock, name, getattr(stock, name) + row.codes)
    return stock


def is_low(free: int, low_stock: int | None) -> bool:
    """Whether people are told.

    >>> is_low(10, 10), is_low(11, 10), is_low(0, None)
    (True, False, False)
    """
    return low_stock is not None and free <= low_stock
