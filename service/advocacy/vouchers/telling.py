"""Who is told that a pool runs low: people by mail, programs by the outbox."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import convert

from service.accounts import audit
from service.accounts.members import store as members
from service.accounts.problems import UnknownMember
from service.accounts.workspaces import store as workspaces
from service.advocacy.events import VouchersLow
from service.advocacy.vouchers import store
from service.advocacy.vouchers.schemas import LowMessage, LowPool
from service.kit import clock, events, ids, mail, outbox
from service.kit.db import Connection
from service.kit.outbox import Message
from service.programs.notices.sending import lines

LOW = "voucher_pool.low"
_WORDS = mail.Words(
    tr=(
        "Hediye çekleri azaldı: {name}",
        "{name}: {free} boş kod kaldı (uyarı sınırı {low_stock}).\n\n"
        "Kod kalmayınca ödül verilemez. Yeni kodları havuza yükleyin: {pool_id}\n",
    ),
    en=(
        "Vouchers run low: {name}",
        "{name}: {free} free codes are left (you are told at {low_stock}).\n\n"
        "Without codes no reward can be given. Import more into the pool: {pool_id}\n",
    ),
)


async def tell(db: Connection, workspace_id: UUID) -> int:
    """Tells of each pool that has come to its mark, once until it is filled; how many that were."""
    low = await store.running_low(db, workspace_id)
    now = await clock.now(db)
    for pool in low:
        await _tell(db, workspace_id, pool, now)
    return len(low)


async def _tell(db: Connection, workspace_id: UUID, pool: LowPool, now: datetime) -> None:
    shown = ids.show("vpl", pool.id)
    body = LowMessage(shown, pool.name, pool.free, pool.low_stock, now)
    await outbox.put(db, workspace_id, LOW, body, subject=shown)
    await audit.record_system(db, workspace_id, LOW, shown, {"free": pool.free, "low_stock": pool.low_stock})
    language = (await workspaces.get_workspace(db, workspace_id)).locale
    values = {
        "name": pool.name,
        "free": str(pool.free),
        "low_stock": str(pool.low_stock),
        "pool_id": shown,
    }
    for address in await _addresses(db, workspace_id, pool.recipients):
        await mail.send(db, workspace_id, mail.compose(address, _WORDS, language, **lines(values)))


async def hand_over(message: Message) -> None:
    """The carrier of the topic: whoever sends it out of the house listens to `VouchersLow`."""
    body = convert(message.body, LowMessage, strict=False)
    async with message.database.transaction(message.workspace_id) as db:
        await events.emit(db, VouchersLow(message.workspace_id, message.id, message.topic, body))


def register() -> None:
    """Registers the carrier."""
    outbox.topic(LOW, hand_over)


async def _addresses(db: Connection, workspace_id: UUID, recipients: Sequence[str]) -> list[str]:
    """Their addresses, each once; members who have left are told nothing more."""
    found: dict[str, str] = {}
    for one in recipients:
        address = one
        if "@" not in one:
            try:
                address = (await members.get_member(db, workspace_id, ids.read("usr", one))).email
            except UnknownMember:
                continue
        found.setdefault(address.lower(), address)
    return list(found.values())
