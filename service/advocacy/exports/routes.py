"""The lists of advocacy as files."""

from functools import partial
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from litestar.response import Stream
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.advocacy import tables
from service.advocacy.exports import table
from service.advocacy.members import narrowing as of_members
from service.advocacy.members import store as members
from service.advocacy.members.schemas import AdvocateRow
from service.advocacy.referrals import narrowing as of_referrals
from service.advocacy.referrals import store as referrals
from service.advocacy.referrals.schemas import ReferralRow
from service.advocacy.rewards import narrowing as of_rewards
from service.advocacy.rewards import store as rewards
from service.advocacy.rewards.schemas import RedemptionRow, RewardRow
from service.influencers.schemas import IdList
from service.kit.db import Connection
from service.kit.problems import InvalidInput, NotFound
from service.links.stats.grouping import DEFAULT_ZONE, zone_of

Reader = Annotated[Caller, May("advocacy:read")]
AnyRequest = Request[Any, Any, Any]
Zone = Annotated[str, QueryParameter(name="tz", max_length=64, description="IANA time zone of the times")]
OPT: dict[str, Any] = {"openapi_answer": tables.CSV}


@get("/v1/advocates.csv", tags=["advocacy"], opt=OPT, raises=[InvalidInput, NotFound])
async def export_advocates(
    caller: NamedDependency[Reader],
    request: AnyRequest,
    ids: IdList = None,
    program_id: of_members.OfProgram = None,
    of_status: of_members.OfStatus = None,
    of_member: of_members.OfMember = None,
    of_tier: of_members.OfTier = None,
    of_way: of_members.OfWay = None,
    tz: Zone = DEFAULT_ZONE,
) -> Stream:
    """The list of advocates as a spreadsheet, the newest first. Who was erased is not in it."""
    zone = _zone(tz)
    wanted = of_members.advocates(ids, program_id, of_status, of_member, of_tier, of_way)

    async def page(db: Connection, before: UUID | None) -> list[AdvocateRow]:
        return await members.list_advocates(db, caller.workspace_id, wanted, before, tables.ROWS)

    cells = partial(table.advocate, zone=zone)
    return tables.answer(request, caller, "advocates", table.ADVOCATES, page, cells)


@get("/v1/referrals.csv", tags=["advocacy"], opt=OPT, raises=[InvalidInput, NotFound])
async def export_referrals(
    caller: NamedDependency[Reader],
    request: AnyRequest,
    ids: IdList = None,
    program_id: of_referrals.OfProgram = None,
    advocate_id: of_referrals.OfAdvocate = None,
    of_state: of_referrals.OfState = None,
    of_channel: of_referrals.OfChannel = None,
    held: of_referrals.Held = None,
    tz: Zone = DEFAULT_ZONE,
) -> Stream:
    """The list of referrals as a spreadsheet, the newest first."""
    zone = _zone(tz)
    wanted = of_referrals.referrals(ids, program_id, advocate_id, of_state, of_channel, held)

    async def page(db: Connection, before: UUID | None) -> list[ReferralRow]:
        return await referrals.list_referrals(db, caller.workspace_id, wanted, before, tables.ROWS)

    cells = partial(table.referral, zone=zone)
    return tables.answer(request, caller, "referrals", table.REFERRALS, page, cells)


@get("/v1/rewards.csv", tags=["advocacy"], opt=OPT, raises=[InvalidInput, NotFound])
async def export_rewards(
    caller: NamedDependency[Reader],
    request: AnyRequest,
    ids: IdList = None,
    program_id: of_rewards.OfProgram = None,
    advocate_id: of_rewards.OfAdvocate = None,
    referral_id: of_rewards.OfReferral = None,
    of_status: of_rewards.OfStatus = None,
    of_kind: of_rewards.OfKind = None,
    of_side: of_rewards.OfSide = None,
    tz: Zone = DEFAULT_ZONE,
) -> Stream:
    """The list of rewards as a spreadsheet, the newest first. `amount` and `left` are minor units of
    `currency`, or points; `..._decimal` the same in major units."""
    zone = _zone(tz)
    wanted = of_rewards.rewards(ids, program_id, advocate_id, referral_id, of_status, of_kind, of_side)

    async def page(db: Connection, before: UUID | None) -> list[RewardRow]:
        return await rewards.list_rewards(db, caller.workspace_id, wanted, before, tables.ROWS)

    cells = partial(table.reward, zone=zone)
    return tables.answer(request, caller, "rewards", table.REWARDS, page, cells)


@get("/v1/rewards/redemptions.csv", tags=["advocacy"], opt=OPT, raises=[InvalidInput, NotFound])
async def export_redemptions(
    caller: NamedDependency[Reader],
    request: AnyRequest,
    program_id: of_rewards.OfProgram = None,
    advocate_id: of_rewards.OfAdvocate = None,
    external_id: of_rewards.KnownAs = None,
    reversed_: of_rewards.Reversed = None,
    tz: Zone = DEFAULT_ZONE,
) -> Stream:
    """The list of redemptions as a spreadsheet, the newest first; those that were taken back are in it."""
    zone = _zone(tz)
    wanted = of_rewards.redemptions(program_id, advocate_id, external_id, reversed_)

    async def page(db: Connection, before: UUID | None) -> list[RedemptionRow]:
        return await rewards.list_redemptions(db, caller.workspace_id, wanted, before, tables.ROWS)

    cells = partial(table.redemption, zone=zone)
    return tables.answer(request, caller, "redemptions", table.REDEMPTIONS, page, cells)


def _zone(tz: str) -> ZoneInfo:
    """Raises InvalidInput."""
    found = zone_of(tz)
    if found is None:
        errors = [{"path": "tz", "message": "is no time zone of the IANA list"}]
        raise InvalidInput("times that can't be told", errors=errors)
    return found


ROUTES: list[ControllerRouterHandler] = [
    export_advocates,
    export_referrals,
    export_rewards,
    export_redemptions,
]
