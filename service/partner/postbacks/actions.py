"""What partners do with postbacks."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import UNSET, structs

from service.accounts import audit
from service.accounts.callers import Caller
from service.kit import ids, outgoing
from service.kit.db import Connection
from service.kit.outgoing import Refused, Unresolved
from service.kit.problems import InvalidInput
from service.ledger import settling
from service.partner.postbacks import macros, showing, signing, store
from service.partner.postbacks.problems import (
    PostbackStopped,
    StillWaiting,
    TooManyPostbacks,
    UnknownPostbackDelivery,
)
from service.partner.postbacks.schemas import (
    CreatedPostback,
    DeliveryRow,
    NewPostback,
    Postback,
    PostbackPatch,
)
from service.partner.postbacks.telling import store as telling
from service.partner.postbacks.telling.queueing import Draft, queue, wake
from service.programs import store as partners
from service.programs.events import PartnersForgotten, PartnersMerged
from service.settings import Settings

MOST = 10


async def check_url(settings: Settings, url: str) -> None:
    """Raises InvalidInput where an address can't be called: macros, its shape, where it leads."""
    found = macros.faults(url)
    if not found:
        try:
            await outgoing.check_target(macros.expand(url, {}), settings.allow_targets)
        except (Refused, Unresolved) as error:
            found = [str(error)]
    if found:
        errors = [{"path": "url", "message": message} for message in found]
        raise InvalidInput("an address that can't be called", errors=errors)


async def create(db: Connection, caller: Caller, data: NewPostback) -> CreatedPostback:
    """A new postback, whose address was checked. Raises TooManyPostbacks."""
    workspace_id, partner_id = caller.workspace_id, caller.partner
    # Locked, so that two requests don't both make the last one.
    await partners.lock_partner(db, workspace_id, partner_id)
    if await store.count_postbacks(db, workspace_id, partner_id, False) >= MOST:
        raise TooManyPostbacks(f"there are {MOST} already", most=MOST)
    await _begin(db, workspace_id, partner_id)
    postback_id, secret = ids.new(), signing.new() if data.signed else None
    sealed = None if secret is None else signing.seal(postback_id, secret)
    fields = (data.name, data.url, data.method, _each(data.events), sealed, caller.name)
    await store.add_postback(db, workspace_id, postback_id, partner_id, *fields)
    await audit.record(db, caller, "postback.created", ids.show("pbk", postback_id), {"events": data.events})
    made = await shown(db, caller, postback_id)
    return CreatedPostback(**structs.asdict(made), secret=secret)


def _each(events: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(events))


async def _begin(db: Connection, workspace_id: UUID, partner_id: UUID) -> None:
    """Nobody posts for the partner until this commits. What is there counts as told, unless another postback
    is told all along."""
    await settling.take_turn(db, workspace_id, [partner_id])
    if not await store.count_postbacks(db, workspace_id, partner_id, True):
        await telling.begin(db, workspace_id, partner_id)


async def change(db: Connection, caller: Caller, postback_id: UUID, data: PostbackPatch) -> Postback:
    """The postback with what was sent. Raises UnknownPostback."""
    workspace_id = caller.workspace_id
    row = await store.get_postback(db, workspace_id, caller.partner, postback_id)
    sent = {name: value for name, value in structs.asdict(data).items() if value is not UNSET}
    active = sent.pop("active", None)
    kept = {name: sent.get(name, getattr(row, name)) for name in ("name", "url", "method", "events")}
    kept["events"] = _each(kept["events"])
    await store.save_postback(db, workspace_id, postback_id, **kept)
    if active is False:
        await store.disable(db, workspace_id, postback_id, "by_partner")
    elif active and row.disabled_at is not None:
        await _begin(db, workspace_id, caller.partner)
        await store.enable(db, workspace_id, postback_id)
    # Also where it was running: a new address is tried at once.
    if active is not False:
        await store.hurry(db, workspace_id, postback_id)
        await wake(db, workspace_id, postback_id)
    shown_id = ids.show("pbk", postback_id)
    fields = sorted([*sent, *(["active"] if active is not None else [])])
    await audit.record(db, caller, "postback.changed", shown_id, {"fields": fields})
    return await shown(db, caller, postback_id)


async def rotate(db: Connection, caller: Caller, postback_id: UUID) -> str:
    """A new secret. Raises UnknownPostback."""
    row = await store.get_postback(db, caller.workspace_id, caller.partner, postback_id)
    secret = signing.new()
    await store.set_secret(db, caller.workspace_id, row.id, signing.seal(row.id, secret))
    await audit.record(db, caller, "postback.secret_rotated", ids.show("pbk", row.id))
    return secret


async def delete(db: Connection, caller: Caller, postback_id: UUID) -> None:
    """Ends a postback with all that waits for it. Raises UnknownPostback."""
    row = await store.get_postback(db, caller.workspace_id, caller.partner, postback_id)
    await store.delete_postback(db, caller.workspace_id, row.id)
    await audit.record(db, caller, "postback.deleted", ids.show("pbk", row.id))


async def replay(db: Connection, caller: Caller, postback_id: UUID, delivery_id: UUID) -> DeliveryRow:
    """The event once more, behind all that waits. Raises UnknownPostback, UnknownPostbackDelivery,
    StillWaiting, PostbackStopped."""
    workspace_id = caller.workspace_id
    row = await store.get_postback(db, workspace_id, caller.partner, postback_id)
    old = await store.find_delivery(db, workspace_id, postback_id, delivery_id)
    if old is None or old.event == "test":
        raise UnknownPostbackDelivery
    if old.status == "waiting":
        raise StillWaiting
    if row.disabled_at is not None:
        raise PostbackStopped
    subscribed = await telling.lock_subscribed(db, workspace_id, caller.partner)
    chosen = [structs.replace(one, events=[old.event]) for one in subscribed if one.id == postback_id]
    draft = Draft(old.event, old.event_id, old.values)
    await queue(db, workspace_id, caller.partner, chosen, [draft], old.values.get("occurred_at", ""))
    await audit.record(db, caller, "postback.replayed", ids.show("pbk", postback_id))
    return (await store.list_deliveries(db, workspace_id, postback_id, None, "waiting", None, 1))[0]


async def shown(db: Connection, caller: Caller, postback_id: UUID) -> Postback:
    """A postback as it is now. Raises UnknownPostback."""
    row = await store.get_postback(db, caller.workspace_id, caller.partner, postback_id)
    blocking = await store.blocking(db, caller.workspace_id, [postback_id])
    return showing.shown(row, blocking[0] if blocking else None)


async def follow_merge(db: Connection, event: PartnersMerged) -> None:
    """Handles the event: the duplicates' postbacks are the partner's who stands."""
    await store.hand_over(db, event.workspace_id, event.kept, event.merged)
    await store.hand_over_deliveries(db, event.workspace_id, event.kept, event.merged)
    if await store.count_postbacks(db, event.workspace_id, event.kept, True):
        await telling.begin(db, event.workspace_id, event.kept)


async def forget(db: Connection, event: PartnersForgotten) -> None:
    """Handles the event: nothing is told of an erased partner any more."""
    await store.forget(db, event.workspace_id, event.partner_ids)
