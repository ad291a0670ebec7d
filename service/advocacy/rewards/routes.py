"""/v1/rewards: what was given, balances, redemptions."""

from typing import Annotated
from uuid import UUID

from litestar import get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.advocacy.members import store as members
from service.advocacy.problems import (
    AdvocateInactive,
    NotEnough,
    NotRedeemable,
    RedeemedOtherwise,
    RedemptionReversed,
    UnknownAdvocate,
    UnknownRedemption,
    UnknownReward,
)
from service.advocacy.rewards import deciding, narrowing, redeeming, reversing, show, store
from service.advocacy.rewards.narrowing import (
    KnownAs,
    OfAdvocate,
    OfKind,
    OfProgram,
    OfReferral,
    OfSide,
    OfStatus,
    Reversed,
)
from service.advocacy.rewards.schemas import (
    Redeeming,
    RedemptionReversal,
    Reward,
    RewardBalance,
    RewardDecision,
    RewardRedemption,
)
from service.advocacy.terms.actions import points_names
from service.advocacy.vouchers.problems import PoolClosed, PoolEmpty, UnknownPool, VoucherUsed, VoucherVoid
from service.influencers.schemas import IdList
from service.kit import ids as outer
from service.kit import paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound

Reader = Annotated[Caller, May("advocacy:read")]
Writer = Annotated[Caller, May("advocacy:write")]


@get("/v1/rewards", tags=["advocacy"], raises=[BadCursor, InvalidInput, NotFound])
async def list_rewards(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    ids: IdList = None,
    program_id: OfProgram = None,
    advocate_id: OfAdvocate = None,
    referral_id: OfReferral = None,
    of_status: OfStatus = None,
    of_kind: OfKind = None,
    of_side: OfSide = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Reward]:
    """The newest first."""
    wanted = narrowing.rewards(ids, program_id, advocate_id, referral_id, of_status, of_kind, of_side)
    before = paging.decode(cursor, UUID)
    rows = await store.list_rewards(db, caller.workspace_id, wanted, before, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, show.reward)


@get("/v1/rewards/{reward_id:str}", tags=["advocacy"], raises=[UnknownReward])
async def get_reward(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], reward_id: FromPath[str]
) -> Reward:
    """A reward."""
    return show.reward(await store.get_reward(db, caller.workspace_id, outer.read("rwd", reward_id)))


@patch("/v1/rewards/{reward_id:str}", tags=["advocacy"], raises=[UnknownReward, NotRedeemable])
async def decide_reward(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    reward_id: FromPath[str],
    data: JSONBody[RewardDecision],
) -> Reward:
    """Holds a reward, lets it go where it would be without a hold or a rejection, or takes it back. What of
    it was redeemed leaves a negative balance then, which later rewards make up for."""
    found = outer.read("rwd", reward_id)
    row = await deciding.decide(db, caller.workspace_id, found, data, caller.name)
    await audit.record(db, caller, "reward.decided", reward_id, {"status": data.status})
    return show.reward(row)


@get("/v1/advocates/{advocate_id:str}/balance", tags=["advocacy"], raises=[UnknownAdvocate])
async def get_reward_balance(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], advocate_id: FromPath[str]
) -> RewardBalance:
    """What an advocate has: points, and credit by currency, never summed."""
    advocate = await members.get_brief(db, caller.workspace_id, outer.read("adv", advocate_id))
    rows = await store.wallet(db, caller.workspace_id, advocate.partner_id)
    names = await points_names(db, caller.workspace_id, [advocate.program_id])
    things = await store.things(db, caller.workspace_id, advocate.id)
    return show.balance(advocate.id, rows, things, names.get(advocate.program_id))


@post(
    "/v1/rewards/redeem",
    tags=["advocacy"],
    raises=[
        InvalidInput,
        NotFound,
        UnknownAdvocate,
        UnknownReward,
        NotEnough,
        NotRedeemable,
        RedeemedOtherwise,
        RedemptionReversed,
        AdvocateInactive,
        UnknownPool,
        PoolEmpty,
        PoolClosed,
        VoucherVoid,
    ],
)
async def redeem_reward(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[Redeeming]
) -> RewardRedemption:
    """Redeems points or credit, those first that expire first, or one voucher or discount, which gives its
    code. The same `external_id` again gives the same redemption, and takes nothing."""
    row, code = await redeeming.redeem(db, caller.workspace_id, data, caller.name)
    return show.redemption(row, code)


@get("/v1/rewards/redemptions", tags=["advocacy"], raises=[BadCursor, InvalidInput, NotFound])
async def list_redemptions(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    program_id: OfProgram = None,
    advocate_id: OfAdvocate = None,
    external_id: KnownAs = None,
    reversed_: Reversed = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[RewardRedemption]:
    """What was redeemed, the newest first; a voucher's code stands in the answer to its redemption alone."""
    wanted = narrowing.redemptions(program_id, advocate_id, external_id, reversed_)
    before = paging.decode(cursor, UUID)
    rows = await store.list_redemptions(db, caller.workspace_id, wanted, before, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, show.redemption)


@post(
    "/v1/rewards/redemptions/{redemption_id:str}/reverse",
    tags=["advocacy"],
    status_code=200,
    raises=[UnknownRedemption, VoucherUsed, InvalidInput],
)
async def reverse_redemption(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    redemption_id: FromPath[str],
    data: JSONBody[RedemptionReversal],
) -> RewardRedemption:
    """Takes a redemption back, as if it had never been asked for: an error at the till, a cancelled basket.
    A second time nothing does.

    Points and credit are there again, for 14 days at least, even if they would have expired by now. A voucher
    or a discount can be redeemed again: the code that was given is void, unless a shop took it already.
    """
    found = outer.read("rdm", redemption_id)
    row = await reversing.reverse(db, caller.workspace_id, found, data.reason, caller.name)
    await audit.record(db, caller, "redemption.reversed", redemption_id)
    return show.redemption(row)


ROUTES: list[ControllerRouterHandler] = [
    list_rewards,
    get_reward,
    decide_reward,
    get_reward_balance,
    redeem_reward,
    list_redemptions,
    reverse_redemption,
]
