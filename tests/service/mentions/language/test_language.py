"""The query language: a table of cases, its errors, and that the index says the same as the matcher."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.kit.db import Connection
from service.mentions.language.nodes import QueryError
from service.mentions.language.parsing import LONGEST, parse
from service.mentions.language.tsquery import condition, is_text, text_query
from service.mentions.language.words import places, tokens
from tests.service.mentions.language.oracle import Document, matches

# A query, a text, whether it is found.
CASES = [
    ("trendyol", "Trendyol'dan aldım", True),
    ("trendyol", "TRENDYOLDAN aldım", True),
    ("trendyol", "trendyolun kargosu", True),
    ("trendyol", "trendyollardaki indirim", True),
    ("trendyol", "trend yolu", False),
    ("migros", "Migros'un kasası", True),
    ("migros", "migrosta sıra vardı", True),
    ("lcw", "LCW'nin kalitesi", True),
    ("lcw", "lcwden aldım", True),
    ("arçelik", "Arçeliği aradım", True),
    ("arçelik", "arcelik'i", True),
    ("google", "Googledan baktım", True),
    ("yemeksepeti", "yemeksepetinden söyledim", True),
    ("ada", "Adana'ya gittik", False),
    ("eti", "etiket", False),
    ("eti", "Eti'den yeni ürün", True),
    ("ışık", "IŞIK hızında", True),
    ("isik", "Işık'ta", True),
    ("İSTANBUL", "istanbul'da", True),
    ("istanbul", "ISTANBUL", True),
    ("izmir", "İZMİR", True),
    ("gunes", "Güneş kremi", True),
    ("güneş", "gunes kremi", True),
    ("mcdonald's", "McDonald's’ta", True),
    ("mcdonald", "McDonald's’ta", True),
    ("mcdonald's", "mcdonald", False),
    ("kahve AND çay", "çay ve kahve", True),
    ("kahve çay", "çay ve kahve", True),
    ("kahve çay", "kahve", False),
    ("kahve OR çay", "çay", True),
    ("kahve OR çay süt", "kahve", True),
    ("(kahve OR çay) süt", "kahve", False),
    ("kahve NOT çay", "kahve ve çay", False),
    ("kahve -çay", "kahve", True),
    ("kahve -(çay OR süt)", "kahve süt", False),
    ("kahve AND NOT çay", "kahve", True),
    ("kahve and çay", "kahve çay", False),
    ('"filtre kahve"', "filtre kahve içtim", True),
    ('"filtre kahve"', "kahve filtre", False),
    ('"filtre kahve"', "filtre sıcak kahve", False),
    ('"filtre kahve"', "Filtre kahvesini", True),
    ("“filtre kahve”", "filtre kahve", True),
    ("kahve NEAR/2 bayat", "kahve çok bayat", True),
    ("kahve NEAR/2 bayat", "bayat bir kahve", True),
    ("kahve NEAR/1 bayat", "kahve çok bayat", False),
    ("kahve NEAR/2 bayat", "kahve iyi ama ekmek bayat", False),
    ('"filtre kahve" NEAR/3 güzel', "güzel bir filtre kahve", True),
    ('güzel NEAR/2 "filtre kahve"', "güzel mi güzel filtre kahve", True),
    ('güzel NEAR/1 "filtre kahve"', "güzel bir filtre kahve", False),
    ("(kahve OR çay) NEAR/2 (soğuk OR bayat)", "çay biraz soğuk", True),
    ("#kahve", "bugün #Kahve içtim", True),
    ("#kahve", "bugün kahve içtim", False),
    ("kahve", "#kahve", True),
    ("#kahve_keyfi", "#Kahve_Keyfi zamanı", True),
    ("@elci", "@Elci'nin yeni ürünü", True),
    ("@elci", "elci", False),
    ("@elci.tr", "selam @Elci.TR", True),
    ("elci", "selam @Elci.TR", True),
    ("kahv*", "kahvaltıda ne var", True),
    ("#kah*", "#kahvekeyfi", True),
    ("covid-19", "COVID-19 sonrası", True),
    ("covid-19", "covid 20", False),
    ("ki̇tap", "KİTAP", True),
    ("kahve", "ka\u200bhve", True),
    ("kahve", "ｋａｈｖｅ", True),
    ("café", "cafe\u0301", True),
    ("3310", "Nokia 3310'u", True),
    ("NOT çay kahve", "kahve", True),
    ('kahve "OR" çay', "kahve or çay", True),
    ("near", "near me", True),
]


@pytest.mark.parametrize(("query", "text", "found"), CASES)
async def test_cases(db: Connection, query: str, text: str, found: bool) -> None:
    tree = parse(query)
    assert matches(tree, Document(places(text))) is found
    assert is_text(tree)
    by_index = "select $1::text::tsvector @@ $2::text::tsquery"
    assert await db.fetchval(by_index, tokens(None, text), text_query(tree)) is found


FIELDS = [
    ("kahve lang:tr", {"language": "tr"}, True),
    ("kahve lang:TR", {"language": "tr"}, True),
    ("kahve lang:tr", {"language": None}, False),
    ("kahve -lang:tr", {"language": None}, True),
    ("author:@Elci", {"handle": "elci"}, True),
    ('author:"Ayşe Kaya"', {"author": "ayse kaya"}, True),
    ("from:elci", {"author": "elci", "handle": "baska"}, False),
    ("site:eksisozluk.com", {"site": "eksisozluk.com"}, True),
    ("site:com.tr", {"site": "haber.com.tr"}, True),
    ("site:sozluk.com", {"site": "eksisozluk.com"}, False),
    ("site:%", {"site": "eksisozluk.com"}, False),
    ("platform:x OR platform:reddit", {"platform": "reddit"}, True),
    ("country:tr", {"country": "TR"}, True),
    ("kind:review source:rss", {"kind": "review", "source": "rss"}, True),
    ('tag:"Kargo Şikayeti"', {"tags": ["Kargo Şikayeti"]}, True),
    ("sentiment:negative", {"sentiment": "negative"}, True),
    ("followers:>1000", {"followers": 1000}, False),
    ("followers:>=1000", {"followers": 1000}, True),
    ("followers:>1000", {"followers": None}, False),
]


@pytest.mark.parametrize(("query", "known", "found"), FIELDS)
async def test_fields(db: Connection, query: str, known: dict[str, Any], found: bool) -> None:
    tree = parse(query)
    assert matches(tree, Document(places("kahve"), **known)) is found
    columns = {
        "tokens": tokens(None, "kahve"),
        "author_folded": known.get("handle"),
        "author_name_folded": known.get("author"),
        "label": known.get("sentiment"),
        **{name: known.get(name) for name in ("language", "site", "platform", "source", "country", "kind")},
        "tags": known.get("tags", []),
        "followers": known.get("followers"),
    }
    values: list[Any] = []
    text = condition(tree, values)
    columns_type = "tokens tsvector, author_folded text, author_name_folded text, label text, language text, "
    columns_type += (
        "site text, platform text, source text, country text, kind text, tags text[], followers int8"
    )
    row = f"select {text} from jsonb_to_record(${len(values) + 1}::jsonb) as s({columns_type})"
    assert await db.fetchval(row, *values, columns) is found


ERRORS = [
    ("", 0, "empty"),
    ("   ", 0, "empty"),
    ("kahve (çay", 6, "never closed"),
    ("kahve)", 5, "never opened"),
    ("kahve ()", 6, "empty"),
    ('kahve "çay', 6, "never closed"),
    ('""', 0, "nothing stands"),
    ("kahve AND", 9, "missing at the end"),
    ("OR kahve", 0, "both sides"),
    ("kahve OR OR çay", 9, "both sides"),
    ("NOT NOT kahve", 4, "NOT stands once"),
    ("NOT kahve", 0, "only says what it does not want"),
    ("kahve OR -çay", 0, "only says what it does not want"),
    ("kahve NEAR çay", 6, "needs a distance"),
    ("kahve NEAR/0 çay", 6, "from 1 to 20"),
    ("kahve NEAR/99 çay", 6, "from 1 to 20"),
    ("kahve NEAR/2 çay NEAR/2 süt", 17, "joins two"),
    ("kahve NEAR/2 lang:tr", 13, "words, phrases"),
    ("kahve NEAR/2 (çay süt)", 13, "words, phrases"),
    ("renk:mavi", 0, "no field 'renk'"),
    ("lang: tr", 0, "needs a value"),
    ("followers:many", 10, "takes a number"),
    ("sentiment:good", 10, "is one of"),
    ("k*hve", 0, "at the end of a word"),
    ("ka*", 0, "letters stand before a star"),
    ("kahve ...", 6, "no letter and no digit"),
    ("a" * (LONGEST + 1), LONGEST, "at most 4000"),
    ("(" * 60 + "a" + ")" * 60, 40, "deep"),
    ("a OR " * 250 + "a", 1250, "at most 250"),
]


@pytest.mark.parametrize(("query", "position", "reason"), ERRORS, ids=[str(at) for at in range(len(ERRORS))])
def test_errors_say_where_and_why(query: str, position: int, reason: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse(query)
    assert (raised.value.position, reason in raised.value.reason) == (position, True), raised.value


WORDS = st.sampled_from(
    ["kahve", "çay", "süt", "#kahve", "kahv*", "Kahve'den", '"kahve çay"', "@elci", "sut"]
)


def _queries() -> st.SearchStrategy[str]:
    sides = st.one_of(WORDS, st.tuples(WORDS, WORDS).map(lambda pair: f"({pair[0]} OR {pair[1]})"))
    near = st.tuples(sides, st.integers(1, 4), sides).map(lambda of: f"{of[0]} NEAR/{of[1]} {of[2]}")
    return st.recursive(
        st.one_of(WORDS, near.map(lambda text: f"({text})")),
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from(["AND", "OR"]), inner).map(lambda of: f"({' '.join(of)})"),
            st.tuples(inner, inner).map(lambda of: f"({of[0]} AND NOT {of[1]})"),
        ),
        max_leaves=6,
    )


def test_the_index_says_the_same_as_the_matcher(shared: Any) -> None:
    import asyncio

    import asyncpg

    from service.settings import app_dsn

    texts = st.lists(
        st.sampled_from(
            ["kahve", "ÇAY", "süt", "#kahve", "kahveden", "Kahve'den", "@elci", ".", "ve", "kahvaltı"]
        ),
        max_size=9,
    ).map(" ".join)
    with asyncio.Runner() as runner:
        connection = runner.run(asyncpg.connect(app_dsn(shared)))

        @given(_queries(), texts)
        def check(query: str, text: str) -> None:
            tree = parse(query)
            asked = connection.fetchval(
                "select $1::text::tsvector @@ $2::text::tsquery", tokens(None, text), text_query(tree)
            )
            assert runner.run(_awaited(asked)) is matches(tree, Document(places(text)))

        check()
        runner.run(connection.close())


async def _awaited(asked: Any) -> Any:
    return await asked


@given(st.text(max_size=80))
def test_any_text_is_a_query_or_says_why_not(text: str) -> None:
    with suppress(QueryError):
        matches(parse(text), Document(places(text)))


@given(st.text(max_size=200))
async def test_any_text_has_words_that_the_index_takes(text: str) -> None:
    assert "\x00" not in tokens(None, text.replace("\x00", ""))
