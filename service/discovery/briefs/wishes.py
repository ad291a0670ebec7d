"""A brief's wishes between the request, the stored document and the answer."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET

from service.discovery.briefs.schemas import (
    Brief,
    BriefPatch,
    BriefRow,
    NewBrief,
    StoredVetoes,
    Vetoes,
    Wishes,
)
from service.kit import ids

# Fields that are columns of their own, not parts of the document.
COLUMNS = frozenset({"name", "brand_id", "stage"})
_IDS = {"persona_ids": "per", "competitors": "brd"}


def stored(data: NewBrief | BriefPatch, before: Wishes | None = None) -> Wishes:
    """The document that a request makes, on top of the one before. Raises NotFound for what is no id."""
    before = before or Wishes()
    given = {
        name: _inner(name, value)
        for name in data.__struct_fields__
        if name not in COLUMNS and (value := getattr(data, name)) is not UNSET
    }
    return msgspec.structs.replace(before, **given)


def shown(row: BriefRow) -> Brief:
    """A brief as the API shows it."""
    document = msgspec.structs.asdict(row.wishes)
    for name, prefix in _IDS.items():
        document[name] = [ids.show(prefix, value) for value in document[name]]
    vetoes = row.wishes.vetoes
    named = [ids.show("inf", value) for value in vetoes.influencer_ids]
    return Brief(
        **{
            **document,
            "vetoes": Vetoes(named, vetoes.categories, vetoes.exclusivity_days, vetoes.safety),
        },
        id=ids.show("bri", row.id),
        name=row.name,
        brand_id=ids.show_or_none("brd", row.brand_id),
        stage=row.stage,  # type: ignore[arg-type]
        archived_at=row.archived_at,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def read_or_none(prefix: str, text: str | None) -> UUID | None:
    return None if text is None else ids.read(prefix, text)


def replaced(wishes: Wishes, moved: Mapping[UUID, UUID | None]) -> Wishes:
    """The wishes after profiles were merged (old -> kept) or erased (old -> None)."""
    named = [moved.get(each, each) for each in wishes.vetoes.influencer_ids]
    vetoes = msgspec.structs.replace(wishes.vetoes, influencer_ids=_once(named))
    return msgspec.structs.replace(wishes, vetoes=vetoes)


def _inner(name: str, value: Any) -> Any:
    if name in _IDS:
        return _once(ids.read(_IDS[name], each) for each in value)
    if isinstance(value, Vetoes):
        named = _once(ids.read("inf", each) for each in value.influencer_ids)
        safety = None if value.safety is None else _once(value.safety)
        categories = _once(each.strip() for each in value.categories)
        return StoredVetoes(named, categories, value.exclusivity_days, safety)
    if name == "hashtags":
        return _once(each.strip().lstrip("#") for each in value)
    return _once(each.strip() for each in value) if name in ("keywords", "platforms") else value


def _once(values: Iterable[Any]) -> list[Any]:
    """Without repetitions and what is empty, in order."""
    return [value for value in dict.fromkeys(values) if value]
