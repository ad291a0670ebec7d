"""POST, GET /v1/imports; /v1/imports/{id}, its rejects and its events; DELETE cancels."""

from collections.abc import AsyncIterator
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import ServerSentEvent, Stream

from service.accounts.callers import Caller, May, transaction
from service.imports import actions, rejects_csv, show, store
from service.imports import names as names
from service.imports.asking import find_kind, read_mapping
from service.imports.problems import BadMapping, EmptyUpload, UnknownImport, UnknownKind
from service.imports.schemas import (
    SOURCE,
    UNSTATED,
    Day,
    DryRun,
    FileName,
    FormatName,
    Import,
    ImportRow,
    KindFilter,
    KindName,
    LegalBasis,
    Mapping,
    Options,
    PlatformName,
    RejectedRow,
    SheetName,
    Shop,
    SourceName,
    StatusFilter,
)
from service.kit import ids, jobs, paging, sse
from service.kit.db import Connection, Database
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import TooLarge
from service.kit.upload import OPENAPI_BODY, BadUpload, Upload

Reader = Annotated[Caller, May("imports:read")]
Writer = Annotated[Caller, May("imports:write")]
AnyRequest = Request[Any, Any, Any]
CSV = {"text/csv": {"schema": {"type": "string"}}}
_CSV_ROWS = 1_000


# The upload has a limit of its own, which counts while it streams.
@post(
    "/v1/imports",
    tags=["imports"],
    status_code=202,
    request_max_body_size=None,
    opt={"openapi_body": OPENAPI_BODY},
    raises=[UnknownKind, BadMapping, EmptyUpload, BadUpload, TooLarge],
)
async def start_import(
    caller: NamedDependency[Writer],
    request: AnyRequest,
    kind: KindName,
    format: FormatName = "auto",
    filename: FileName = None,
    platform: PlatformName = None,
    as_of: Day = None,
    shop: Shop = None,
    sheet: SheetName = None,
    mapping: Mapping = None,
    source: SourceName = SOURCE,
    legal_basis: LegalBasis = UNSTATED,
    dry_run: DryRun = False,
) -> Response[Import]:
    """Takes a file: the body itself with `?filename=`, or the first file of a multipart form.

    Columns are recognised by header and content. The same file again changes nothing.
    """
    columns = read_mapping(mapping, find_kind(kind))
    asked = Options(format, platform, as_of, shop, sheet, columns, source, legal_basis, dry_run)
    upload = Upload(request, request.app.state.settings.max_upload)
    begin = partial(transaction, request, caller)
    made = show.one(await actions.receive(begin, caller, upload, kind, asked, filename))
    return Response(made, headers={"Location": f"/v1/imports/{made.id}"})


@get("/v1/imports", tags=["imports"], raises=[BadCursor])
async def list_imports(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    kind: KindFilter = None,
    status: StatusFilter = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Import]:
    """Imports, the newest first."""
    before = paging.decode(cursor, UUID)
    rows = await store.list_imports(db, caller.workspace_id, before, kind, status, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, show.one)


@get("/v1/imports/{import_id:str}", tags=["imports"], raises=[UnknownImport])
async def get_import(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], import_id: FromPath[str]
) -> Import:
    """An import: how far it is, what its columns were taken for, what became of its rows."""
    return show.one(await _row(db, caller, import_id))


@get("/v1/imports/{import_id:str}/rejects", tags=["imports"], raises=[UnknownImport, BadCursor])
async def list_rejects(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    import_id: FromPath[str],
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[RejectedRow]:
    """The rows that were not imported, in the file's order: at most the first 10,000; all are counted."""
    row = await _row(db, caller, import_id)
    after = paging.decode(cursor, int) or 0
    rows = await store.list_rejects(db, caller.workspace_id, row.id, min(after, 2**31 - 1), limit + 1)
    return paging.page(rows, limit, lambda one: one.position, show.rejected)


@get(
    "/v1/imports/{import_id:str}/rejects.csv",
    tags=["imports"],
    opt={"openapi_answer": CSV},
    raises=[UnknownImport],
)
async def download_rejects(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    import_id: FromPath[str],
) -> Stream:
    """The same rows as a CSV, for the spreadsheet in which they are mended."""
    row = await _row(db, caller, import_id)
    body = _csv(request.app.state.database, caller.workspace_id, row.id)
    headers = {"Content-Disposition": f'attachment; filename="rejects-{import_id}.csv"'}
    return Stream(body, media_type="text/csv; charset=utf-8", headers=headers)


async def _csv(database: Database, workspace_id: UUID, import_id: UUID) -> AsyncIterator[str]:
    yield rejects_csv.header()
    after = 0
    while True:
        async with database.transaction(workspace_id) as db:
            rows = await store.list_rejects(db, workspace_id, import_id, after, _CSV_ROWS)
        if not rows:
            return
        yield rejects_csv.lines(rows)
        after = rows[-1].position


@get(
    "/v1/imports/{import_id:str}/events",
    tags=["imports"],
    media_type="text/event-stream",
    opt={"openapi_answer": sse.OPENAPI_ANSWER},
    raises=[UnknownImport],
)
async def watch_import(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    import_id: FromPath[str],
) -> ServerSentEvent:
    """The import now and at each change, as server-sent events `import`, until it has ended."""
    row = await _row(db, caller, import_id)
    return sse.stream(_views(request.app.state.database, caller.workspace_id, row), "import")


async def _views(database: Database, workspace_id: UUID, row: ImportRow) -> AsyncIterator[Import]:
    async for _ in jobs.events(database, workspace_id, row.job_id):
        async with database.transaction(workspace_id) as db:
            yield show.one(await store.get(db, workspace_id, row.id))


@delete("/v1/imports/{import_id:str}", tags=["imports"], status_code=202, raises=[UnknownImport])
async def cancel_import(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], import_id: FromPath[str]
) -> Import:
    """Asks an import to stop: nothing of it stays. One that has ended stays as it is."""
    return show.one(await actions.cancel(db, caller, await _row(db, caller, import_id)))


async def _row(db: Connection, caller: Caller, import_id: str) -> ImportRow:
    return await store.get(db, caller.workspace_id, ids.read("imp", import_id))


ROUTES = [
    start_import,
    list_imports,
    get_import,
    list_rejects,
    download_rejects,
    watch_import,
    cancel_import,
]
