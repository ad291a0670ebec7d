"""Taking files of consents in. What was told already changes nothing; of several entries the newest counts,
whatever the order in which they come."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from service.advocacy.consents import actions, iys
from service.advocacy.consents.addresses import address_key, normal
from service.advocacy.consents.reading import AHEAD
from service.advocacy.consents.rows import ConsentFileRow
from service.advocacy.consents.schemas import Entry
from service.conversions.customers import external_key
from service.imports.outcomes import Origin, Outcome
from service.imports.rejects import REASONS
from service.kit import clock
from service.kit.db import Connection

# Merchants may stand in the register without a date: then it is older than anything that was told since.
BEFORE_ALL = datetime(2015, 5, 1, tzinfo=iys.ZONE)
BY_DEFAULT = "HS_EORTAM"


async def take_in(db: Connection, origin: Origin, rows: Sequence[ConsentFileRow]) -> Sequence[Outcome]:
    """Adds the entries of a batch; an outcome for each row."""
    now = await clock.now(db)
    read = [entry_of(origin.workspace_id, origin.shop.strip(), row, now) for row in rows]
    entries = [each for each in read if isinstance(each, Entry)]
    made = iter(await actions.put(db, origin.settings, origin.workspace_id, entries))
    return [
        each if isinstance(each, Outcome) else Outcome("unchanged" if next(made) is None else "created")
        for each in read
    ]


def entry_of(workspace_id: UUID, shop: str, row: ConsentFileRow, now: datetime) -> Entry | Outcome:
    """A row as an entry, or why it is none. An entry counts as the register's where its source says so, and a
    refusal without a source as well."""
    channel, status = iys.read_type(row.channel), iys.read_status(row.status)
    kind = iys.read_recipient_type(row.recipient_type or "BIREYSEL")
    source = iys.read_source(row.source) if row.source else BY_DEFAULT
    at = iys.read_time(row.occurred_at) if row.occurred_at else BEFORE_ALL if kind == "merchant" else None
    if channel is None or status is None or kind is None or source is None:
        told = {"type": channel, "status": status, "recipientType": kind, "source": source}
        names = ", ".join(name for name, value in told.items() if value is None)
        return Outcome("rejected", "not_a_code", f"{names}: {REASONS['not_a_code']}")
    if at is None or at > now + AHEAD or not clock.is_usual(at):
        return Outcome("rejected", "not_a_date", f"consentDate: {REASONS['not_a_date']}")
    key = address_key(workspace_id, channel, row.address)
    if key is None:
        reason = "not_an_email" if channel == "email" else "not_a_phone"
        return Outcome("rejected", reason, f"recipient: {REASONS[reason]}")
    return Entry(
        channel=channel,
        address=normal(channel, row.address) or row.address,
        address_key=key,
        person_key=external_key(workspace_id, shop, row.external_id),
        recipient_type=kind,
        status=status,
        source=source,
        text_version=row.text_version,
        origin="iys" if source.startswith("IYS_") or (not row.source and status == "withdrawn") else "own",
        occurred_at=at,
    )
