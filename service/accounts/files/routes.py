"""POST, GET, DELETE /v1/files; GET /v1/files/{id}/content."""

from functools import partial
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from litestar import Request, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Stream

from service.accounts import audit
from service.accounts.callers import Caller, May, transaction
from service.accounts.files import actions, store
from service.accounts.files.schemas import File, FileName, FileRow, PurposeFilter, PurposeQuery
from service.accounts.problems import EmptyFile, UnknownFile
from service.kit import ids, paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import TooLarge
from service.kit.upload import OPENAPI_BODY, BadUpload, Upload

Reader = Annotated[Caller, May("files:read")]
Writer = Annotated[Caller, May("files:write")]
AnyRequest = Request[Any, Any, Any]
_BYTES = {"schema": {"type": "string", "format": "binary"}}
# Any type that was uploaded; makers of clients know what to do with the first.
BINARY = {"application/octet-stream": _BYTES, "*/*": _BYTES}


# The upload has a limit of its own, which counts while it streams.
@post(
    "/v1/files",
    tags=["accounts"],
    request_max_body_size=None,
    opt={"openapi_body": OPENAPI_BODY},
    raises=[TooLarge, EmptyFile, BadUpload],
)
async def upload_file(
    caller: NamedDependency[Writer],
    request: AnyRequest,
    purpose: PurposeQuery = "other",
    filename: FileName = None,
) -> File:
    """Stores a file: the body itself with `?filename=`, or the first file of a multipart form."""
    upload = Upload(request, request.app.state.settings.max_upload)
    begin = partial(transaction, request, caller)
    return actions.show(await actions.receive(begin, caller, upload, purpose, filename))


@get("/v1/files", tags=["accounts"], raises=[BadCursor])
async def list_files(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    purpose: PurposeFilter = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[File]:
    """Files, the newest first."""
    before = paging.decode(cursor, UUID)
    rows = await store.list_files(db, caller.workspace_id, before, purpose, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, actions.show)


@get("/v1/files/{file_id:str}", tags=["accounts"], raises=[UnknownFile])
async def get_file(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], file_id: FromPath[str]
) -> File:
    """What is known of a file."""
    return actions.show(await store.get_file(db, caller.workspace_id, ids.read("fil", file_id)))


@get(
    "/v1/files/{file_id:str}/content",
    tags=["accounts"],
    opt={"openapi_answer": BINARY},
    raises=[UnknownFile],
)
async def download_file(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    file_id: FromPath[str],
) -> Stream:
    """The file's bytes, as a download."""
    row = await store.get_file(db, caller.workspace_id, ids.read("fil", file_id))
    body = actions.content(request.app.state.database, caller.workspace_id, row.id)
    return Stream(body, media_type=row.content_type, headers=_headers(row))


def _headers(row: FileRow) -> dict[str, str]:
    return {
        "Content-Length": str(row.size),
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(row.name, safe='')}",
        # Nothing in a stored file may run as a page of ours.
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Cache-Control": "private, max-age=300",
        "ETag": f'"{row.sha256.hex()}"',
    }


@delete("/v1/files/{file_id:str}", tags=["accounts"], raises=[UnknownFile])
async def delete_file(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], file_id: FromPath[str]
) -> None:
    """Deletes a file, for good."""
    row = await store.get_file(db, caller.workspace_id, ids.read("fil", file_id))
    await store.delete_file(db, caller.workspace_id, row.id)
    await audit.record(db, caller, "file.deleted", file_id, {"purpose": row.purpose})


ROUTES = [upload_file, list_files, get_file, download_file, delete_file]
