"""Payloads of sources as mentions: every field that may be missing, and what is no mention at all."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from service.kit.text import is_storable
from service.mentions.intake.documents import documents
from service.mentions.intake.found import Found, Wanted
from service.mentions.intake.kinds import read
from service.mentions.intake.markup import plain
from service.mentions.intake.meta import answer
from service.mentions.intake.values import moment

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
KINDS = ("brandwatch", "talkwalker", "mention", "meta", "x", "reddit", "rss", "youtube", "generic")


def take(kind: str, told: Any, **options: Any) -> Found:
    body = (
        told
        if isinstance(told, bytes)
        else told.encode()
        if isinstance(told, str)
        else json.dumps(told).encode()
    )
    return read(kind, body, AT, **options)


def whys(found: Found) -> list[tuple[str, str]]:
    return [(each.path, each.why) for each in found.faults]


def fields(found: Found, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(getattr(report, name) for name in names) for report in found.reports]


def test_brandwatch_without_date_author_or_text() -> None:
    one = {
        "resourceId": "r1",
        "title": "http://twitter.com/a/statuses/1",
        "url": "http://twitter.com/a/statuses/1",
        "pageType": "twitter",
        "sentiment": "negative",
        "date": None,
        "added": "2019-10-10T17:48:54.588+0000",
        "author": None,
        "fullname": "ayse1 (Ayşe Yılmaz)",
        "reachEstimate": 12,
        "facebookLikes": 0,
        "twitterRetweets": 3,
        "twitterReplyCount": 2,
        "countryCode": "GBR",
        "language": "en",
        "threadId": "77",
    }
    found = take("brandwatch", {"results": [one], "nextCursor": "c2"})
    [report] = found.reports
    assert (report.native_id, report.platform, report.country, report.text) == ("r1", "x", "GB", "")
    assert report.published_at == datetime(2019, 10, 10, 17, 48, 54, 588000, tzinfo=UTC)
    assert (report.author_handle, report.author_name, report.title) == ("ayse1", "Ayşe Yılmaz", None)
    assert (report.reach, report.likes, report.shares, report.comments) == (12, None, 3, 2)
    assert (report.raw_sentiment, report.raw_label) == ("negative", "negative")
    assert (found.cursor, found.faults) == ("c2", [])


def test_brandwatch_news_and_a_bad_row() -> None:
    news = {
        "guid": 99,
        "title": "Bir <b>haber</b>",
        "snippet": "Kahve &amp; çay",
        "url": "https://a.example/1",
        "pageType": "news",
        "author": "Editör",
        "date": "2026-11-20T10:00:00.000+0000",
        "countryCode": "XQQ",
        "tags": ["acil"],
    }
    found = take("brandwatch", {"results": [news, "x", {}]})
    [report] = found.reports
    assert (report.title, report.text, report.kind) == ("Bir haber", "Kahve & çay", "article")
    assert (report.author_name, report.author_handle, report.tags) == ("Editör", None, ("acil",))
    assert whys(found) == [
        ("results[0].country", "country"),
        ("results[1]", "shape"),
        ("results[2]", "empty"),
    ]


RESULT = {
    "url": "https://www.twitter.com/a/status/5",
    "content": "harika",
    "published": 1646432900000,
    "search_indexed": 1646433919683,
    "sentiment": -4,
    "reach": 7,
    "engagement": 3,
    "source_type": ["SOCIALMEDIA", "SOCIALMEDIA_TWITTER"],
    "lang": "tr",
    "extra_author_attributes": {
        "id": "tw:1",
        "name": "Ali",
        "short_name": "ali",
        "world_data": {"country_code": "tr"},
    },
    "article_extended_attributes": {"twitter_likes": 2, "twitter_retweets": 1, "twitter_followers": 40},
}


def test_a_stream_of_talkwalker_is_objects_in_a_row() -> None:
    chunks = [
        {"chunk_type": "CT_CONTROL", "chunk_control": {"resume_offset": "off-1"}},
        {"chunk_type": "CT_RESULT", "chunk_result": {"data": {"data": RESULT, "highlighted_data": []}}},
        {"chunk_type": "CT_ERROR", "chunk_error": {"status_code": "24", "status_message": "credits"}},
        {"chunk_type": "CT_HEARTBEAT"},
        {"chunk_type": "CT_RESULT", "chunk_result": {"data": {}}},
        {"chunk_type": "CT_CONTROL", "chunk_control": {"resume_offset": "off-2"}},
    ]
    text = "".join(json.dumps(chunk) + ("\r\n" if at % 2 else "") for at, chunk in enumerate(chunks))
    found = take("talkwalker", text)
    [report] = found.reports
    assert (report.platform, report.raw_label, report.raw_score) == ("x", "negative", -0.8)
    assert (report.author_handle, report.followers, report.likes, report.shares) == ("ali", 40, 2, 1)
    assert (report.country, report.published_at.year, report.observed_at is not None) == ("TR", 2022, True)
    assert whys(found) == [("[2].chunk_error", "source_error"), ("[4].chunk_result", "shape")]
    assert (found.cursor, found.ignored) == ("off-2", 3)


def test_a_cut_stream_gives_what_came_before() -> None:
    whole = json.dumps({"chunk_type": "CT_RESULT", "chunk_result": {"data": {"data": RESULT}}})
    found = take("talkwalker", whole + whole[:-9])
    assert len(found.reports) == 1
    assert whys(found) == [("[1]", "json")]


def test_a_page_of_mention() -> None:
    rows = [
        {
            "id": "1199",
            "title": "Blog yazısı",
            "description": "<em>Kahve</em> güzel",
            "original_url": "https://blog.example/x",
            "source_name": "Blog",
            "source_type": "blogs",
            "tone": 1,
            "published_at": "2026-11-20T10:00:00.0+03:00",
            "reach": 100,
            "language": "tr",
            "country": "TR",
        },
        {
            "id": 5,
            "description": "x",
            "source_name": "Ali",
            "source_type": "twitter",
            "tone": -1,
            "published_at": None,
        },
    ]
    found = take("mention", {"mentions": rows, "_links": {"more": {"params": {"cursor": "k"}}}})
    assert fields(found, "native_id", "platform", "raw_label", "text", "title") == [
        ("1199", "blog", "positive", "Kahve güzel", "Blog yazısı"),
        ("5", "x", "negative", "x", None),
    ]
    assert (found.undated, found.cursor, found.reports[1].author_name) == ([1], "k", "Ali")
    assert found.reports[0].published_at == datetime(2026, 11, 20, 7, tzinfo=UTC)


def test_meta_names_mentions_and_tells_comments() -> None:
    entry = [
        {
            "id": "17",
            "time": 1520622968,
            "changes": [{"field": "mentions", "value": {"media_id": "m1", "comment_id": "c1"}}],
        },
        {
            "id": "17",
            "time": 1520622968,
            "changes": [{"field": "mentions", "value": {"media_id": "m1", "comment_id": "c1"}}],
        },
        {
            "id": "17",
            "time": 1520622969,
            "changes": [
                {"field": "mentions", "value": {"media_id": 9007199254740993}},
                {"field": "mentions", "value": {}},
            ],
        },
        {
            "id": "17",
            "time": 1520622970,
            "changes": [
                {
                    "field": "comments",
                    "value": {
                        "id": "c9",
                        "from": {"id": "2", "username": "user_a"},
                        "text": "harika",
                        "media": {"id": "m5"},
                    },
                }
            ],
        },
        {"id": "17", "time": 1520622971, "messaging": [{"message": {"text": "özel"}}]},
        {"id": "17", "time": 1520622972, "changes": [{"field": "story_insights", "value": {}}, None]},
    ]
    found = take("meta", {"object": "instagram", "entry": entry})
    assert found.wanted == [Wanted("17", "m1", "c1"), Wanted("17", "9007199254740993", None)]
    assert fields(found, "native_id", "kind", "author_handle", "thread_id", "text") == [
        ("c9", "comment", "user_a", "m5", "harika")
    ]
    assert found.reports[0].published_at == datetime(2018, 3, 9, 19, 16, 10, tzinfo=UTC)
    assert (found.ignored, whys(found)) == (3, [("entry[2].changes[1].value", "shape")])


def test_what_meta_answers_about_a_mention() -> None:
    found = Found(AT)
    told = {
        "mentioned_comment": {
            "id": "c1",
            "text": "@a iyi",
            "timestamp": "2021-08-19T09:14:16+0000",
            "username": "b",
        }
    }
    answer(told, Wanted("17", "m1", "c1"), "", found)
    answer(
        {"mentioned_media": {"caption": "@a hey", "id": "m2", "like_count": 3}}, Wanted("17", "m2"), "", found
    )
    answer({"error": {"message": "no", "code": 100}}, Wanted("17", "m3"), "", found)
    answer([], Wanted("17", "m3"), "", found)
    assert fields(found, "native_id", "kind", "text", "thread_id", "likes") == [
        ("c1", "comment", "@a iyi", "m1", None),
        ("m2", "post", "@a hey", None, 3),
    ]
    assert [each.why for each in found.faults] == ["undated", "source_error", "shape"]


def test_lines_of_x() -> None:
    line = {
        "data": {
            "id": "1494321",
            "text": "a &amp; b",
            "author_id": "22",
            "created_at": "2026-11-20T10:00:00.000Z",
            "lang": "tr",
            "public_metrics": {
                "retweet_count": 1,
                "reply_count": 0,
                "like_count": 5,
                "quote_count": 2,
                "impression_count": 210,
            },
            "referenced_tweets": [{"type": "replied_to", "id": "1"}],
        },
        "includes": {
            "users": [
                {"id": "22", "name": "X Dev", "username": "dev", "public_metrics": {"followers_count": 9}}
            ]
        },
        "matching_rules": [{"id": "1", "tag": "brand-x"}],
    }
    late = {
        "data": {"id": "1067094924124872705", "text": "old"},
        "errors": [{"title": "Not Found", "detail": "gone"}],
    }
    broken = {
        "errors": [{"title": "operational-disconnect", "disconnect_type": "UpstreamOperationalDisconnect"}]
    }
    text = (
        "\r\n\r\n"
        + json.dumps(line)
        + "\r\n\r\n"
        + json.dumps(late)
        + "\r\n"
        + json.dumps(broken)
        + "\r\n\r\n"
    )
    found = take("x", text)
    assert fields(found, "native_id", "text", "kind", "author_handle", "followers", "shares", "tags") == [
        ("1494321", "a & b", "comment", "dev", 9, 3, ("brand-x",)),
        ("1067094924124872705", "old", "post", None, None, None, ()),
    ]
    # An id tells when a post was made.
    assert found.reports[1].published_at.date().isoformat() == "2018-11-26"
    assert found.reports[0].url == "https://x.com/dev/status/1494321"
    assert [each.value for each in found.faults] == ["gone", "operational-disconnect"]
    assert found.undated == []


def test_a_listing_of_reddit_with_what_is_below() -> None:
    reply = {
        "kind": "t1",
        "data": {
            "id": "c2",
            "name": "t1_c2",
            "body": "olur &gt; olmaz",
            "created_utc": 1.7e9,
            "score": -4,
            "link_id": "t3_p1",
            "permalink": "/r/a/comments/p1/x/c2/",
            "author": "b",
            "replies": "",
        },
    }
    gone = {
        "kind": "t1",
        "data": {"name": "t1_c3", "body": "[deleted]", "author": "[deleted]", "created_utc": 1.7e9},
    }
    more = {"kind": "more", "data": {"children": ["x"]}}
    post = {
        "kind": "t3",
        "data": {
            "id": "p1",
            "name": "t3_p1",
            "subreddit": "Turkey",
            "title": "Kahve &amp; çay",
            "selftext": "",
            "permalink": "/r/a/comments/p1/x/",
            "created_utc": 1700000000.0,
            "score": 8,
            "num_comments": 2,
            "author": "a",
        },
    }
    listing = {"kind": "Listing", "data": {"after": "t3_z", "children": [post]}}
    below = {"kind": "Listing", "data": {"after": None, "children": [reply, gone, more]}}
    found = take("reddit", [listing, below])
    assert fields(found, "native_id", "kind", "title", "text", "likes", "thread_id") == [
        ("t3_p1", "post", "Kahve & çay", "", 8, "t3_p1"),
        ("t1_c2", "comment", None, "olur > olmaz", 0, "t3_p1"),
    ]
    assert found.reports[0].url == "https://www.reddit.com/r/a/comments/p1/x/"
    assert (found.cursor, found.ignored, found.reports[0].tags) == ("t3_z", 2, ("r/Turkey",))
    assert whys(take("reddit", {"message": "Too Many Requests", "error": 429})) == [("error", "source_error")]


RSS = """<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel><title>Haber</title>
<link>https://haber.example/</link><language>tr-TR</language>
<item><title>Çay &amp;amp; şeker</title><link>/yazi/1</link><guid isPermaLink="false">42</guid>
<description><![CDATA[<p>Işıl <a href="/x">güzel</a></p><script>alert(1)</script>]]></description>
<pubDate>Wed, 25 Nov 2026 10:00:00 +0300</pubDate></item>
<item><title>Tarihsiz</title><link>https://haber.example/yazi/2</link>
<guid>https://haber.example/yazi/2</guid></item>
<item><title>Türkçe tarih</title><link>https://haber.example/3</link>
<pubDate>Çar, 25 Kas 2026 09:30:00 +0300</pubDate></item>
</channel></rss>"""


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-9", "windows-1254", "utf-16"])
def test_a_feed_in_any_encoding(encoding: str) -> None:
    body = RSS.format(encoding=encoding).encode(encoding)
    found = take("rss", body, url="https://haber.example/feed")
    assert fields(found, "title", "text", "url", "native_id") == [
        ("Çay & şeker", "Işıl güzel", "https://haber.example/yazi/1", "haber.example 42"),
        (None, "Tarihsiz", "https://haber.example/yazi/2", None),
        (None, "Türkçe tarih", "https://haber.example/3", None),
    ]
    times = [report.published_at for report in found.reports]
    assert times == [datetime(2026, 11, 25, 7, tzinfo=UTC), AT, datetime(2026, 11, 25, 6, 30, tzinfo=UTC)]
    assert (found.undated, {report.language for report in found.reports}) == ([1], {"tr"})


def test_a_broken_feed_gives_what_can_be_had() -> None:
    cut = RSS.format(encoding="utf-8").replace("&amp;amp;", "&").encode()[:-60]
    found = take("rss", cut, url="https://haber.example/feed")
    assert len(found.reports) >= 2
    assert ("", "malformed") in whys(found)
    assert whys(take("rss", b"<html><body>404</body></html>")) == [("", "no_feed")]
    assert whys(take("rss", b"")) == [("", "no_feed")]


def test_atom_and_json_feeds() -> None:
    atom = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>B</title><entry><id>tag:a.example,2026:1</id>
    <title type="html">&lt;b&gt;K&lt;/b&gt;</title><link rel="alternate" href="https://a.example/1"/>
    <updated>2026-11-20T10:00:00Z</updated><author><name>Ali</name></author>
    <content type="html">&lt;p&gt;uzun&lt;/p&gt;</content></entry></feed>"""
    found = take("rss", atom)
    assert fields(found, "native_id", "title", "text", "author_name") == [
        ("tag:a.example,2026:1", "K", "uzun", "Ali")
    ]
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"id": "1", "content_html": "<p>a</p>", "date_published": "2026-11-20T10:00:00Z"}],
    }
    assert fields(take("rss", told), "source", "kind", "text", "native_id") == [("rss", "article", "a", "1")]


