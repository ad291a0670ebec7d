"""An advocate's own view, put together."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import UNSET

from service.accounts import audit
from service.accounts.callers import Caller
from service.advocacy.members import actions as members
from service.advocacy.members import store as members_store
from service.advocacy.members.schemas import AdvocatePatch, AdvocateRow
from service.advocacy.pages import actions as pages
from service.advocacy.pages import wording
from service.advocacy.pages.problems import NoJoinPage
from service.advocacy.pages.sharing import sharing
from service.advocacy.problems import UnknownAdvocate
from service.advocacy.referrals.schemas import State
from service.advocacy.rewards import redeeming
from service.advocacy.rewards import show as reward_show
from service.advocacy.rewards import store as rewards
from service.advocacy.rewards.schemas import Redeeming, RewardStatus
from service.advocacy.terms import store as terms
from service.advocacy.terms.actions import points_names
from service.advocacy.terms.shapes import RewardKind
from service.kit import clock, ids
from service.kit.db import Connection
from service.links.catalogue import store as links
from service.links.catalogue.show import short_url
from service.partner import store as partners
from service.partner.advocacy import showing, store
from service.partner.advocacy.beyond import beyond
from service.partner.advocacy.schemas import (
    Leaderboard,
    OwnAdvocateRow,
    PartnerAdvocate,
    PartnerAdvocatePatch,
    PartnerReferral,
    PartnerReward,
    ProgramBalance,
    RedeemedReward,
)
from service.programs.preferences import store as preferences
from service.programs.preferences.schemas import Language
from service.programs.problems import UnknownProgram
from service.settings import Settings


async def own(db: Connection, caller: Caller) -> list[OwnAdvocateRow]:
    """Whom the partner is, in every program with advocates, the newest first."""
    records = await partners.records(db, caller.workspace_id, caller.partner)
    return await store.own_advocates(db, caller.workspace_id, records)


async def own_ids(db: Connection, caller: Caller) -> list[UUID]:
    """The same, by id."""
    return [row.id for row in await own(db, caller)]


async def advocates(
    db: Connection, settings: Settings, caller: Caller, language: Language | None
) -> list[PartnerAdvocate]:
    """Each with what there is to share. `language` of words: without it the partner's."""
    if language is None:
        chosen = await preferences.get_preferences(db, caller.workspace_id, caller.partner)
        language = "en" if chosen.locale == "en" else "tr"
    found = {row.id: row for row in await own(db, caller)}
    rows = await members_store.by_ids(db, caller.workspace_id, list(found))
    return [
        await _shown(db, settings, caller, row, found[row.id].program, language) for row in reversed(rows)
    ]


async def _shown(
    db: Connection, settings: Settings, caller: Caller, row: AdvocateRow, program: str, language: Language
) -> PartnerAdvocate:
    place = await _place(db, caller, row)
    page = place.page if place is not None and place.closed is None else None
    shared = await sharing(db, settings, caller.workspace_id, row, page)
    agreed = await terms.terms_at(db, caller.workspace_id, row.program_id, await clock.now(db))
    link = shared.link or shared.page
    text = None
    if place is not None:
        text = wording.message(place.page.texts, language, place.brand, link, shared.code)
    return PartnerAdvocate(
        id=ids.show("adv", row.id),
        program_id=ids.show("prg", row.program_id),
        program=program,
        status=row.status,
        tier=row.tier,
        next_tier=showing.next_tier(None if agreed is None else agreed.terms, row.qualified),
        referrals=row.referrals,
        qualified=row.qualified,
        link_url=shared.link,
        code=shared.code,
        invite_url=shared.page,
        share_text=text,
        board_name=row.board_name,
        joined_at=row.joined_at,
    )


async def _place(db: Connection, caller: Caller, row: AdvocateRow) -> pages.Place | None:
    """The program's page, where it has one; who isn't active brings nobody."""
    if row.status != "active":
        return None
    try:
        return await pages.place(db, caller.workspace_id, row.program_id)
    except (NoJoinPage, UnknownProgram):
        return None


async def change(
    db: Connection, settings: Settings, caller: Caller, advocate_id: str, data: PartnerAdvocatePatch
) -> PartnerAdvocate:
    """The advocate with what was sent. Raises UnknownAdvocate, MayNotJoin."""
    known = {row.id: row for row in await own(db, caller)}
    found = ids.read("adv", advocate_id)
    if found not in known:
        raise UnknownAdvocate
    row = await members_store.lock_advocate(db, caller.workspace_id, found)
    patch = AdvocatePatch(board_name=data.board_name, status="left" if data.leave else UNSET)
    row = await members.change(db, caller.workspace_id, row, patch)
    fields = ["board_name"] * (data.board_name is not UNSET) + ["status"] * data.leave
    await audit.record(db, caller, "advocate.changed", advocate_id, {"fields": fields})
    chosen = await preferences.get_preferences(db, caller.workspace_id, caller.partner)
    language: Language = "en" if chosen.locale == "en" else "tr"
    return await _shown(db, settings, caller, row, known[found].program, language)


