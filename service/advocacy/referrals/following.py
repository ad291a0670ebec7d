"""What orders make of referrals: friends come, buy, send back; rewards follow."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from msgspec import structs

from service.advocacy.earning import Fact, matching, tier_of
from service.advocacy.members import guests
from service.advocacy.members import store as members
from service.advocacy.members.schemas import AdvocateBrief
from service.advocacy.referrals import deciding, store
from service.advocacy.referrals.deciding import Happened, Order, follows
from service.advocacy.referrals.schemas import ReferralRow
from service.advocacy.referrals.store import CreditedRow, FriendOrderRow
from service.advocacy.rewards import bringing, rating
from service.advocacy.rewards import store as rewards
from service.advocacy.rewards.bringing import Owner
from service.advocacy.rewards.earned import Sides, Source, earned
from service.advocacy.rewards.edited import edited
from service.advocacy.rewards.schemas import RewardRow
from service.advocacy.rings import store as rings
from service.advocacy.terms import store as terms
from service.conversions.customers import email_key
from service.kit import clock, ids
from service.kit.db import Connection
from service.kit.money import Price
from service.kit.problems import NotFound

OTHER = "referred_by_another"


async def follow(db: Connection, workspace_id: UUID, conversion_id: UUID, by: str) -> None:
    """Brings referrals and rewards to what an order says now. Repeated, it changes nothing.

    Takes the programs' turns, then those of the partners in the ledger, all of them at once.
    """
    rows = await store.credited(db, workspace_id, [conversion_id])
    if not rows:
        return
    keys = rows[0].keys
    programs = {row.program_id for row in rows if row.program_id is not None}
    programs |= {*await store.programs_of(db, workspace_id, keys, conversion_id)}
    if not programs:
        return
    await rewards.take_programs(db, workspace_id, sorted(programs))
    there = await store.of_order(db, workspace_id, keys, conversion_id)
    for row in rows:
        there += await _came(db, workspace_id, row, there)
    await settle(db, workspace_id, there, by)
    await rings.note_change(db, workspace_id, sorted(programs))


async def _came(
    db: Connection, workspace_id: UUID, row: CreditedRow, there: Sequence[ReferralRow]
) -> list[ReferralRow]:
    """A new referral, where an advocate is credited with somebody who is new."""
    if row.advocate_id is None or row.program_id is None or row.partner_id is None or not row.keys:
        return []
    known = next((each for each in there if each.program_id == row.program_id), None)
    if known is not None and (known.advocate_id == row.advocate_id or known.state not in _OPEN):
        await store.learn_keys(db, workspace_id, row.program_id, row.keys, known.id)
        return []
    if not row.counted or not row.is_new:
        return []
    if known is not None:
        await give_way(db, workspace_id, known)
    made = await _invitation(db, workspace_id, row)
    if made is None:
        made = await store.add_referral(
            db,
            workspace_id,
            ids.new(),
            row.program_id,
            row.advocate_id,
            row.partner_id,
            "code" if row.by_code else "link",
            None,
        )
    made = structs.replace(made, click_id=row.click_id, clicked_at=made.clicked_at or row.clicked_at)
    await store.add_keys(db, workspace_id, row.program_id, row.keys, made.id)
    return [made]


_OPEN = ("invited", "clicked")


async def give_way(db: Connection, workspace_id: UUID, known: ReferralRow) -> None:
    """An invitation that led to nothing does not bar the one that did."""
    await store.drop_keys(db, workspace_id, known.id)
    gone = structs.replace(
        known, state="rejected", before=known.state, reason=OTHER, rejected_at=await clock.now(db)
    )
    await store.save_referrals(db, workspace_id, [gone])


async def _invitation(db: Connection, workspace_id: UUID, row: CreditedRow) -> ReferralRow | None:
    """The invitation that the click's link carried, if it was nobody's yet."""
    try:
        referral_id = ids.read("ref", row.sub1 or "")
        found = await store.lock_referral(db, workspace_id, referral_id)
    except NotFound:
        return None
    taken = found.state not in _OPEN or await store.keys_of(db, workspace_id, found.id)
    return None if taken or found.advocate_id != row.advocate_id else found


class _Settled(NamedTuple):
    """A referral as it is now, with the rewards that it has and those that are new, and whose they are."""

    row: ReferralRow
    old: list[RewardRow]
    new: list[RewardRow]
    sides: Sides


async def settle(
    db: Connection, workspace_id: UUID, referrals: Sequence[ReferralRow], by: str
) -> list[RewardRow]:
    """Brings referrals and their rewards to what the friends' orders and people's decisions say; the rewards
    that changed. The caller holds the programs, and has locked the referrals."""
    now = await clock.now(db)
    found = [await _one(db, workspace_id, row, now) for row in referrals]
    decided = {row.id: row for each in found for row in each.old}
    await store.save_referrals(db, workspace_id, [each.row for each in found])
    owners = [one for each in found for one in each.sides if one is not None]
    owners += [Owner(row.advocate_id, row.partner_id) for row in decided.values()]
    moved = await bringing.bring(
        db,
        workspace_id,
        sorted(set(owners)),
        by,
        new=[row for each in found for row in each.new],
        named=list(decided),
        decide=lambda row: _with(row, decided.get(row.id)),
    )
    await store.mark_rewarded(db, workspace_id, [each.row.id for each in found])
    for advocate_id, program_id in {(row.advocate_id, row.program_id) for row in referrals}:
        await _tier(db, workspace_id, advocate_id, program_id)
    return moved


def _with(row: RewardRow, wanted: RewardRow | None) -> RewardRow:
    """The locked row with what was decided of it; what was redeemed meanwhile stays, and stays as much."""
    if wanted is None:
        return row
    given = {name: getattr(wanted, name) for name in ("gone", "refunded", "total", "held", "rejected")}
    if not row.redeemed and not row.expired:
        given["amount"] = wanted.amount
    return structs.replace(row, **given)


async def _one(db: Connection, workspace_id: UUID, row: ReferralRow, now: datetime) -> _Settled:
    advocate = await members.get_brief(db, workspace_id, row.advocate_id)
    orders = [_order(each) for each in await store.orders_of(db, workspace_id, row.id)]
    keys = await store.keys_of(db, workspace_id, row.id)
    row = await _known(db, workspace_id, deciding.progressed(row, orders, row.rewarded_at), keys)
    facts = deciding.happened(row, orders, advocate.tier)
    stored = await rewards.of_referrals(db, workspace_id, [row.id])
    old = await _followed(db, workspace_id, stored, facts, row, now)
    sides = Sides(Owner(advocate.id, advocate.partner_id))
    if row.state == "rejected" or not await _earns(db, workspace_id, advocate):
        return _Settled(row, old, [], sides)
    if facts and keys and await _is_for_friends(db, workspace_id, row.program_id, facts):
        friend = await guests.ensure(db, workspace_id, row, keys)
        sides = Sides(sides.advocate, friend)
        row = structs.replace(row, friend_id=None if friend is None else friend.advocate_id)
    sourced = [_sourced(each, row) for each in facts]
    new = await earned(db, workspace_id, sourced, sides, old, rating.moved(stored, old))
    return _Settled(row, old, [follows(each, facts, row) for each in new], sides)


async def _followed(
    db: Connection,
    workspace_id: UUID,
    stored: Sequence[RewardRow],
    facts: Sequence[Happened],
    row: ReferralRow,
    now: datetime,
) -> list[RewardRow]:
    """The referral's rewards as the orders are now."""
    nets = {each.id: order.net for each in stored if (order := deciding.order_of(each, facts)) is not None}
    return await edited(db, workspace_id, stored, [follows(each, facts, row) for each in stored], nets, now)