@pytest.mark.parametrize(
    ("told", "stars", "native"),
    [
        ({"review_id": "r1", "rating": 4, "body": "iyi"}, 4.0, "r1"),
        ({"id": 7, "rating": "8,5", "text": "iyi"}, 4.25, "7"),
        ({"id": "7", "puan": 90, "yorum": "iyi"}, 4.5, "7"),
        ({"id": "7", "starRating": 4, "stars": "FIVE", "comment": "iyi"}, 5.0, "7"),
        ({"id": "7", "rating": 3, "best_rating": 10, "text": "x"}, 1.5, "7"),
    ],
)
def test_reviews_of_any_sender(told: dict[str, Any], stars: float, native: str) -> None:
    found = take("generic", {"reviews": [{**told, "date": "2026-11-20"}]})
    assert fields(found, "kind", "stars", "native_id", "platform") == [("review", stars, native, "review")]


def test_a_generic_sender_s_own_names() -> None:
    aliases = {
        "text": "payload.words",
        "native_id": "payload.key",
        "platform": "=forum",
        "published_at": "at",
    }
    told = {"at": 1700000000, "payload": {"words": "selam", "key": 12}}
    found = take("generic", told, aliases={**aliases, "source": "=Trust Pilot"})
    assert fields(found, "text", "native_id", "platform", "source") == [
        ("selam", "12", "forum", "trust_pilot")
    ]


