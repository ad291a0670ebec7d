"""Every operation of advocacy."""

from litestar.types import ControllerRouterHandler

from service.advocacy.consents import routes as consents
from service.advocacy.exports.routes import ROUTES as EXPORTS
from service.advocacy.loyalty import routes as loyalty
from service.advocacy.members import routes as members
from service.advocacy.obligations.routes import ROUTES as OBLIGATIONS
from service.advocacy.pages.routes import ROUTES as PAGES
from service.advocacy.referrals import routes as referrals
from service.advocacy.reports import routes as reports
from service.advocacy.reviews import routes as reviews
from service.advocacy.rewards import routes as rewards
from service.advocacy.rings import routes as rings
from service.advocacy.surveys import page_routes as survey_pages
from service.advocacy.surveys import routes as surveys
from service.advocacy.terms import routes as terms
from service.advocacy.trees.routes import ROUTES as TREES
from service.advocacy.vouchers.routes import ROUTES as VOUCHERS

ROUTES: list[ControllerRouterHandler] = [
    *terms.ROUTES,
    *members.ROUTES,
    *referrals.ROUTES,
    *rings.ROUTES,
    *rewards.ROUTES,
    *EXPORTS,
    *OBLIGATIONS,
    *VOUCHERS,
    *consents.ROUTES,
    *surveys.ROUTES,
    *survey_pages.ROUTES,
    *loyalty.ROUTES,
    *reports.ROUTES,
    *TREES,
    *PAGES,
    *reviews.ROUTES,
]
