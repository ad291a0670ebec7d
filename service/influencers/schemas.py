"""Types of fields that the resources of this domain share, each with its bounds."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from litestar.params import QueryParameter

Platform = Literal[
    "instagram", "tiktok", "youtube", "x", "facebook", "linkedin", "pinterest", "twitch", "other"
]
Basis = Literal["followers", "views", "reach"]
Components = Literal["public", "full"]

# Counts are PostgreSQL's bigint; a trillion is above what any platform shows.
_MOST = 10**15


def _text(most: int, description: str = "", least: int = 1) -> msgspec.Meta:
    return msgspec.Meta(min_length=least, max_length=most, description=description or None)


Name = Annotated[str, _text(200), msgspec.Meta(pattern=r"\S")]
Label = Annotated[str, _text(100), msgspec.Meta(pattern=r"\S")]
Labels = Annotated[list[Label], msgspec.Meta(max_length=100)]
ShortText = Annotated[str, _text(500, least=0)]
LongText = Annotated[str, _text(20_000, least=0)]
Source = Annotated[str, _text(200, "where this was collected: a tool, a file, a person")]
Url = Annotated[
    str, _text(2_000), msgspec.Meta(pattern="^https?://[^\\s]+$", examples=["https://x.com/elci"])
]
Handle = Annotated[str, _text(200, "with or without @"), msgspec.Meta(pattern=r"[^\s@]")]
PlatformId = Annotated[str, _text(200, "the platform's own id, which survives a change of the handle")]
Country = Annotated[str, msgspec.Meta(pattern="^[A-Z]{2}$", description="ISO 3166-1", examples=["TR"])]
Language = Annotated[str, msgspec.Meta(pattern="^[a-z]{2,3}$", description="ISO 639", examples=["tr"])]
Languages = Annotated[list[Language], msgspec.Meta(max_length=30)]
Email = Annotated[str, _text(254), msgspec.Meta(pattern=r"^[^@\s]+@[^@\s]+$")]
Phone = Annotated[str, _text(40), msgspec.Meta(pattern=r"^[+0-9][0-9 ()./-]{2,}$")]
Format = Annotated[
    str,
    msgspec.Meta(pattern="^[a-z][a-z0-9_]{0,39}$", description="post, reel, story, video, short, live, ..."),
]
Count = Annotated[int, msgspec.Meta(ge=0, le=_MOST)]
Average = Annotated[float, msgspec.Meta(ge=0, le=_MOST)]
Rate = Annotated[float, msgspec.Meta(ge=0, le=1, description="a fraction: 2% is 0.02")]
Time = Annotated[datetime, msgspec.Meta(tz=True, description="RFC 3339, with its offset")]
Reason = Annotated[str, _text(500)]

IdList = Annotated[
    str | None,
    QueryParameter(max_length=4_000, description="ids, separated by commas; at most 100"),
]
From = Annotated[Time | None, QueryParameter(name="from", description="the first moment (RFC 3339)")]
To = Annotated[Time | None, QueryParameter(name="to", description="the moment after the last (RFC 3339)")]

# Keys of keyset pages.
ByTime = tuple[datetime, UUID]
ByDay = tuple[date, UUID]
