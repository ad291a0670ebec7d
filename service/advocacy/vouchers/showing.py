"""Pools and vouchers as the API shows them."""

import csv
from collections.abc import Iterable
from io import StringIO

from service.advocacy.vouchers import codes
from service.advocacy.vouchers.schemas import GivenVoucher, Pool, PoolRow, Stock, Voucher, VoucherRow
from service.advocacy.vouchers.stock import is_low
from service.imports.rejects_csv import BOM, harmless
from service.kit import ids
from service.kit.money import Price

COLUMNS = (
    *("id", "pool_id", "code", "status", "reward_id", "reference", "given_at", "order", "redeemed_at"),
    *("void_reason", "voided_at", "replaced_by", "expires_at", "created_at"),
)


def pool(row: PoolRow, counts: Stock) -> Pool:
    """A pool with what it holds."""
    return Pool(
        id=ids.show("vpl", row.id),
        name=row.name,
        kind=row.kind,
        value=value(row),
        rate=row.rate,
        expires_at=row.expires_at,
        low_stock=row.low_stock,
        recipients=row.recipients,
        status=row.status,
        counts=counts,
        low=row.status == "open" and is_low(counts.free, row.low_stock),
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def value(row: PoolRow) -> Price | None:
    """What a code of the pool is worth, where it is money."""
    return None if row.value is None or row.currency is None else Price(row.value, row.currency)


def voucher(row: VoucherRow) -> Voucher:
    """A voucher, its code masked."""
    return Voucher(
        id=ids.show("vch", row.id),
        pool_id=ids.show("vpl", row.pool_id),
        code=codes.masked(row.hint),
        status="expired" if row.is_past and row.status in ("free", "given") else row.status,
        reward_id=ids.show_or_none("rwd", row.reward_id),
        reference=row.reference,
        given_at=row.given_at,
        order=row.order_ref,
        redeemed_at=row.redeemed_at,
        void_reason=row.void_reason,
        voided_at=row.voided_at,
        replaced_by=ids.show_or_none("vch", row.replaced_by),
        expires_at=row.expires_at,
        created_at=row.created_at,
    )


def header() -> str:
    """The header's line of the list as a spreadsheet."""
    return BOM + ",".join(COLUMNS) + "\r\n"


def lines(rows: Iterable[VoucherRow]) -> str:
    """Rows of CSV, codes masked."""
    out = StringIO()
    writer = csv.writer(out)
    for row in rows:
        shown = voucher(row)
        writer.writerow([harmless(_cell(shown, name)) for name in COLUMNS])
    return out.getvalue()


def _cell(shown: Voucher, name: str) -> str | None:
    found = getattr(shown, name)
    if found is None:
        return None
    return str(found.isoformat()) if name.endswith("_at") else str(found)


def given(row: VoucherRow, of: PoolRow, code: str, *, repeated: bool) -> GivenVoucher:
    """A code in full, for whom it was given."""
    assert row.given_at is not None
    return GivenVoucher(
        id=ids.show("vch", row.id),
        pool_id=ids.show("vpl", row.pool_id),
        code=code,
        kind=of.kind,
        value=value(of),
        rate=of.rate,
        reference=row.reference,
        given_at=row.given_at,
        expires_at=row.expires_at,
        repeated=repeated,
    )
