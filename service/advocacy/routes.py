"""Every operation of advocacy."""

from litestar.types import ControllerRouterHandler

from service.advocacy.members import routes as members
from service.advocacy.obligations.routes import ROUTES as OBLIGATIONS
from service.advocacy.referrals import routes as referrals
from service.advocacy.rewards import routes as rewards
from service.advocacy.terms import routes as terms
from service.advocacy.vouchers.routes import ROUTES as VOUCHERS

ROUTES: list[ControllerRouterHandler] = [
    *terms.ROUTES,
    *members.ROUTES,
    *referrals.ROUTES,
    *rewards.ROUTES,
    *OBLIGATIONS,
    *VOUCHERS,
]
