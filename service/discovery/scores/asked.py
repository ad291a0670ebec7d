"""What candidates are held against: a brief's own wishes, completed by its personas."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from service.discovery.briefs.schemas import DIMENSIONS, Wishes
from service.discovery.scores.schemas import Asked
from service.influencers.audiences.dimensions import fold_code
from service.kit.text import fold_tr

Demographics = Mapping[str, object]


def ask(
    wishes: Wishes,
    personas: Sequence[Demographics] = (),
    platforms: Sequence[str] = (),
    brand_id: UUID | None = None,
) -> Asked:
    """A brief's wishes as scoring takes them.

    A dimension of the audience that the brief leaves open is the mean of what its personas say; `platforms`
    are those of the filters, where the brief names none.
    """
    return Asked(
        audience={**persona_audience(personas), **wishes.audience.wanted()},
        mode=wishes.audience.mode,
        weights=wishes.weights.given(),
        platforms=list(wishes.platforms or platforms),
        vetoed=wishes.vetoes.influencer_ids,
        vetoed_categories=[fold_tr(category) for category in wishes.vetoes.categories],
        brand_id=brand_id,
        description=wishes.description,
        keywords=wishes.keywords,
        hashtags=wishes.hashtags,
        competitors=wishes.competitors,
        exclusivity_days=wishes.vetoes.exclusivity_days,
        safety=wishes.vetoes.safety,
    )


def persona_audience(personas: Iterable[Demographics]) -> dict[str, dict[str, float]]:
    """The audience of personas: each dimension the mean of those that speak of it.

    >>> persona_audience([{"age": {"18-24": 1.0}}, {"age": {"25-34": 1.0}}, {"gender": {"female": 0.7}}])
    {'age': {'18-24': 0.5, '25-34': 0.5}, 'gender': {'female': 0.7}}
    """
    said: dict[str, list[dict[str, float]]] = {}
    for persona in personas:
        for dimension, value in persona.items():
            shares = _shares(value)
            if dimension in DIMENSIONS and shares:
                said.setdefault(dimension, []).append(shares)
    return {dimension: _mean(dimension, all_shares) for dimension, all_shares in said.items()}


def _shares(value: object) -> dict[str, float]:
    """Shares by code: as given, or an equal part for each code of a list."""
    if isinstance(value, Mapping):
        shares = {str(code): share for code, share in value.items() if isinstance(share, int | float)}
        return {code: float(share) for code, share in shares.items() if 0 < share <= 1}
    codes = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    named = list(dict.fromkeys(code for code in codes if isinstance(code, str) and code.strip()))
    return {code: 1 / len(named) for code in named}


def _mean(dimension: str, all_shares: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The mean share of each code, in its first spelling."""
    spelt: dict[str, str] = {}
    sums: dict[str, float] = {}
    for shares in all_shares:
        for code, share in shares.items():
            folded = fold_code(dimension, code)
            spelt.setdefault(folded, code)
            sums[folded] = sums.get(folded, 0.0) + share
    return {spelt[folded]: total / len(all_shares) for folded, total in sums.items()}