def test_what_has_no_id_and_no_time_is_known_by_its_words() -> None:
    first, same, other = take("generic", [{"text": "süper"}, {"text": "süper"}, {"text": "kötü"}]).reports
    assert (first.native_id or "").startswith("said ")
    assert first.native_id == same.native_id != other.native_id


def test_a_broken_chunk_costs_only_itself() -> None:
    whole = json.dumps({"chunk_type": "CT_RESULT", "chunk_result": {"data": {"data": RESULT}}})
    found = take("talkwalker", whole + whole.replace('"chunk_result":', '"chunk_result"') + whole)
    assert (len(found.reports), whys(found)) == (2, [("[1]", "json")])


@pytest.mark.parametrize(
    ("told", "source"),
    [
        ({"results": [{"resourceId": "1", "snippet": "a", "added": "2026-01-01"}]}, "brandwatch"),
        ({"result_content": {"data": [{"data": RESULT}]}}, "talkwalker"),
        ({"mentions": [{"id": "1", "original_url": "https://a.example", "description": "a"}]}, "mention"),
        ({"data": {"id": "1494321", "text": "a", "author_id": "1"}}, "x"),
        (
            {
                "kind": "Listing",
                "data": {"children": [{"kind": "t3", "data": {"name": "t3_a", "title": "a"}}]},
            },
            "reddit",
        ),
        ({"mentions": [{"text": "a"}]}, "generic"),
    ],
)
def test_generic_recognises_known_shapes(told: dict[str, Any], source: str) -> None:
    assert [report.source for report in take("generic", told).reports] == [source]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a < b > c", "a < b > c"),
        ("<div>a<div>b</div></div>", "a\nb"),
        ("<script>x</SCRIPT >y", "y"),
        ("<!-- x --><b", "<b"),
        ("<style>p{}", ""),
        ("<img alt='x'>&#304;yi", "İyi"),
        ("I <love> it", "I <love> it"),
    ],
)
def test_text_out_of_markup(html: str, text: str) -> None:
    assert plain(html) == text


