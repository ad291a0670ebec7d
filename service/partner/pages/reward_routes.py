"""/p/me/rewards: an advocate's friends, rewards, codes and place, by the operations of /v1/partner."""

from typing import Any

from asyncpg import UniqueViolationError
from litestar import Request, Response, get, post
from litestar.types import ControllerRouterHandler

from service.kit.answers import as_problem
from service.kit.problems import Problem
from service.partner.advocacy import routes as own
from service.partner.advocacy.schemas import PartnerAdvocatePatch, RedeemedReward, RedeemOwn
from service.partner.pages import faults
from service.partner.pages.failing import title
from service.partner.pages.forms import Sent, as_body
from service.partner.pages.visiting import sent, signed_in

AnyRequest = Request[Any, Any, Any]
ROWS = 25
NEWEST_FRIENDS = 25


@get("/p/me/rewards")
async def rewards_page(request: AnyRequest) -> Response[str]:
    """What there is to share, whom it brought, what was given for it."""
    return await _rewards(request, Sent({}))


@post("/p/me/rewards/board", status_code=200)
async def choose_board_name(request: AnyRequest) -> Response[Any]:
    """A name on the leaderboard; left empty, none."""
    form = Sent({})
    try:
        async with signed_in(request) as (here, caller, db):
            form = await sent(request, here)
            data = as_body(PartnerAdvocatePatch, {"board_name": form.one("board_name") or None})
            await own.change_own_advocate.fn(caller, db, request.app.state, form.one("advocate_id"), data)
    except Problem as error:
        if type(error).status_code != 400:
            raise
        return await _rewards(request, form, error)
    return here.go("/p/me/rewards?saved")


@post("/p/me/rewards/leave", status_code=200)
async def leave_program(request: AnyRequest) -> Response[Any]:
    """Out of the program; what was given stays."""
    async with signed_in(request) as (here, caller, db):
        form = await sent(request, here)
        data = PartnerAdvocatePatch(leave=True)
        await own.change_own_advocate.fn(caller, db, request.app.state, form.one("advocate_id"), data)
    return here.go("/p/me/rewards?saved")


@post("/p/me/rewards/redeem", status_code=200)
async def take_code(request: AnyRequest) -> Response[str]:
    """Shows a code. It stands in no address; sent again, the form shows the same one."""
    form = Sent({})
    try:
        async with signed_in(request) as (here, caller, db):
            form = await sent(request, here)
            data = as_body(RedeemOwn, form.only(["reward_id"]))
            taken = await own.redeem_own_reward.fn(caller, db, data)
    except (Problem, UniqueViolationError) as error:
        problem = as_problem(request, error, request.app.state.constraints)
        if type(problem).status_code not in (400, 409):
            raise
        return await _rewards(request, form, problem)
    return await _rewards(request, form, taken=taken)


async def _rewards(
    request: AnyRequest, form: Sent, error: Problem | None = None, taken: RedeemedReward | None = None
) -> Response[str]:
    errors = [] if error is None else error.members.get("errors", [])
    cursor = request.query_params.get("cursor") or None
    async with signed_in(request) as (here, caller, db):
        state = request.app.state
        advocates = (await own.get_own_advocate.fn(caller, db, state, lang=here.language)).data
        boards = [
            await own.get_own_leaderboard.fn(caller, db, program_id=one.program_id) for one in advocates
        ]
        balances = (await own.get_own_reward_balance.fn(caller, db)).data
        page = await own.list_own_rewards.fn(caller, db, limit=ROWS, cursor=cursor)
        friends = await own.list_own_referrals.fn(caller, db, request, limit=NEWEST_FRIENDS)
    return here.page(
        "me/rewards.jinja",
        200 if error is None else type(error).status_code,
        advocates=list(zip(advocates, boards, strict=True)),
        balances=balances,
        page=page,
        friends=friends,
        values=form.values(),
        errors=faults.by_field(errors, here.language),
        fault=None if error is None or errors else title(error, here),
        taken=taken,
        done="saved" in request.query_params,
    )


ROUTES: list[ControllerRouterHandler] = [rewards_page, choose_board_name, leave_program, take_code]
