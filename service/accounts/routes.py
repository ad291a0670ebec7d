"""Every operation of accounts."""

from litestar.types import ControllerRouterHandler

from service.accounts.files import routes as files
from service.accounts.invitations import routes as invitations
from service.accounts.keys import routes as keys
from service.accounts.labels import routes as labels
from service.accounts.members import routes as members
from service.accounts.partners import routes as partners
from service.accounts.people import routes as people
from service.accounts.sessions import routes as sessions
from service.accounts.trail import routes as trail
from service.accounts.work import routes as work
from service.accounts.workspaces import routes as workspaces

ROUTES: list[ControllerRouterHandler] = [
    *workspaces.ROUTES,
    *members.ROUTES,
    *invitations.ROUTES,
    *keys.ROUTES,
    *sessions.ROUTES,
    *people.ROUTES,
    *partners.ROUTES,
    *files.ROUTES,
    *trail.ROUTES,
    *work.ROUTES,
    *labels.ROUTES,
]