def _order(each: FriendOrderRow) -> Order:
    return Order(
        each.id,
        each.kind,
        each.counted,
        each.is_new,
        each.occurred_at,
        Price(max(each.net, 0), each.currency),
        each.refunded,
        each.total,
        each.credited,
    )


def _sourced(each: Happened, row: ReferralRow) -> tuple[Fact, Source]:
    order = each.order
    return each.fact, Source(row.program_id, row.id, order.id, None, order.refunded, order.total)


async def _known(db: Connection, workspace_id: UUID, row: ReferralRow, keys: Sequence[bytes]) -> ReferralRow:
    """The referral with whom the friend is, if an advocate too, and what holds it."""
    named = await members.named_by(db, workspace_id, row.program_id, keys)
    friend_id = named[0].of_id if named else row.friend_id
    line = await members.line_of(db, workspace_id, row.advocate_id)
    own = await _own_keys(db, workspace_id, row.advocate_id)
    alike = await store.paid_alike(db, workspace_id, row.advocate_id, friend_id)
    hold = deciding.to_hold(keys, own, friend_id, line, alike)
    held = row.held if row.held is not None or hold in row.cleared else hold
    if friend_id is not None and hold is None and row.state not in ("invited", "clicked", "rejected"):
        await members.brought_by(db, workspace_id, friend_id, row.id)
    return structs.replace(row, friend_id=None if friend_id == row.advocate_id else friend_id, held=held)


async def _own_keys(db: Connection, workspace_id: UUID, advocate_id: UUID) -> set[bytes]:
    """By what an order would tell that the advocate made it, or somebody who is paid to the same account."""
    addresses = await store.own_addresses(db, workspace_id, advocate_id)
    mails = {key for each in addresses if (key := email_key(workspace_id, each)) is not None}
    return mails | {*await members.keys_of(db, workspace_id, advocate_id)}


async def _earns(db: Connection, workspace_id: UUID, advocate: AdvocateBrief) -> bool:
    """Who paused or left earns no more, and nobody does by a program that rests."""
    status = await terms.status_of(db, workspace_id, advocate.program_id)
    return advocate.status == "active" and status == "active"


async def _is_for_friends(
    db: Connection, workspace_id: UUID, program_id: UUID, facts: Sequence[Happened]
) -> bool:
    """Whether the terms give friends something for one of these."""
    for each in facts:
        row = await terms.terms_at(db, workspace_id, program_id, each.fact.at)
        if row is not None and any(rule.side == "friend" for rule in matching(row.terms, each.fact)):
            return True
    return False


async def _tier(db: Connection, workspace_id: UUID, advocate_id: UUID, program_id: UUID) -> None:
    """The tier that an advocate's friends reach; one that was given by hand, where the terms have none,
    stays."""
    row = await terms.terms_at(db, workspace_id, program_id, await clock.now(db))
    if row is None or not row.terms.tiers:
        return
    most = max(tier.from_qualified for tier in row.terms.tiers)
    bought = await members.qualified(db, workspace_id, advocate_id, most)
    await members.set_tier(db, workspace_id, advocate_id, tier_of(row.terms, bought))
