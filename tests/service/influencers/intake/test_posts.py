"""Posts: figures, moments, ages, and to whom they belong."""

from datetime import UTC, date, datetime

import pytest

from service.influencers.intake.posts import POSTS
from tests.service.imports.files import take


def test_an_insights_export_of_one_account_takes_its_handle_from_the_mapping() -> None:
    content = (
        "Date,Impressions,From Hashtags,Saves,Comments,Shares,Likes,Profile Visits,Caption,Hashtags\r\n"
        "2021-12-10,3920,1028,98,9,5,162,35,Merhaba\u00a0dünya,#moda\u00a0#tarz\r\n"
        "2021-12-11,5394,1838,194,7,14,224,48,İkinci,#moda\r\n"
    ).encode("cp1254")
    taken = take(content, POSTS, filename="Instagram.csv", mapping={"=@marka": "handle"})
    first = taken.records[0]
    assert (first.handle, first.platform, first.published_at) == (
        "marka",
        "instagram",
        datetime(2021, 12, 10, tzinfo=UTC),
    )
    assert (first.impressions, first.saves, first.likes, first.hashtags) == (3920, 98, 162, ("moda", "tarz"))
    assert len(taken.records) == 2


def test_without_any_identity_the_file_says_so() -> None:
    taken = take("Date,Likes\n2021-12-10,5\n", POSTS)
    assert "no_identity_column" in [warning.code for warning in taken.intake.warnings]
    assert taken.reasons() == [(2, "no_identity")]


def test_an_age_counts_back_from_the_file_s_date() -> None:
    text = "USERNAME,Caption,Time since posted,Likes\na_1,x,11 hours,3\nb_2,y,2 gün önce,4\nc_3,z,3 weeks,5\n"
    taken = take(text, POSTS, as_of=date(2024, 3, 10))
    assert [each.published_at for each in taken.records] == [
        datetime(2024, 3, 9, 13, tzinfo=UTC),
        datetime(2024, 3, 8, tzinfo=UTC),
        datetime(2024, 2, 18, tzinfo=UTC),
    ]


def test_the_api_s_own_form() -> None:
    line = (
        '{"platform": "x", "handle": "a_1", "platform_id": "p9", "published_at": "2024-03-01T10:00:00Z", '
        '"format": "post", "caption": "c", "hashtags": ["moda"], "likes": 5, "replies": 2, "reposts": 1, '
        '"sponsored": true}'
    )
    post = take(line, POSTS).records[0]
    assert (post.post_id, post.replies, post.reposts, post.sponsored) == ("p9", 2, 1, True)
    assert (post.platform_id, post.identity, post.published_at) == (
        None,
        "handle",
        datetime(2024, 3, 1, 10, tzinfo=UTC),
    )


def test_posts_inside_their_account_get_its_handle() -> None:
    text = '{"username": "a_1", "posts": [{"id": "p1", "likes": 3}, {"id": "p2", "likes": 4}]}'
    assert [(each.handle, each.post_id, each.likes) for each in take(text, POSTS).records] == [
        ("a_1", "p1", 3),
        ("a_1", "p2", 4),
    ]


@pytest.mark.parametrize(
    ("header", "cells", "name", "value"),
    [
        ("Gönderi Tarihi", "01.03.2024", "published_at", datetime(2024, 3, 1, tzinfo=UTC)),
        ("create_time", "1709251200", "published_at", datetime(2024, 3, 1, tzinfo=UTC)),
        ("media_type", "CAROUSEL_ALBUM", "format", "carousel"),
        ("İzlenme", "1,2 Mn", "views", 1_200_000),
        ("Erişim", "12.500", "reach", 12_500),
        ("Kaydetme", "9", "saves", 9),
        ("Beğeni Sayısı", "1.250", "likes", 1_250),
        ("Post URL", "https://www.instagram.com/p/abc/", "post_url", "https://www.instagram.com/p/abc/"),
        ("Sponsorlu", "Evet", "sponsored", True),
    ],
)
def test_columns_of_posts(header: str, cells: str, name: str, value: object) -> None:
    taken = take(f"Kullanıcı Adı;Post ID;{header}\nayse_1;p1;{cells}\nali_2;p2;{cells}\n", POSTS)
    assert [getattr(each, name) for each in taken.records] == [value, value]


def test_a_post_that_nothing_tells_from_others_is_rejected() -> None:
    assert take("username,likes\na_1,5\n", POSTS).reasons() == [(2, "missing_value")]
