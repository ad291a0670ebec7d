"""Dimensions of an audience and their codes, as headers and cells of files name them."""

import re
from typing import Any

from service.imports.cells.places import find_province, read_city, read_country
from service.imports.cells.texts import read_languages, read_line
from service.imports.rejects import Unfit
from service.kit.text import fold_tr, words

_WORDS = {
    "country": ("country", "countries", "ulke", "ulkeler", "geocountries", "countrycode"),
    "city": ("city", "cities", "sehir", "sehirler", "il", "iller", "geocities"),
    "age": ("age", "ages", "yas", "yaslar", "agegroup", "agerange"),
    "gender": ("gender", "genders", "cinsiyet", "sex"),
    "interests": ("interest", "interests", "ilgi", "ilgiler"),
    "language": ("language", "languages", "dil", "diller", "lang"),
    "income": ("income", "gelir"),
    "education": ("education", "egitim"),
    "occupation": ("occupation", "meslek", "job"),
    "brand_affinity": ("brandaffinity", "affinity", "marka"),
    "active_hour": ("activehour", "activehours", "active", "hour", "hours", "saat"),
}
_DIMENSION = {word: name for name, known in _WORDS.items() for word in known}
_GENDERS = {
    **dict.fromkeys(("female", "females", "women", "woman", "f", "k", "kadin", "kadinlar", "kiz"), "female"),
    **dict.fromkeys(("male", "males", "men", "man", "m", "e", "erkek", "erkekler"), "male"),
    **dict.fromkeys(("other", "unknown", "u", "x", "diger", "bilinmeyen", "nonbinary"), "other"),
}
_FILLING = frozenset(
    (
        *(
            "audience",
            "audiences",
            "kitle",
            "kitlesi",
            "takipci",
            "takipciler",
            "follower",
            "followers",
            "share",
        ),
        *(
            "shares",
            "percent",
            "percentage",
            "pct",
            "prc",
            "oran",
            "orani",
            "yuzde",
            "rate",
            "weight",
            "pay",
            "payi",
        ),
        *(
            "of",
            "the",
            "in",
            "from",
            "demographics",
            "data",
            "distribution",
            "code",
            "name",
            "geo",
            "group",
            "grubu",
        ),
        *(
            "alani",
            "alanlari",
            "brand",
            "subscriber",
            "subscribers",
            "value",
            "values",
            "split",
            "result",
            "report",
        ),
        *("features", "success", "profile", "user", "range", "araligi", "abone"),
    )
)
_OTHER_PEOPLE = frozenset(
    ("likers", "liker", "commenters", "per", "lookalikes", "notable", "reachability", "types")
)
_AGE = re.compile(r"(?<!\d)(1[3-9]|[2-9]\d)\s*[-–—_]\s*([1-9]\d)(?!\d)")
_OLDEST = re.compile(r"(?<!\d)([5-7]\d)\s*(?:\+|plus|-$|ve uzeri|and over)")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def read_dimension(value: Any) -> str:
    """The dimension's name.

    >>> read_dimension("Yaş"), read_dimension("Countries")
    ('age', 'country')
    """
    folded = "".join(words(str(value)[:60]))
    name = _DIMENSION.get(folded) or next(
        (_DIMENSION[word] for word in words(str(value)[:60]) if word in _DIMENSION), None
    )
    if not name:
        raise Unfit("not_a_dimension")
    return name


def read_code(dimension: str, value: Any) -> str:
    """A code of the dimension: alpha-2, TR-34, 18-24 or 65+, female and male, ISO 639; texts for the others.

    >>> read_code("country", "Türkiye"), read_code("gender", "Kadın"), read_code("age", "65-")
    ('TR', 'female', '65+')
    """
    text = read_line(value)
    if dimension == "country":
        return read_country(text)
    if dimension == "city":
        return read_city(text)
    if dimension == "language":
        return read_languages(text)[0]
    if dimension == "gender":
        return _gender(text)
    return _age(text) if dimension == "age" else text


def share_in_header(header: str) -> str | None:
    """`dimension:code` where a header names both; joined by `|` where it names two (age and gender).

    >>> share_in_header("Kadın %"), share_in_header("audience.country.TR"), share_in_header("Turkey")
    ('gender:female', 'country:TR', 'country:TR')
    >>> share_in_header("audience_age_gender.data.18-24.male"), share_in_header("Top country")
    ('age:18-24|gender:male', None)
    """
    tokens = _tokens(header)
    if not _OTHER_PEOPLE.isdisjoint(tokens):
        return None
    folded = fold_tr(header[:200])
    found = [f"age:{age}"] if (age := _find_age(folded)) else []
    genders = {_GENDERS[token] for token in tokens if token in _GENDERS and len(token) > 1}
    if len(genders) == 1:
        found.append(f"gender:{genders.pop()}")
    return "|".join(found) or _named(header, tokens)


def list_in_path(path: str) -> str | None:
    """The dimension of a list of shares at a JSON path; `*` where each entry names its own.

    >>> list_in_path("profile.audience.geoCountries"), list_in_path("distributions")
    ('country', '*')
    """
    tokens = _tokens(path.rsplit(".", 1)[-1]) or _tokens(path)
    if "data" in path.rsplit(".", 1)[-1]:
        tokens = _tokens(path)
    if not _OTHER_PEOPLE.isdisjoint(_tokens(path)):
        return None
    if tokens and tokens[-1] in ("distributions", "distribution"):
        return "*"
    return next((_DIMENSION[token] for token in tokens if token in _DIMENSION), None)


def _tokens(text: str) -> list[str]:
    return words(_CAMEL.sub(" ", text[:200]).replace("_", " "))


def _named(header: str, tokens: list[str]) -> str | None:
    """A country or a city by name, or a code behind the name of its dimension."""
    said = next((_DIMENSION[token] for token in tokens if token in _DIMENSION), None)
    rest = [token for token in tokens if token not in _DIMENSION and token not in _FILLING]
    if not rest or len(rest) > 4:
        return None
    text = header.rsplit(".", 1)[-1] if "." in header and " " not in header else " ".join(rest)
    try:
        if said in ("country", "city", "language", "interests", "income", "education", "occupation"):
            return f"{said}:{read_code(said, text)}" if said != "interests" or "." in header else None
        if said is None and (province := find_province(text)):
            return f"city:{province}"
        return f"country:{read_country(text)}" if said is None and len(text) > 3 else None
    except Unfit:
        return None


def _find_age(folded: str) -> str | None:
    if found := _AGE.search(folded):
        return f"{found[1]}-{found[2]}" if int(found[1]) < int(found[2]) else None
    found = _OLDEST.search(folded)
    return f"{found[1]}+" if found else None


def _age(text: str) -> str:
    folded = fold_tr(text)
    if folded in ("-17", "<18", "under 18", "0-17", "18 alti"):
        return "13-17"
    age = _find_age(folded)
    if not age:
        raise Unfit("not_a_code")
    return age


def _gender(text: str) -> str:
    code = _GENDERS.get(fold_tr(text))
    if not code:
        raise Unfit("not_a_code")
    return code
