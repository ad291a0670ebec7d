"""What follows from orders, erasures and what is told of mentions."""

from uuid import UUID

from msgspec import Struct

from service.advocacy.reviews import rewarding, store
from service.advocacy.reviews.verifying import store as purchases
from service.advocacy.reviews.verifying.actions import verify
from service.conversions.events import CustomersErased, OrdersSettled
from service.kit import events
from service.kit.db import Connection
from service.kit.jobs import Work, enqueue, job
from service.mentions import actions as mentions
from service.mentions.events import MentionsTaken

VERIFY = "advocacy.reviews.verify"


class Ordered(Struct, frozen=True):
    """Orders that were told."""

    ids: list[UUID]


class Looked(Struct):
    """How many reviews are verified or are no more; how many deeds were recorded."""

    done: int = 0


def subscribe() -> None:
    """Reviews follow the orders that they are about, and forget who is erased."""
    events.subscribe(OrdersSettled, orders_settled)
    events.subscribe(CustomersErased, forget_customers)
    events.subscribe(MentionsTaken, mentions_taken)


async def orders_settled(db: Connection, event: OrdersSettled) -> None:
    """Handles the event."""
    if event.conversion_ids and await store.any_reviews(db, event.workspace_id):
        await enqueue(db, event.workspace_id, VERIFY, Ordered(event.conversion_ids))


@job(VERIFY, lane="quick")
async def verify_orders(work: Work, payload: Ordered) -> Looked:
    """Reviews are often there before their orders are told, and orders are called off."""
    async with work.transaction() as db:
        found = await purchases.of_orders(db, work.workspace_id, payload.ids)
        changed = await verify(db, work.workspace_id, found)
        await rewarding.look(db, work.workspace_id, changed)
        done = Looked(len(changed))
        await work.finish(db, done)
    return done


@job(rewarding.REWARD, lane="quick")
async def reward(work: Work, payload: rewarding.Written) -> Looked:
    """A deed a transaction; from then on pages show the reviews."""
    async with work.transaction() as db:
        found = await store.advocating(db, work.workspace_id, payload.ids)
    done = Looked()
    for row in found:
        async with work.transaction() as db:
            await rewarding.reward(db, work.workspace_id, row)
        done.done += 1
        await work.progress(done.done, len(found))
    async with work.transaction() as db:
        await store.settle(db, work.workspace_id, payload.ids, True)
        await work.finish(db, done)
    return done


async def forget_customers(db: Connection, event: CustomersErased) -> None:
    """Who was erased is in no review, and neither is what they wrote; the stars stay, as nobody's."""
    known = await store.reviews_by(db, event.workspace_id, event.keys)
    # Mentions are locked first, as intake does.
    await mentions.unsay(db, event.workspace_id, known)
    gone = await store.forget(db, event.workspace_id, event.keys)
    await mentions.unsay(db, event.workspace_id, [each for each in gone if each not in set(known)])


async def mentions_taken(db: Connection, event: MentionsTaken) -> None:
    """Of an erased customer's review nothing is told again, whoever tells it; others follow their mention."""
    if not event.updated:
        return
    await store.follow_mentions(db, event.workspace_id, event.updated)
    gone = await store.erased(db, event.workspace_id, event.updated)
    await mentions.unsay(db, event.workspace_id, gone)
