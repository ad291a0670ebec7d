"""The words by which a place is searched for, where the profile has its code."""

from functools import cache, lru_cache

from babel import Locale

from service.discovery.search.text import terms
from service.imports.cells.provinces import NAMES

_LOCALES = ("tr", "en")
# English writes Türkiye by now, and English speakers search for Turkey.
_ALSO = {"TR": "Turkey"}


@lru_cache(maxsize=5_000)
def place_words(country: str | None, city: str | None) -> tuple[str, ...]:
    """The folded names of a country in Turkish and English, and of a city.

    A city that is no code of a Turkish province is searched for as it is written.

    >>> place_words("TR", "TR-34")
    ('turkiye', 'turkey', 'istanbul')
    >>> place_words("DE", "Köln")
    ('almanya', 'germany', 'koln')
    """
    names = [*_country_names(country or ""), *([_provinces().get(city, city)] if city else [])]
    return tuple(dict.fromkeys(word for name in names for word in terms(name)))


def _country_names(code: str) -> list[str]:
    known = (Locale.parse(locale).territories.get(code) for locale in _LOCALES)
    return [name for name in (*known, _ALSO.get(code)) if name]


@cache
def _provinces() -> dict[str, str]:
    return {f"TR-{number:02}": name for number, name in enumerate(NAMES, 1)}
