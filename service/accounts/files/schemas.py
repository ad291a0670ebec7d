"""Files."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from litestar.params import QueryParameter
from msgspec import Struct

Purpose = Literal["draft", "contract", "evidence", "avatar", "other"]
PurposeQuery = Annotated[Purpose, QueryParameter(description="what the file is for")]
PurposeFilter = Annotated[Purpose | None, QueryParameter(name="purpose")]
FileName = Annotated[
    str | None, QueryParameter(min_length=1, max_length=255, description="for a body that is no form")
]


class FileRow(Struct):
    id: UUID
    name: str
    purpose: str
    content_type: str
    size: int
    sha256: bytes
    created_at: datetime


class File(Struct):
    """A stored file. `content_type` is what its first bytes are, whatever the sender said."""

    id: str
    name: str
    purpose: str
    content_type: str
    bytes: int
    sha256: str
    created_at: datetime
