"""Many links at once."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from service.links.catalogue.schemas import NewLink

Result = Literal["created", "exists", "failed"]
MOST = 1_000


class NewLinks(Struct, forbid_unknown_fields=True):
    """Up to 1,000 links. `dry_run`: says what would become of each, and keeps nothing."""

    links: Annotated[list[NewLink], Meta(min_length=1, max_length=MOST)]
    dry_run: bool = False


class LinkError(Struct):
    """What is wrong, and where: `path` as in the item; `code` of the problem that POST /v1/links would be."""

    path: str
    message: str
    code: str


class LinkResult(Struct, omit_defaults=True):
    """What became of one item. `exists`: the same item was taken in before, by this or an earlier request."""

    index: int
    result: Result
    id: str | None = None
    code: str | None = None
    short_url: str | None = None
    errors: list[LinkError] = []


class LinkResults(Struct):
    """A result for each item, in their order."""

    created: int
    exists: int
    failed: int
    data: list[LinkResult]
