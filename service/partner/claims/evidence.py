"""Files that partners prove their claims by."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final
from uuid import UUID

from litestar import Request

from service.accounts.callers import Caller, transaction
from service.accounts.files import store
from service.accounts.files.actions import OtherType, receive
from service.accounts.files.schemas import FileRow
from service.kit import ids, limits
from service.kit.db import Connection
from service.kit.limits import Policy
from service.kit.upload import Source, Upload
from service.partner.claims.problems import NotEvidence

LARGEST: Final = 10 * 1024 * 1024
UPLOADS: Final = Policy("claim-evidence", quota=40, window_s=3600)
TYPES: Final = frozenset(
    {
        *("image/png", "image/jpeg", "image/gif", "image/webp", "image/heic", "image/avif"),
        *("application/pdf", "text/plain"),
    }
)


async def take(request: Request[Any, Any, Any], caller: Caller, name: str | None) -> FileRow:
    """Stores a file of the partner's. Raises NotEvidence, TooManyRequests, and what reading the body
    raises."""
    upload = Upload(request, min(LARGEST, request.app.state.settings.max_upload))
    return await keep(request, caller, upload, name)


async def keep(request: Request[Any, Any, Any], caller: Caller, upload: Source, name: str | None) -> FileRow:
    """Stores what is read from `upload`. Raises as `take`."""
    await limits.take(request.app.state.database, UPLOADS, caller.name)
    begin = partial(transaction, request, caller)
    try:
        return await receive(begin, caller, upload, "evidence", name, TYPES)
    except OtherType as error:
        raise NotEvidence("an image, a PDF or a text is") from error


async def own(db: Connection, workspace_id: UUID, file_ids: Sequence[str]) -> list[UUID]:
    """The partner's files of these ids, each once. Raises UnknownFile."""
    asked = [ids.read("fil", text) for text in dict.fromkeys(file_ids)]
    return [(await store.get_file(db, workspace_id, each)).id for each in asked]
