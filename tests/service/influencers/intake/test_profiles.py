"""What rows of influencers say beside their figures."""

from decimal import Decimal

import pytest

from service.influencers.intake.rows import Rate
from tests.service.imports.files import take


def test_prices_are_rates_by_format_with_their_currency() -> None:
    taken = take(
        "username;Gönderi Ücreti (TL);Hikaye Ücreti;Reels fiyatı;Video Ücreti (USD)\n"
        "a_1;12.500;5.000 TL;€750;\n"
        "b_2;-;;;1.250,50\n"
    )
    assert [each.rates for each in taken.records] == [
        (
            Rate("post", Decimal(12500), "TRY"),
            Rate("story", Decimal(5000), "TRY"),
            Rate("reel", Decimal(750), "EUR"),
        ),
        (Rate("video", Decimal("1250.5"), "USD"),),
    ]


def test_lists_come_from_several_columns_each_entry_once() -> None:
    taken = take("username,category_1,category_2\na_1,Fashion,Modeling\nb_2,Fashion,Fashion\nc_3,,\n")
    assert [each.categories for each in taken.records] == [("Fashion", "Modeling"), ("Fashion",), ()]


def test_a_location_gives_city_and_country_and_columns_of_their_own_win() -> None:
    taken = take("username;Konum;Ülke\na_1;İzmir, Türkiye;\nb_2;Berlin, Germany;Avusturya\nc_3;Ankara;\n")
    assert [(each.city, each.country) for each in taken.records] == [
        ("TR-35", "TR"),
        ("Berlin", "AT"),
        ("TR-06", "TR"),
    ]


@pytest.mark.parametrize(
    ("row", "identity", "platform"),
    [
        ("UC_x5XG1OV2P6uZZ5FSM9Ttw,,Google,", "platform_id", "youtube"),
        (",https://www.tiktok.com/@nasa,NASA,", "handle", "tiktok"),
        (",,NASA,instagram", "name", "instagram"),
        (",https://x.com/nasa,NASA,instagram", "handle", "x"),
    ],
)
def test_an_account_is_known_by_the_best_there_is(row: str, identity: str, platform: str) -> None:
    others = "UCaaaaaaaaaaaaaaaaaaaaaa,https://youtube.com/@a,A,youtube\n" * 3
    taken = take(f"channel id,profile link,name,platform\n{others}{row}\n")
    assert (taken.records[-1].identity, taken.records[-1].platform) == (identity, platform)


@pytest.mark.parametrize("url", ["http://127.0.0.1/a.png", "http://localhost/a.png", "file:///etc/passwd"])
def test_a_picture_inside_the_network_is_rejected(url: str) -> None:
    taken = take(
        f"username,avatar\na_1,https://cdn.example.com/a.png\nb_2,https://cdn.example.com/b.png\nc_3,{url}\n"
    )
    assert taken.reasons() == [(4, "not_a_url")]


def test_an_api_record_with_accounts_makes_a_row_for_each() -> None:
    record = (
        '{"name": "Ayşe Öz", "country": "TR", "categories": ["moda"], "accounts": ['
        '{"platform": "instagram", "handle": "ayse", "followers": 1200, "avg_likes": 90.5},'
        '{"platform": "tiktok", "handle": "ayset", "followers": 800, "avg_likes": 12}]}'
    )
    taken = take(f'{{"data": [{record}], "next_cursor": null, "has_more": false}}')
    found = [
        (each.row, each.name, each.platform, each.handle, each.followers, each.avg_likes)
        for each in taken.records
    ]
    assert found == [
        (1, "Ayşe Öz", "instagram", "ayse", 1200, 90.5),
        (1, "Ayşe Öz", "tiktok", "ayset", 800, 12),
    ]
