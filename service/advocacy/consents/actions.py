"""Writing consents, and forgetting them."""

from collections.abc import Sequence
from uuid import UUID

from service.advocacy.consents import store
from service.advocacy.consents.reading import read_consent
from service.advocacy.consents.schemas import ConsentRow, Entry, MessageConsent, NewConsent
from service.conversions.customers import email_key
from service.influencers.events import InfluencersErased
from service.influencers.profiles.store import contacts_of
from service.kit import clock, ids, secrets
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.kit.secrets import Vault
from service.settings import Settings

PURPOSE = "consents"


def vault(settings: Settings) -> Vault:
    """What addresses are sealed with."""
    return secrets.vault(settings, PURPOSE)


async def put(
    db: Connection, settings: Settings, workspace_id: UUID, entries: Sequence[Entry]
) -> list[UUID | None]:
    """Adds entries to the history: the id of each, None where it was told before."""
    sealing = vault(settings)
    sealed = [sealing.seal(entry.address.encode(), entry.address_key) for entry in entries]
    return await store.add(db, workspace_id, entries, sealed)


async def put_one(db: Connection, settings: Settings, workspace_id: UUID, data: NewConsent) -> MessageConsent:
    """One consent, as it stands in the history. Raises InvalidInput with every failing field."""
    entry = read_consent(workspace_id, data, await clock.now(db))
    if isinstance(entry, list):
        errors = [{"path": fault.path, "message": fault.message} for fault in entry]
        raise InvalidInput("a consent that can't be", errors=errors)
    await put(db, settings, workspace_id, [entry])
    told = (entry.channel, entry.address_key, entry.occurred_at, entry.status, entry.recipient_type)
    row = await store.same(db, workspace_id, *told)
    return shown(vault(settings), row)


def shown(opening: Vault, row: ConsentRow) -> MessageConsent:
    """An entry with its address."""
    return MessageConsent(
        id=ids.show("cns", row.id),
        channel=row.channel,
        address=opening.open(row.sealed, row.address_key).decode(),
        recipient_type=row.recipient_type,
        status=row.status,
        source=row.source,
        text_version=row.text_version,
        origin=row.origin,
        occurred_at=row.occurred_at,
        recorded_at=row.created_at,
        current=row.current,
    )


async def forget_influencers(db: Connection, event: InfluencersErased) -> None:
    """By the addresses that are known of them."""
    rows = await contacts_of(db, event.workspace_id, event.ids)
    keys = [email_key(event.workspace_id, row.email) for row in rows]
    await store.forget(db, event.workspace_id, [key for key in keys if key is not None])
