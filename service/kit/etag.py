"""ETags of rows that carry a version, and If-Match (RFC 9110, 13.1.1): no update is lost."""

from typing import Annotated

from litestar.params import HeaderParameter

from service.kit.problems import PreconditionFailed, PreconditionRequired

IfMatch = Annotated[
    str | None,
    HeaderParameter(name="If-Match", max_length=200, description="the ETag of what is being changed"),
]


def of(version: int) -> str:
    """The ETag of a version.

    >>> of(3)
    '"3"'
    """
    return f'"{version}"'


def match(if_match: str | None, version: int, *, required: bool = False) -> None:
    """Passes where the client has seen the present version.

    Raises PreconditionFailed, and PreconditionRequired where the header is missing and `required`.
    """
    if if_match is None:
        if required:
            raise PreconditionRequired("send the ETag that you have read as If-Match")
        return
    tags = {tag.strip().removeprefix("W/") for tag in if_match.split(",")}
    if "*" not in tags and of(version) not in tags:
        raise PreconditionFailed("it has changed since you read it", etag=of(version))