def test_times_of_every_writing() -> None:
    told: Any
    same = datetime(2026, 11, 20, 7, tzinfo=UTC)
    for told in (
        "2026-11-20T10:00:00+0300",
        "2026-11-20 07:00",
        "Fri, 20 Nov 2026 07:00:00 GMT",
        "20.11.2026 07:00:00",
    ):
        assert moment(told, AT) == same, told
    for told in (
        same.timestamp(),
        same.timestamp() * 1000,
        str(int(same.timestamp())),
        same.timestamp() * 1e6,
    ):
        assert moment(told, AT) == same, told
    for told in (None, True, -1, 0, "", "yarın", "2126-01-01", [], float("nan"), 10**30, "9" * 16):
        assert moment(told, AT) is None, told


def test_documents_are_stepped_over_where_they_are_broken() -> None:
    found = Found(AT)
    body = b'{"a": 1}{"b": 2}\n{broken\n[3]\n' + b'"' + b"\\ud800" + b'"'
    assert [value for _, value in documents(body, found)] == [{"a": 1}, {"b": 2}, [3], "\ud800"]
    assert whys(found) == [("[2]", "json")]


NAMES = (
    *("results", "data", "result_content", "chunk_type", "chunk_result", "mentions", "entry"),
    *("changes", "field", "value"),
    *("object", "kind", "children", "replies", "items", "snippet", "id", "name", "text", "title"),
    *("url", "date", "published_at"),
    *("sentiment", "stars", "tags", "errors", "error", "includes", "users", "author", "from"),
    *("media", "time", "topLevelComment"),
    *("pageType", "source_type", "version"),
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(NAMES) | st.text(max_size=3),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25, deadline=None)
@given(told=_JSON)
def test_no_json_breaks_a_reader(kind: str, told: Any) -> None:
    found = read(kind, json.dumps(told).encode(), AT)
    assert found.failed >= len(found.faults)
    for report in found.reports:
        assert report.published_at <= AT + timedelta(days=1)
        said = [value for value in structs.astuple(report) if isinstance(value, str)]
        assert all(is_storable(value) for value in [*said, *report.tags])


@pytest.mark.parametrize("kind", ["rss", "x", "generic"])
@settings(max_examples=25, deadline=None)
@given(
    body=st.binary(max_size=200), lead=st.sampled_from([b"", b"<rss>", b"{", b'{"data":', b"<feed><entry>"])
)
def test_no_bytes_break_a_reader(kind: str, body: bytes, lead: bytes) -> None:
    assert len(read(kind, lead + body, AT).reports) <= 200


@pytest.mark.parametrize(
    "hostile", ["[" * 100_000, '{"a":' * 50_000, "<b" * 50_000, "<!--" * 50_000, "<script>" * 20_000]
)
def test_hostile_bodies_are_read_in_time(hostile: str) -> None:
    for kind in ("generic", "reddit"):
        read(kind, hostile.encode(), AT)
    plain(hostile)


def test_a_feed_of_open_tags_alone_is_not_read() -> None:
    assert whys(take("rss", b"<rss><channel><item><title>" + b"<a>" * 100_000)) == [("", "too_deep")]
