"""/v1/word-lists, /v1/restricted-categories."""

from typing import Annotated, Any

from litestar import Request, get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from scoring import restricted
from service.accounts import audit
from service.accounts.callers import Caller, May
from service.discovery.content.actions import ask_for_reading
from service.discovery.scores.show import language as language_of
from service.discovery.word_lists import lists, store
from service.discovery.word_lists import names as names
from service.discovery.word_lists.schemas import (
    Language,
    RestrictedCategories,
    RestrictedCategoryView,
    WordListChanges,
    WordLists,
)
from service.kit.db import Connection
from service.kit.problems import InvalidInput

Reader = Annotated[Caller, May("discovery:read")]
Writer = Annotated[Caller, May("discovery:write")]
OfLanguage = Annotated[Language | None, QueryParameter(description="lists of this language alone")]
OfCategory = Annotated[str | None, QueryParameter(max_length=40, description="lists of this category alone")]
Market = Annotated[
    str | None, QueryParameter(pattern="^[A-Z]{2}$", description="ISO 3166-1; left out: all that are known")
]
Words = Annotated[
    Language | None, QueryParameter(description="of names and rules; left out: as Accept-Language")
]


@get("/v1/word-lists", tags=["discovery"])
async def list_word_lists(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    language: OfLanguage = None,
    category: OfCategory = None,
) -> WordLists:
    """The words that brand safety looks for in bios and posts, by category and language."""
    every = lists.views(await store.changed_lists(db, caller.workspace_id))
    wanted = [
        view for view in every if language in (None, view.language) and category in (None, view.category)
    ]
    return WordLists(wanted)


@put("/v1/word-lists", tags=["discovery"])
async def change_word_lists(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[WordListChanges]
) -> WordLists:
    """Changes lists, or makes categories of your own; then all texts are read again in the background."""
    known = {(row.category, row.language): row for row in await store.changed_lists(db, caller.workspace_id)}
    for change in data.lists:
        fields = lists.merged(known.get((change.category, change.language)), change)
        await store.put_list(
            db, caller.workspace_id, change.category, change.language, **fields, updated_by=caller.name
        )
    changed = await store.changed_lists(db, caller.workspace_id)
    if too_much := lists.too_much(changed):
        # What was written above goes with the transaction.
        raise InvalidInput(too_much, errors=[{"path": "lists", "message": too_much}])
    categories = sorted({change.category for change in data.lists})
    await audit.record(db, caller, "word_lists.changed", "word_lists", {"categories": categories})
    await ask_for_reading(db, caller.workspace_id)
    return WordLists(lists.views(changed))


@get("/v1/restricted-categories", tags=["discovery"])
async def list_restricted_categories(
    caller: NamedDependency[Reader],
    request: Request[Any, Any, Any],
    market: Market = None,
    language: Words = None,
) -> RestrictedCategories:
    """What may not be advertised in a market, or on conditions only, with the law as source."""
    turkish = language_of(language, request.headers.get("accept-language")) == "tr"
    return RestrictedCategories(
        [
            RestrictedCategoryView(
                code=each.code,
                market=each.market,
                status=each.status,
                safety=each.safety,
                name=each.name_tr if turkish else each.name_en,
                rule=each.rule_tr if turkish else each.rule_en,
                source=each.source,
                checked_on=each.checked_on,
            )
            for each in restricted.categories(market)
        ]
    )


ROUTES: list[ControllerRouterHandler] = [list_word_lists, change_word_lists, list_restricted_categories]
