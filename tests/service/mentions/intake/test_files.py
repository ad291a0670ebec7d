"""Files of mentions and reviews: headers of two languages, scales, and rows that are none."""

import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from service.imports.cells.style import Style
from service.imports.rejects import Unfit
from service.mentions.intake.files import MENTIONS, read_kind, read_rating, stars_of
from tests.service.imports.files import take, workbook

Drain = Any

BRANDWATCH = """Query Id,Query Name,Date,Title,Snippet,Url,Domain,Sentiment,Page Type,Language,Country Code,\
Author,Full Name,Full Text,Resource Id,Reach (new),Impressions,\
Twitter Followers,Twitter Retweets,Instagram Likes,Thread Id
1,Kahve,2026-11-20 10:00:00.0,Başlık,kısa,https://a.example/1,a.example,positive,blog,tr,TUR,Ayşe,,\
uzun metin,r1,"1,200",3,,,,
1,Kahve,2026-11-20 11:00:00.0,http://x.com/a/status/1,,http://x.com/a/status/1,x.com,negative,twitter,en,GBR,,\
ali (Ali V),yorum,r2,5,,40,2,0,77
"""


def test_an_export_of_brandwatch() -> None:
    first, second = take(BRANDWATCH, MENTIONS).records
    assert (first.native_id, first.text, first.title, first.country) == ("r1", "uzun metin", "Başlık", "TR")
    assert (first.platform, first.reach, first.sentiment, first.tags) == (
        "blog",
        1200,
        "positive",
        ("Kahve",),
    )
    assert (second.author_handle, second.author_name, second.title) == ("ali", "Ali V", None)
    assert (second.followers, second.shares, second.thread_id, second.likes) == (40, 2, "77", 0)
    assert second.published_at == datetime(2026, 11, 20, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "cell", "name", "value"),
    [
        ("Yayın Tarihi", "20.11.2026 14:30", "published_at", datetime(2026, 11, 20, 14, 30, tzinfo=UTC)),
        ("Mecra", "Haber", "platform", "news"),
        ("Source Type", "Twitter", "platform", "x"),
        ("Kullanıcı Adı", "@elci", "author_handle", "@elci"),
        ("Beğeni Sayısı", "1.250", "likes", 1250),
        ("Erişim", "12.500", "reach", 12500),
        ("Duygu", "Olumsuz", "sentiment", "Olumsuz"),
        ("Tone", "-1", "sentiment", "-1"),
        ("Puan", "4,5", "stars", 4.5),
        ("Rating", "9", "stars", 4.5),
        ("Score", "80", "stars", 4.0),
        ("Dil", "Türkçe", "language", "tr"),
        ("Ülke", "Türkiye", "country", "TR"),
        ("Etiketler", "fiyat; kargo", "tags", ("fiyat", "kargo")),
        ("Mention ID", "1212092628029698048", "native_id", "1212092628029698048"),
        ("İçerik Türü", "Yorum", "kind", "comment"),
    ],
)
def test_headers_of_two_languages(header: str, cell: str, name: str, value: Any) -> None:
    text = f'Metin;{header}\nharika bir kahve;"{cell}"\n'
    [record] = take(text, MENTIONS).records
    assert (record.text, getattr(record, name)) == ("harika bir kahve", value)


@pytest.mark.parametrize(
    ("cell", "top", "stars"),
    [
        ("5", 5, 5.0),
        ("7", 10, 3.5),
        ("55", 100, 2.75),
        ("3 yıldız", 5, 3.0),
        ("4 out of 5", 5, 4.0),
        (0, 5, 0.0),
    ],
)
def test_stars_of_every_scale(cell: Any, top: float, stars: float) -> None:
    assert stars_of(read_rating(cell, Style()), top) == stars


@pytest.mark.parametrize("cell", ["", "iyi", "-1", None, [], "nan", "1/2/3"])
def test_what_is_no_rating(cell: Any) -> None:
    with pytest.raises(Unfit):
        read_rating(cell, Style())


