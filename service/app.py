"""Assembles the application from the domains; nothing else."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from litestar import Litestar
from litestar.config.cors import CORSConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.types import ControllerRouterHandler

from service.accounts.authentication import authentication
from service.accounts.callers import provide_caller, provide_db
from service.accounts.problems import CONSTRAINTS as ACCOUNTS_CONSTRAINTS
from service.accounts.routes import ROUTES as ACCOUNTS
from service.advocacy import wiring as advocacy
from service.advocacy.problems import CONSTRAINTS as ADVOCACY_CONSTRAINTS
from service.advocacy.problems import TURKISH as ADVOCACY_TURKISH
from service.advocacy.routes import ROUTES as ADVOCACY
from service.conversions import wiring as conversions
from service.conversions.inbound.problems import CONSTRAINTS as INBOUND_CONSTRAINTS
from service.conversions.inbound.problems import TURKISH as INBOUND_TURKISH
from service.conversions.problems import CONSTRAINTS as CONVERSIONS_CONSTRAINTS
from service.conversions.problems import TURKISH as CONVERSIONS_TURKISH
from service.conversions.routes import ROUTES as CONVERSIONS
from service.discovery import wiring as discovery
from service.discovery.problems import CONSTRAINTS as DISCOVERY_CONSTRAINTS
from service.discovery.problems import TURKISH as DISCOVERY_TURKISH
from service.discovery.routes import ROUTES as DISCOVERY
from service.imports.problems import CONSTRAINTS as IMPORTS_CONSTRAINTS
from service.imports.routes import ROUTES as IMPORTS
from service.influencers import wiring as influencers
from service.influencers.problems import CONSTRAINTS as INFLUENCERS_CONSTRAINTS
from service.influencers.problems import TURKISH as INFLUENCERS_TURKISH
from service.influencers.routes import ROUTES as INFLUENCERS
from service.kit import answers, db, docs, health, openapi, requests
from service.kit.hosts import known_host
from service.kit.idempotency import idempotency
from service.kit.limits import rate_limit
from service.kit.observe import observe
from service.kit.translation import register_titles
from service.ledger import wiring as ledger
from service.ledger.payouts.problems import CONSTRAINTS as PAYOUTS_CONSTRAINTS
from service.ledger.payouts.problems import TURKISH as PAYOUTS_TURKISH
from service.ledger.problems import CONSTRAINTS as LEDGER_CONSTRAINTS
from service.ledger.problems import TURKISH as LEDGER_TURKISH
from service.ledger.routes import ROUTES as LEDGER
from service.links import wiring as links
from service.links.front.asgi import Front
from service.links.front.opening import opened
from service.links.problems import CONSTRAINTS as LINKS_CONSTRAINTS
from service.links.problems import TURKISH as LINKS_TURKISH
from service.links.routes import ROUTES as LINKS
from service.links.track.pages import open_to_pages
from service.mentions import wiring as mentions
from service.mentions.problems import CONSTRAINTS as MENTIONS_CONSTRAINTS
from service.mentions.problems import TURKISH as MENTIONS_TURKISH
from service.mentions.routes import ROUTES as MENTIONS
from service.partner import wiring as partner
from service.partner.claims.problems import CONSTRAINTS as CLAIMS_CONSTRAINTS
from service.partner.claims.problems import TURKISH as CLAIMS_TURKISH
from service.partner.pages.problems import TURKISH as PAGES_TURKISH
from service.partner.postbacks.problems import TURKISH as POSTBACKS_TURKISH
from service.partner.problems import TURKISH as PARTNER_TURKISH
from service.partner.routes import ROUTES as PARTNER
from service.programs import wiring as programs
from service.programs.problems import CONSTRAINTS as PROGRAMS_CONSTRAINTS
from service.programs.problems import TURKISH as PROGRAMS_TURKISH
from service.programs.routes import ROUTES as PROGRAMS
from service.settings import Settings, app_dsn, search_dsn

ROUTES: list[ControllerRouterHandler] = [
    *health.ROUTES,
    *openapi.ROUTES,
    *docs.ROUTES,
    *ACCOUNTS,
    *IMPORTS,
    *INFLUENCERS,
    *DISCOVERY,
    *PROGRAMS,
    *LINKS,
    *LEDGER,
    *CONVERSIONS,
    *MENTIONS,
    *ADVOCACY,
    *PARTNER,
]
CONSTRAINTS: answers.Constraints = {
    **ACCOUNTS_CONSTRAINTS,
    **IMPORTS_CONSTRAINTS,
    **INFLUENCERS_CONSTRAINTS,
    **DISCOVERY_CONSTRAINTS,
    **PROGRAMS_CONSTRAINTS,
    **LINKS_CONSTRAINTS,
    **CONVERSIONS_CONSTRAINTS,
    **LEDGER_CONSTRAINTS,
    **PAYOUTS_CONSTRAINTS,
    **INBOUND_CONSTRAINTS,
    **MENTIONS_CONSTRAINTS,
    **ADVOCACY_CONSTRAINTS,
    **CLAIMS_CONSTRAINTS,
}

influencers.register()
discovery.subscribe()
programs.subscribe()
links.subscribe()
ledger.subscribe()
conversions.subscribe()
mentions.subscribe()
advocacy.subscribe()
partner.subscribe()
register_titles(
    INFLUENCERS_TURKISH
    | DISCOVERY_TURKISH
    | PROGRAMS_TURKISH
    | LINKS_TURKISH
    | CONVERSIONS_TURKISH
    | LEDGER_TURKISH
    | PAYOUTS_TURKISH
    | INBOUND_TURKISH
    | MENTIONS_TURKISH
    | ADVOCACY_TURKISH
    | PARTNER_TURKISH
    | PAGES_TURKISH
    | CLAIMS_TURKISH
    | POSTBACKS_TURKISH
)

openapi.TAGS.update(
    advocacy="Advocates, referrals, rewards, consents, surveys.",
    accounts="Workspaces, members, keys, log-in, files, labels and the audit log.",
    brands="Own brands and competitors, with their accounts and figures.",
    conversions="Orders and what sends them, refunds, whom they are credited to, and what is held.",
    discovery="Searches, briefs, scores and shortlists.",
    imports="Files in: spreadsheets, NDJSON and JSON, with a mapping, rejects and progress.",
    influencers="Profiles, accounts on platforms, figures over time, audiences, posts and rates.",
    ledger="Commissions, balances, the entries behind them, and exchange rates.",
    links="Links, coupons, the redirect and its clicks.",
    jobs="Long work: its progress, its end, and cancelling it.",
    mentions="What is said of brands: taken in, read, searched, counted, answered.",
    partner="What partners see and do themselves: their log-in, links, figures and money.",
    personas="Types of customers that a brief is written for.",
    programs="Partners, and the programs that pay them.",
)


def create_app(settings: Settings) -> Litestar:
    """The API as an ASGI application. It needs a migrated database as soon as its lifespan starts.

    Raises PackError where a rule pack of the installation can't be used.
    """
    mentions.check(settings)
    state = State({"settings": settings, "constraints": CONSTRAINTS})
    app = Litestar(
        route_handlers=ROUTES,
        lifespan=[_database(settings), _front(settings)],
        state=state,
        dependencies={"caller": Provide(provide_caller), "db": Provide(provide_db)},
        middleware=[known_host, authentication, rate_limit, idempotency],
        before_request=requests.check,
        exception_handlers=answers.exception_handlers(CONSTRAINTS),
        openapi_config=openapi.CONFIG,
        cors_config=CORSConfig(allow_origins=list(settings.cors_origins), expose_headers=openapi.EXPOSED),
        request_max_body_size=settings.max_body,
        logging_config=None,
        pdb_on_exception=False,
    )
    state.front = Front(observe(open_to_pages(app.asgi_handler), settings), settings)
    app.asgi_handler = state.front
    return app


def _database(settings: Settings) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def opened(app: Litestar) -> AsyncIterator[None]:
        async with db.connect(app_dsn(settings), search_dsn(settings), settings) as database:
            app.state.database = database
            yield

    return opened


def _front(settings: Settings) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def answering(app: Litestar) -> AsyncIterator[None]:
        async with opened(app.state.front, settings, app.state.database):
            yield

    return answering
