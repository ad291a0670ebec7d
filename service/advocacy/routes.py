"""Every operation of advocacy."""

from litestar.types import ControllerRouterHandler

from service.advocacy.consents import routes as consents
from service.advocacy.loyalty import routes as loyalty
from service.advocacy.members import routes as members
from service.advocacy.obligations.routes import ROUTES as OBLIGATIONS
from service.advocacy.referrals import routes as referrals
from service.advocacy.reports import routes as reports
from service.advocacy.rewards import routes as rewards
from service.advocacy.surveys import page_routes as survey_pages
from service.advocacy.surveys import routes as surveys
from service.advocacy.terms import routes as terms
from service.advocacy.trees.routes import ROUTES as TREES
from service.advocacy.vouchers.routes import ROUTES as VOUCHERS

ROUTES: list[ControllerRouterHandler] = [
    *terms.ROUTES,
    *members.ROUTES,
    *referrals.ROUTES,
    *rewards.ROUTES,
    *OBLIGATIONS,
    *VOUCHERS,
    *consents.ROUTES,
    *surveys.ROUTES,
    *survey_pages.ROUTES,
    *loyalty.ROUTES,
    *reports.ROUTES,
    *TREES,
]
