"""Forgetting people in every part of advocacy: as advocates, as friends, as those who were asked."""

from collections.abc import Sequence
from uuid import UUID

from service.advocacy.consents import store as consents
from service.advocacy.forgetting import store
from service.advocacy.forgetting.store import KnownAs
from service.advocacy.rings import store as rings
from service.advocacy.surveys import store as surveys
from service.advocacy.vouchers import store as vouchers
from service.conversions.customers import external_key
from service.conversions.events import CustomersErased
from service.kit.db import Connection
from service.programs import actions as partners
from service.programs.events import PartnersForgotten

_AT_ONCE = 5_000


async def forget_customers(db: Connection, event: CustomersErased) -> None:
    """Handles the event, and tells what they were known by here."""
    event.knew.update(await forget(db, event.workspace_id, event.keys))
    event.knew.update(await consents.forget(db, event.workspace_id, event.keys))
    event.knew.update(await surveys.forget(db, event.workspace_id, event.keys))
    await _forget_references(db, event)


async def _forget_references(db: Connection, event: CustomersErased) -> None:
    """A code may have been given for a customer's id: as it was asked for, or as its hash tells."""
    named, keys, last = {name.casefold() for name in event.named}, set(event.keys), None
    while rows := await vouchers.references(db, event.workspace_id, last, _AT_ONCE):
        theirs = [
            row.id
            for row in rows
            if row.reference.casefold() in named
            or external_key(event.workspace_id, "", row.reference) in keys
        ]
        if theirs:
            await vouchers.forget_references(db, event.workspace_id, theirs)
        last = rows[-1].id


async def forget_partners(db: Connection, event: PartnersForgotten) -> None:
    """Handles the event: the advocate whose partner is nobody any more is nobody too."""
    await _forget(db, event.workspace_id, await store.of_partners(db, event.workspace_id, event.partner_ids))


async def forget(db: Connection, workspace_id: UUID, keys: Sequence[bytes]) -> list[bytes]:
    """Takes away who somebody was as an advocate and as a friend: keys, the name on the board, what their
    deeds and redemptions are called elsewhere, and all of the partner that names them. Referrals and rewards
    stay, as those of nobody who can be told. What they were known by."""
    return await _forget(db, workspace_id, await store.known(db, workspace_id, keys), keys)


async def _forget(
    db: Connection, workspace_id: UUID, found: KnownAs, also: Sequence[bytes] = ()
) -> list[bytes]:
    keys = await store.forget_keys(db, workspace_id, found.advocate_ids, found.referral_ids)
    await rings.forget_marks(db, workspace_id, [*keys, *also])
    await store.forget_words(db, workspace_id, found.advocate_ids, found.referral_ids)
    partner_ids = await store.forget_advocates(db, workspace_id, found.advocate_ids)
    if partner_ids:
        await partners.forget_people(db, workspace_id, partner_ids)
    return keys
