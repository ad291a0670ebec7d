"""/v1/applications; and what a brand's own page reads and sends with a publishable key."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.accounts.problems import InvitationExists
from service.influencers.reading import id_list
from service.influencers.schemas import IdList
from service.kit import ids as outer
from service.kit import paging
from service.kit.db import Connection
from service.kit.mail import BadAddress
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound, TooManyRequests
from service.kit.text import fold_tr
from service.programs.applications import actions, deciding, limits, store
from service.programs.applications.problems import (
    ApplicationDecided,
    ApplicationsClosed,
    OtherTexts,
    UnknownApplication,
    UnknownConsent,
)
from service.programs.applications.schemas import (
    Application,
    ApplicationReceived,
    ApplicationStatus,
    Approval,
    ConsentText,
    ListedApplications,
    NewApplication,
    Rejection,
)
from service.programs.applications.showing import shown
from service.programs.pages.schemas import PublicProgram
from service.programs.preferences.schemas import Language
from service.programs.problems import TooManyPeople, UnknownProgram

OnPage = Annotated[Caller, May("track")]
Reader = Annotated[Caller, May("programs:read")]
Writer = Annotated[Caller, May("programs:write")]
AnyRequest = Request[Any, Any, Any]
Lang = Annotated[
    Language | None, QueryParameter(description="the language of words: tr or en; else the brand's")
]
Key = Annotated[
    str | None,
    QueryParameter(max_length=80, description="the publishable key, where no header can be sent"),
]
OfProgram = Annotated[str | None, QueryParameter(max_length=40, description="to this program")]
InStatus = Annotated[ApplicationStatus | None, QueryParameter(name="status", description="in this status")]
Query = Annotated[str | None, QueryParameter(max_length=200, description="part of the name or address")]
MOST_BYTES = 131_072


@get("/v1/programs/{program_id:str}/public", tags=["programs"], raises=[UnknownProgram])
async def get_public_program(
    caller: NamedDependency[OnPage],
    db: NamedDependency[Connection],
    program_id: FromPath[str],
    lang: Lang = None,
    key: Key = None,
) -> PublicProgram:
    """A program as those see it who may join, with the form to apply by: for the brand's own page, which
    calls with a publishable key. What it pays is told while it is open."""
    return await actions.public_program(db, caller.workspace_id, outer.read("prg", program_id), lang)


@post(
    "/v1/programs/{program_id:str}/applications",
    tags=["programs"],
    status_code=202,
    request_max_body_size=MOST_BYTES,
    raises=[UnknownProgram, ApplicationsClosed, OtherTexts, InvalidInput, BadAddress, TooManyRequests],
)
async def create_application(
    caller: NamedDependency[OnPage],
    db: NamedDependency[Connection],
    request: AnyRequest,
    program_id: FromPath[str],
    data: JSONBody[NewApplication],
    key: Key = None,
) -> ApplicationReceived:
    """Applies to a program, with a publishable key. The answer is the same whether somebody with this address
    applied before or is a partner. The brand decides, and a mail says how."""
    wanted = outer.read("prg", program_id)
    await limits.count(request, wanted, data.email)
    return await actions.apply(db, request.app.state.settings, caller.workspace_id, wanted, data)


@get("/v1/applications", tags=["programs"], raises=[BadCursor, InvalidInput, NotFound])
async def list_applications(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    ids: IdList = None,
    program_id: OfProgram = None,
    in_status: InStatus = None,
    q: Query = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Application]:
    """Applications, the newest first."""
    program = None if program_id is None else outer.read("prg", program_id)
    wanted = ListedApplications(id_list("app", ids), program, in_status, None if q is None else fold_tr(q))
    before = paging.decode(cursor, UUID)
    rows = await store.list_applications(db, caller.workspace_id, wanted, before, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, shown)


@get("/v1/applications/{application_id:str}", tags=["programs"], raises=[UnknownApplication])
async def get_application(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], application_id: FromPath[str]
) -> Application:
    """An application."""
    found = outer.read("app", application_id)
    return shown(await store.get_application(db, caller.workspace_id, found))


@get("/v1/application-consents/{version:str}", tags=["programs"], raises=[UnknownConsent])
async def get_consent_text(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], version: FromPath[str]
) -> ConsentText:
    """The text about personal data that applicants agreed to; each application names its version."""
    return await store.get_consent(db, caller.workspace_id, version)


@post(
    "/v1/applications/{application_id:str}/approve",
    tags=["programs"],
    status_code=200,
    raises=[UnknownApplication, ApplicationDecided, UnknownProgram, TooManyPeople, InvitationExists],
)
async def approve_application(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    request: AnyRequest,
    application_id: FromPath[str],
    data: JSONBody[Approval],
) -> Application:
    """Approves an application: the applicant becomes a partner, or the brand's partner with the same address
    joins the program, and a mail lets them in. A second time changes nothing and answers the same."""
    row = await store.lock_application(db, caller.workspace_id, outer.read("app", application_id))
    return shown(await deciding.approve(db, request.app.state.settings, caller, row, data))


@post(
    "/v1/applications/{application_id:str}/reject",
    tags=["programs"],
    status_code=200,
    raises=[UnknownApplication, ApplicationDecided],
)
async def reject_application(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    request: AnyRequest,
    application_id: FromPath[str],
    data: JSONBody[Rejection],
) -> Application:
    """Rejects an application with a reason, which the applicant reads in a mail. A second time changes
    nothing and answers the same."""
    row = await store.lock_application(db, caller.workspace_id, outer.read("app", application_id))
    return shown(await deciding.reject(db, request.app.state.settings, caller, row, data))


@post(
    "/v1/applications/{application_id:str}/erase",
    tags=["programs"],
    status_code=204,
    raises=[UnknownApplication],
)
async def erase_application(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], application_id: FromPath[str]
) -> None:
    """Erases what an applicant told, when they ask for it. A partner whom it made stays; that is erased with
    its influencer."""
    row = await store.lock_application(db, caller.workspace_id, outer.read("app", application_id))
    await deciding.erase(db, caller, row)


ROUTES: list[ControllerRouterHandler] = [
    get_public_program,
    create_application,
    list_applications,
    get_consent_text,
    get_application,
    approve_application,
    reject_application,
    erase_application,
]
