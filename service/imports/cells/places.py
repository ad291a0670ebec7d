"""Countries to ISO 3166-1 alpha-2 and cities of Türkiye to ISO 3166-2, from names or codes in two
languages."""

import re
from functools import cache
from typing import Any

from babel import Locale
from babel.core import get_global

from service.imports.cells.provinces import codes as province_codes
from service.imports.rejects import Unfit
from service.kit.text import fold_tr

_NO_COUNTRIES = frozenset(
    ("EU", "EZ", "UN", "ZZ", "XA", "XB", "QO", "AC", "CP", "CQ", "DG", "EA", "IC", "TA")
)
_ALSO = {
    "TR": ("turkey", "turkiye cumhuriyeti", "republic of turkey", "republic of turkiye", "turkei", "turquie"),
    "US": ("usa", "u.s.", "u.s.a.", "united states of america", "america", "abd", "amerika", "us of a"),
    "GB": ("uk", "u.k.", "great britain", "england", "scotland", "wales", "britain", "ingiltere", "iskocya"),
    "KR": (
        "korea",
        "republic of korea",
        "korea south",
        "south-korea",
        "kore",
        "guney kore",
        "korea, republic of",
    ),
    "KP": ("korea north", "kuzey kore"),
    "RU": ("russian federation", "rusya federasyonu"),
    "CZ": ("czech republic", "cek cumhuriyeti"),
    "AE": ("uae", "emirates", "bae", "dubai"),
    "NL": ("holland", "hollanda", "the netherlands"),
    "IR": ("iran, islamic republic of", "islamic republic of iran"),
    "SY": ("syrian arab republic",),
    "VN": ("viet nam",),
    "BO": ("bolivia, plurinational state of",),
    "VE": ("venezuela, bolivarian republic of",),
    "TZ": ("united republic of tanzania",),
    "MD": ("republic of moldova",),
    "LA": ("laos", "lao people's democratic republic"),
    "TW": ("taiwan, province of china", "taiwan"),
    "HK": ("hong kong",),
    "MO": ("macau", "macao"),
    "PS": ("palestine", "filistin"),
    "MK": ("macedonia", "makedonya"),
    "CI": ("ivory coast", "fildisi sahili"),
    "CD": ("dr congo", "democratic republic of the congo"),
    "CY": ("kibris",),
    "BA": ("bosnia", "bosna hersek"),
    "SA": ("ksa", "suudi arabistan"),
    "CN": ("mainland china", "cin halk cumhuriyeti"),
    "DE": ("deutschland",),
    "ES": ("espana",),
    "BR": ("brasil",),
}
_CODE = re.compile(r"[A-Za-z]{2,3}")
_ASIDE = re.compile(r" ?[(\[][^)\]]{0,40}[)\]] ?$")


@cache
def _countries() -> dict[str, str]:
    """Folded names in English and Turkish, alpha-2 and alpha-3 codes -> alpha-2."""
    found: dict[str, str] = {}
    for language in ("tr", "en"):
        for code, name in Locale(language).territories.items():
            if code.isalpha() and len(code) == 2 and code not in _NO_COUNTRIES:
                found[_key(name)] = code
                found[code.lower()] = code
    for old, new in get_global("territory_aliases").items():
        if old.isalpha() and len(old) == 3 and len(new) == 1 and new[0] in found.values():
            found.setdefault(old.lower(), new[0])
    for code, names in _ALSO.items():
        found |= dict.fromkeys(map(_key, names), code)
    return found


def read_country(value: Any) -> str:
    """The alpha-2 code of a country, from its name or code.

    >>> [read_country(cell) for cell in ("Türkiye", "Turkey", "tr", "ABD", "Güney Kore", "🇹🇷 Turkey", "GBR")]
    ['TR', 'TR', 'TR', 'US', 'KR', 'TR', 'GB']
    """
    if not isinstance(value, str) or len(value) > 80:
        raise Unfit("not_a_country")
    key = _key(_ASIDE.sub("", _without_symbols(value)))
    code = _countries().get(key) or _countries().get(key.removeprefix("the "))
    if code:
        return code
    return _flag(value)


def _key(name: str) -> str:
    return fold_tr(name).replace("’", "").replace("'", "").replace(" & ", " and ").strip(" .,;:-")


def read_city(value: Any) -> str:
    """TR-01 to TR-81 for a city of Türkiye, by name or code; any other city as it is written.

    >>> [read_city(cell) for cell in ("İstanbul", "ŞANLIURFA", "tr-6", "Berlin", "Istanbul, Turkey")]
    ['TR-34', 'TR-63', 'TR-06', 'Berlin', 'TR-34']
    """
    if not isinstance(value, str) or len(value) > 200:
        raise Unfit("too_long")
    return find_province(value) or value.strip()


def find_province(text: str) -> str | None:
    """The Turkish province that a place name begins with, if it does."""
    folded = fold_tr(_without_symbols(text)).strip()
    number = re.fullmatch(r"tr-?(\d{1,2})", folded)
    if number:
        return f"TR-{int(number.group(1)):02d}" if 1 <= int(number.group(1)) <= 81 else None
    for part in (folded, *re.split(r"\s*[,/;|-]\s*", folded)):
        if part in province_codes():
            return province_codes()[part]
    return None


def split_location(value: Any) -> tuple[str | None, str | None]:
    """City and country of a cell that holds one or both ("İstanbul, Türkiye").

    >>> split_location("Istanbul / Turkey"), split_location("Berlin, Germany"), split_location("Ankara")
    (('TR-34', 'TR'), ('Berlin', 'DE'), ('TR-06', 'TR'))
    """
    if not isinstance(value, str) or len(value) > 200:
        raise Unfit("too_long")
    parts = [part.strip() for part in re.split(r"[,/|;]|\s-\s", value) if part.strip()]
    country = next((code for part in reversed(parts) if (code := _country_or_none(part))), None)
    province = find_province(value)
    if province:
        return province, country or "TR"
    cities = [part for part in parts if not _country_or_none(part)]
    return (cities[0] if cities else None), country


def _country_or_none(text: str) -> str | None:
    try:
        return read_country(text)
    except Unfit:
        return None


def _flag(value: str) -> str:
    """A flag alone: two regional indicators."""
    letters = "".join(chr(ord(char) - 0x1F1E6 + 65) for char in value if 0x1F1E6 <= ord(char) <= 0x1F1FF)
    if len(letters) == 2 and letters.lower() in _countries():
        return letters
    raise Unfit("not_a_country")


def _without_symbols(text: str) -> str:
    return "".join(char for char in text if ord(char) < 0x2190 or 0x2C00 <= ord(char) < 0x1F000)
