"""GET /v1/labels."""

from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from msgspec import Struct

from service.accounts.callers import Caller, May
from service.accounts.labels import names as names
from service.accounts.labels.registry import Language, named

Anyone = Annotated[Caller, May("self")]
Lang = Annotated[Language, QueryParameter(description="tr or en")]


class Labels(Struct):
    """By group (`job_status`, `role`, ...) and code: the name to show."""

    lang: Language
    labels: dict[str, dict[str, str]]


@get("/v1/labels", tags=["accounts"], sync_to_thread=False)
def list_labels(caller: NamedDependency[Anyone], lang: Lang = "tr") -> Labels:
    """The names of terms, states and reasons."""
    return Labels(lang, named(lang))


ROUTES = [list_labels]
