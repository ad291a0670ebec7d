"""What a payout posts, and what it posts back when it fails. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from service.kit.ids import show
from service.ledger.payouts.schemas import ItemRow
from service.ledger.schemas import Entry, EntryKind, Posting

# Each posting looks at its whole entry (the sum of 0), and a partner may have 20,000 rows.
ROWS_OF_AN_ENTRY = 50


def paid(
    payout_id: UUID, partner_id: UUID, currency: str, items: Sequence[ItemRow], beside: int
) -> list[Entry]:
    """The money leaves `payable` for `paid`, row by row in the accounts of the record that earned it; what
    is paid beside rows (`beside`, negative: settled), in the kept partner's."""
    return _entries("payout", "", 1, payout_id, partner_id, currency, items, beside)


def returned(
    payout_id: UUID,
    partner_id: UUID,
    currency: str,
    items: Sequence[ItemRow],
    beside: int,
    reason: str | None,
) -> list[Entry]:
    """The money is `payable` again."""
    found = _entries("payout_return", ":return", -1, payout_id, partner_id, currency, items, beside)
    return [_with_reason(entry, reason) for entry in found]


def _entries(
    kind: EntryKind,
    ending: str,
    sign: int,
    payout_id: UUID,
    partner_id: UUID,
    currency: str,
    items: Sequence[ItemRow],
    beside: int,
) -> list[Entry]:
    shown = show("pay", payout_id)
    made = []
    for n, (record, lines) in enumerate(_groups(partner_id, items, beside)):
        posted = tuple(_moved(currency, sign, lines))
        details = {"payout_id": shown}
        made.append(Entry(f"{shown}:{n}{ending}", kind, record, None, None, details, posted))
    return made


def _groups(
    partner_id: UUID, items: Iterable[ItemRow], beside: int
) -> Iterable[tuple[UUID, list[tuple[UUID | None, int]]]]:
    """So many rows of one record an entry, in an order that is always the same."""
    by_record: defaultdict[UUID, list[tuple[UUID | None, int]]] = defaultdict(list)
    for item in sorted(items, key=lambda item: (item.partner_id, item.commission_id)):
        if item.amount:
            by_record[item.partner_id].append((item.commission_id, item.amount))
    for record, lines in by_record.items():
        for at in range(0, len(lines), ROWS_OF_AN_ENTRY):
            yield record, lines[at : at + ROWS_OF_AN_ENTRY]
    if beside:
        yield partner_id, [(None, beside)]


def _moved(currency: str, sign: int, lines: Iterable[tuple[UUID | None, int]]) -> Iterable[Posting]:
    for commission_id, amount in lines:
        yield Posting("payable", currency, -sign * amount, commission_id)
        yield Posting("paid", currency, sign * amount, commission_id)


def _with_reason(entry: Entry, reason: str | None) -> Entry:
    return Entry(entry.key, entry.kind, entry.partner_id, None, reason, entry.details, entry.postings)