@pytest.mark.parametrize(("cell", "top"), [("6", 5), ("1/0", 5), ("11/10", 100)])
def test_what_lies_beyond_its_scale(cell: str, top: float) -> None:
    assert stars_of(read_rating(cell, Style()), top) is None


def test_kinds_of_mentions() -> None:
    said = [read_kind(word, Style()) for word in ("Review", "Haber", "Tweet", "Şikayet", "belki")]
    assert said == ["review", "article", "post", "review", None]


def test_a_workbook_and_lines_of_json() -> None:
    rows = [
        ["Yorum", "Yıldız", "Tarih"],
        ["süper", 4, "2026-11-20"],
        ["kötü", 1, "2026-11-21"],
    ]
    taken = take(workbook({"Yorumlar": rows}), MENTIONS)
    assert [(row.text, row.stars, row.published_at.day) for row in taken.records] == [
        ("süper", 4.0, 20),
        ("kötü", 1.0, 21),
    ]
    lines = "".join(
        f'{{"review_id": "{at}", "review_text": "a", "rating": {stars}}}\n' for at, stars in ((1, 3), (2, 5))
    )
    assert [(row.native_id, row.stars) for row in take(lines, MENTIONS).records] == [("1", 3.0), ("2", 5.0)]
    inner = {"url": "https://a.example/1", "content": "k", "published": 1646432900000, "sentiment": -3}
    page = json.dumps({"result_content": {"data": [{"data": inner}]}})
    [row] = take(page, MENTIONS).records
    assert (row.url, row.text, row.sentiment, row.published_at.year) == (
        "https://a.example/1",
        "k",
        "-3",
        2022,
    )


def test_bad_rows_say_why() -> None:
    text = (
        "Mention ID,Text,Date,Url,Likes,Country\n"
        "1,a,2026-11-20,https://a.example,3,TR\n"
        "2,b,soon,,,\n"
        "3,c,2026-11-20,nowhere,,\n"
        "4,d,2026-11-20,,many,\n"
        "5,e,2026-11-20,,,Narnia\n"
        ",,2026-11-20,,,\n"
        "1.2E+18,g,2026-11-20,,,\n"
    )
    taken = take(text, MENTIONS)
    assert len(taken.records) == 1
    assert [(each.row, each.column, each.value, each.reason) for each in taken.rejects] == [
        (3, "Date", "soon", "not_a_date"),
        (4, "Url", "nowhere", "not_a_url"),
        (5, "Likes", "many", "not_a_number"),
        (6, "Country", "Narnia", "not_a_country"),
        (7, "text", None, "missing_value"),
        (8, "native_id", "1.2E+18", "shortened_number"),
    ]


async def _import(client: httpx.AsyncClient, drain: Drain, content: str, **params: Any) -> dict[str, Any]:
    sent = {"kind": "mentions", "filename": "x.csv", **params}
    answer = await client.post("/v1/imports", params=sent, content=content.encode())
    assert answer.status_code == 202, answer.text
    await drain()
    shown: dict[str, Any] = (await client.get(f"/v1/imports/{answer.json()['id']}")).json()
    assert shown["status"] == "succeeded", shown
    return shown


async def test_reviews_come_in_by_import_and_once(client: httpx.AsyncClient, drain: Drain) -> None:
    text = (
        "Yorum No;Yorum;Puan;Tarih;Mağaza\n"
        "1;Kargo çok geç geldi;2;20.11.2026;Google Play\n"
        "2;Harika;9;;App Store\n"
    )
    made = await _import(client, drain, text, source="play")
    assert made["counts"]["created"] == 2, made
    again = await _import(client, drain, text, source="play")
    assert again["counts"]["unchanged"] == 2
    changed = await _import(client, drain, text.replace("Harika", "Harika oldu"), source="play")
    assert (changed["counts"]["updated"], changed["counts"]["unchanged"]) == (1, 1)
    found = (await client.get("/v1/mentions", params={"kind": "review"})).json()["data"]
    assert {one["native_id"]: (one["stars"], one["source"], one["platform"]) for one in found} == {
        "1": (1.0, "play", "review"),
        "2": (4.5, "play", "review"),
    }