async def referrals(
    db: Connection,
    settings: Settings,
    caller: Caller,
    state: State | None,
    before: UUID | None,
    limit: int,
) -> list[tuple[UUID, PartnerReferral]]:
    """The newest first, older than `before`, each with its key."""
    advocate_ids = await own_ids(db, caller)
    rows = await store.list_referrals(db, caller.workspace_id, advocate_ids, state, before, limit)
    urls = await _links(db, settings, caller, advocate_ids) if rows else {}
    return [(row.id, showing.referral(row, urls)) for row in rows]


async def _links(
    db: Connection, settings: Settings, caller: Caller, advocate_ids: Sequence[UUID]
) -> dict[UUID, str | None]:
    found: dict[UUID, str | None] = {}
    for row in await members_store.by_ids(db, caller.workspace_id, advocate_ids):
        if row.link_id is not None:
            link = await links.get_link(db, caller.workspace_id, row.link_id)
            found[row.id] = short_url(link, settings)
    return found


async def list_rewards(
    db: Connection,
    caller: Caller,
    status: RewardStatus | None,
    kind: RewardKind | None,
    before: UUID | None,
    limit: int,
) -> list[tuple[UUID, PartnerReward]]:
    """The newest first, older than `before`, each with its key."""
    mine = await own_ids(db, caller)
    rows = await store.list_rewards(db, caller.workspace_id, mine, status, kind, before, limit)
    names = await points_names(db, caller.workspace_id, [*{row.program_id for row in rows}])
    return [(row.id, showing.reward(row, names.get(row.program_id))) for row in rows]


async def reward(db: Connection, caller: Caller, reward_id: str) -> PartnerReward:
    """Raises UnknownReward."""
    mine = await own_ids(db, caller)
    row = await store.get_reward(db, caller.workspace_id, mine, ids.read("rwd", reward_id))
    names = await points_names(db, caller.workspace_id, [row.program_id])
    return showing.reward(row, names.get(row.program_id))


async def balances(db: Connection, caller: Caller) -> list[ProgramBalance]:
    """What there is, a program each."""
    found = []
    mine = await members_store.by_ids(db, caller.workspace_id, await own_ids(db, caller))
    names = await points_names(db, caller.workspace_id, [row.program_id for row in mine])
    for row in mine:
        accounts = await rewards.wallet(db, caller.workspace_id, row.partner_id)
        things = await rewards.things(db, caller.workspace_id, row.id)
        whole = reward_show.balance(row.id, accounts, things, names.get(row.program_id))
        found.append(ProgramBalance(ids.show("prg", row.program_id), whole.balances, things))
    return found


async def redeem(db: Connection, caller: Caller, reward_id: str) -> RedeemedReward:
    """The code of a voucher or discount; asked again, the same. Points and credit are spent at the shop.

    Raises UnknownReward, NotRedeemable, PoolEmpty, PoolClosed, VoucherVoid.
    """
    mine = await own_ids(db, caller)
    row = await store.get_reward(db, caller.workspace_id, mine, ids.read("rwd", reward_id))
    asked = Redeeming(ids.show("adv", row.advocate_id), f"partner {reward_id}", reward_id=reward_id)
    async with beyond(db, caller):
        done, code = await redeeming.redeem(db, caller.workspace_id, asked, caller.name)
    return RedeemedReward(reward_id, code, done.created_at)


async def leaderboard(
    db: Connection,
    caller: Caller,
    program_id: str | None,
    since: datetime | None,
    until: datetime | None,
    limit: int,
) -> Leaderboard:
    """The board of a program that the partner is an advocate of; without one, of the newest. Raises
    UnknownProgram."""
    mine = await own(db, caller)
    if program_id is not None:
        wanted = ids.read("prg", program_id)
        mine = [row for row in mine if row.program_id == wanted]
        if not mine:
            raise UnknownProgram
    if not mine:
        return Leaderboard(None, [], None)
    program, own_here = mine[0].program_id, [row.id for row in mine if row.program_id == mine[0].program_id]
    async with beyond(db, caller):
        rows = await store.board(db, caller.workspace_id, program, own_here, since, until, limit)
    shown = [row for row in rows if row.name is not None or row.own]
    return Leaderboard(ids.show("prg", program), shown, next((row for row in rows if row.own), None))
