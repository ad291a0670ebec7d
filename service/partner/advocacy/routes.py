"""GET /v1/partner/advocate, referrals, rewards and leaderboard: what an advocate sees and does."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, get, patch, post
from litestar.datastructures import State as AppState
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.response import Stream
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.accounts.labels.registry import Language
from service.advocacy.problems import MayNotJoin, NotRedeemable, UnknownAdvocate, UnknownReward
from service.advocacy.referrals.schemas import State
from service.advocacy.rewards.schemas import RewardStatus
from service.advocacy.terms.shapes import RewardKind
from service.advocacy.vouchers.problems import PoolClosed, PoolEmpty, VoucherVoid
from service.influencers.schemas import From, To
from service.kit import paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound
from service.partner import tables
from service.partner.advocacy import actions, table
from service.partner.advocacy.schemas import (
    Leaderboard,
    PartnerAdvocate,
    PartnerAdvocatePatch,
    PartnerAdvocates,
    PartnerReferral,
    PartnerReward,
    PartnerRewardBalances,
    RedeemedReward,
    RedeemOwn,
)
from service.programs.problems import UnknownProgram

Partner = Annotated[Caller, May("partner")]
AnyRequest = Request[Any, Any, Any]
InState = Annotated[State | None, QueryParameter(name="state", description="how far it came")]
InStatus = Annotated[RewardStatus | None, QueryParameter(name="status", description="in this state")]
OfKind = Annotated[RewardKind | None, QueryParameter(name="kind", description="of this kind")]
OfProgram = Annotated[
    str | None, QueryParameter(max_length=40, description="whose board; without it the newest program's")
]
Lang = Annotated[Language, QueryParameter(description="the language of words: tr or en")]
OwnLang = Annotated[
    Language | None, QueryParameter(description="the language of words: tr or en; else the partner's")
]
Places = Annotated[int, QueryParameter(name="limit", ge=1, le=100, description="places")]


@get("/v1/partner/advocate", tags=["partner"])
async def get_own_advocate(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    state: AppState,
    lang: OwnLang = None,
) -> PartnerAdvocates:
    """The partner as an advocate, one for each program: tier and what is missing to the next, what there is
    to share (`share_text` is a message to a friend, which the advocate sends), and the name on the board."""
    return PartnerAdvocates(await actions.advocates(db, state.settings, caller, lang))


@patch("/v1/partner/advocate/{advocate_id:str}", tags=["partner"], raises=[UnknownAdvocate, MayNotJoin])
async def change_own_advocate(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    state: AppState,
    advocate_id: FromPath[str],
    data: JSONBody[PartnerAdvocatePatch],
) -> PartnerAdvocate:
    """Chooses the name on the leaderboard, or none; or leaves the program."""
    return await actions.change(db, state.settings, caller, advocate_id, data)


@get("/v1/partner/referrals", tags=["partner"], raises=[BadCursor])
async def list_own_referrals(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    request: AnyRequest,
    in_state: InState = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[PartnerReferral]:
    """Friends and how far they came, the newest first; who they are is not told."""
    before = paging.decode(cursor, UUID)
    settings = request.app.state.settings
    found = await actions.referrals(db, settings, caller, in_state, before, limit + 1)
    return paging.page(found, limit, lambda each: each[0], lambda each: each[1])


@get("/v1/partner/referrals.csv", tags=["partner"], opt={"openapi_answer": tables.CSV})
async def export_own_referrals(
    caller: NamedDependency[Partner], request: AnyRequest, in_state: InState = None, lang: Lang = "tr"
) -> Stream:
    """The same list as a spreadsheet. Times are UTC."""
    settings = request.app.state.settings

    async def page(db: Connection, before: UUID | None) -> list[tuple[UUID, PartnerReferral]]:
        return await actions.referrals(db, settings, caller, in_state, before, tables.ROWS)

    return tables.answer(
        request, caller, "referrals", table.REFERRALS, page, lambda one: [table.referral(one, lang)]
    )


@get("/v1/partner/rewards", tags=["partner"], raises=[BadCursor])
async def list_own_rewards(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    in_status: InStatus = None,
    of_kind: OfKind = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[PartnerReward]:
    """What was given, the newest first: since when it can be used, and until when."""
    before = paging.decode(cursor, UUID)
    found = await actions.list_rewards(db, caller, in_status, of_kind, before, limit + 1)
    return paging.page(found, limit, lambda each: each[0], lambda each: each[1])


@get("/v1/partner/rewards.csv", tags=["partner"], opt={"openapi_answer": tables.CSV})
async def export_own_rewards(
    caller: NamedDependency[Partner],
    request: AnyRequest,
    in_status: InStatus = None,
    of_kind: OfKind = None,
    lang: Lang = "tr",
) -> Stream:
    """The same list as a spreadsheet. Amounts are minor units, or points; times are UTC."""

    async def page(db: Connection, before: UUID | None) -> list[tuple[UUID, PartnerReward]]:
        return await actions.list_rewards(db, caller, in_status, of_kind, before, tables.ROWS)

    return tables.answer(
        request, caller, "rewards", table.REWARDS, page, lambda one: [table.reward(one, lang)]
    )


@get("/v1/partner/rewards/balance", tags=["partner"])
async def get_own_reward_balance(
    caller: NamedDependency[Partner], db: NamedDependency[Connection]
) -> PartnerRewardBalances:
    """Points, and credit by currency, never summed: waiting, held, to be spent, spent, expired. `negative` is
    what was spent before its order went back; the next rewards make up for it."""
    return PartnerRewardBalances(await actions.balances(db, caller))


@get("/v1/partner/rewards/{reward_id:str}", tags=["partner"], raises=[UnknownReward])
async def get_own_reward(
    caller: NamedDependency[Partner], db: NamedDependency[Connection], reward_id: FromPath[str]
) -> PartnerReward:
    """A reward."""
    return await actions.reward(db, caller, reward_id)


@post(
    "/v1/partner/rewards/redeem",
    tags=["partner"],
    status_code=200,
    raises=[UnknownReward, NotRedeemable, PoolEmpty, PoolClosed, VoucherVoid],
)
async def redeem_own_reward(
    caller: NamedDependency[Partner], db: NamedDependency[Connection], data: JSONBody[RedeemOwn]
) -> RedeemedReward:
    """Takes a voucher or a discount (`redeemable`) and gives its code; asked again, the same one. Points and
    credit are spent at the brand's shop."""
    return await actions.redeem(db, caller, data.reward_id)


@get("/v1/partner/leaderboard", tags=["partner"], raises=[UnknownProgram, NotFound, InvalidInput])
async def get_own_leaderboard(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    program_id: OfProgram = None,
    since: From = None,
    until: To = None,
    places: Places = 10,
) -> Leaderboard:
    """Who brought the most friends who bought in the time, of those who chose a name to be shown by; and the
    partner's own place, which is theirs alone to see without a name."""
    return await actions.leaderboard(db, caller, program_id, since, until, places)


ROUTES: list[ControllerRouterHandler] = [
    get_own_advocate,
    change_own_advocate,
    list_own_referrals,
    export_own_referrals,
    list_own_rewards,
    export_own_rewards,
    get_own_reward_balance,
    get_own_reward,
    redeem_own_reward,
    get_own_leaderboard,
]
