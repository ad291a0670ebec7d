"""What follows from orders, mentions and the clock: referrals, rewards, and who joins."""

from uuid import UUID

from msgspec import Struct

from service.accounts.audit import SYSTEM
from service.advocacy.members import deeds
from service.advocacy.members import store as members
from service.advocacy.members.joining import joined_by_purchase
from service.advocacy.referrals import following
from service.advocacy.referrals import store as referrals
from service.advocacy.rewards import bringing
from service.advocacy.rewards import store as rewards
from service.advocacy.rewards.bringing import Owner
from service.conversions.events import OrdersSettled
from service.kit import ids
from service.kit.db import Connection, Database
from service.kit.jobs import Work, enqueue, job, scheduled
from service.mentions.events import MentionsTaken
from service.settings import Settings

FOLLOW, PRAISE, MATURE = "advocacy.follow", "advocacy.praise", "advocacy.mature"
AT_ONCE = 100


class Things(Struct, frozen=True):
    """Orders or mentions to look at."""

    ids: list[UUID]


class Followed(Struct):
    """How many were looked at."""

    done: int = 0


async def orders_settled(db: Connection, event: OrdersSettled) -> None:
    """Handles the event: the order's own transaction waits for no reward."""
    if event.conversion_ids and await members.any_advocates(db, event.workspace_id):
        await enqueue(db, event.workspace_id, FOLLOW, Things(event.conversion_ids))


async def mentions_taken(db: Connection, event: MentionsTaken) -> None:
    """Handles the event."""
    mention_ids = [*event.created, *event.updated]
    if mention_ids and await members.any_advocates(db, event.workspace_id):
        await enqueue(db, event.workspace_id, PRAISE, Things(mention_ids))


@job(FOLLOW, lane="quick")
async def follow(work: Work, payload: Things) -> Followed:
    """An order a transaction: each takes turns of its own."""
    followed = Followed()
    for conversion_id in payload.ids:
        async with work.transaction() as db:
            await joined_by_purchase(db, work.workspace_id, conversion_id)
            await following.follow(db, work.workspace_id, conversion_id, SYSTEM)
        followed.done += 1
        await work.progress(followed.done, len(payload.ids))
    return followed


@job(PRAISE, lane="quick")
async def praise(work: Work, payload: Things) -> Followed:
    """Who agreed to joins by a positive mention; one of an advocate's is a deed."""
    async with work.transaction() as db:
        waiting = await members.praising(db, work.workspace_id, payload.ids)
        await members.let_in(db, work.workspace_id, [row.id for row in waiting], "mention")
        praises = await members.praised(db, work.workspace_id, payload.ids)
    followed = Followed()
    for each in praises:
        async with work.transaction() as db:
            advocate = await members.get_brief(db, work.workspace_id, each.advocate_id)
            name = ids.show("men", each.mention_id)
            await deeds.record(db, work.workspace_id, advocate, "mention", name, each.published_at, SYSTEM)
        followed.done += 1
        await work.progress(followed.done, len(praises))
    return followed


@job(MATURE, lane="quick")
async def mature(work: Work, payload: None) -> Followed:
    """Notes clicks of invitations, makes available what is due, lets expire what is over its time."""
    await _clicks(work)
    followed, after = Followed(), UUID(int=0)
    while True:
        async with work.transaction() as db:
            due = await rewards.due_advocates(db, work.workspace_id, after, AT_ONCE)
            if not due:
                await work.finish(db, followed)
                return followed
            rows = await members.by_ids(db, work.workspace_id, due)
            owners = sorted(Owner(row.id, row.partner_id) for row in rows)
            await bringing.bring(db, work.workspace_id, owners, SYSTEM)
        followed.done, after = followed.done + len(due), due[-1]
        await work.progress(followed.done)


async def _clicks(work: Work) -> None:
    after = UUID(int=0)
    while True:
        async with work.transaction() as db:
            open_ids = await referrals.open_invitations(db, work.workspace_id, after, AT_ONCE)
            names = [ids.show("ref", each) for each in open_ids]
            noted = await referrals.note_clicks(db, work.workspace_id, open_ids, names)
            clicked = await referrals.others_clicks(db, work.workspace_id, [row.id for row in noted])
        for row in clicked:
            async with work.transaction() as db:
                advocate = await members.get_brief(db, work.workspace_id, row.advocate_id)
                name = ids.show("ref", row.id)
                await deeds.record(db, work.workspace_id, advocate, "click", name, row.clicked_at, SYSTEM)
        if len(open_ids) < AT_ONCE:
            return
        after = open_ids[-1]


@scheduled("advocacy.mature", "* * * * *")
async def mature_all(settings: Settings, database: Database) -> None:
    """Looks where something is due."""
    async with database.connection() as db:
        workspaces = await rewards.rewarding_workspaces(db)
    for workspace_id in workspaces:
        async with database.transaction(workspace_id) as db:
            await enqueue(db, workspace_id, MATURE, dedupe=MATURE)
