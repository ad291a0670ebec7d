"""Which column is which field: headers in two languages, content against headers, twins, rivals, mappings."""

import pytest

from service.imports.rejects import Unreadable
from tests.service.imports.files import Taken, take


def _sheet(*rows: str, **options: object) -> Taken:
    return take("\n".join(rows), **options)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Followers", "followers"),
        ("#Followers", "followers"),
        ("Follower Count", "followers"),
        ("Takipçi Sayısı", "followers"),
        ("TAKİPÇİ", "followers"),
        ("Abone sayısı", "followers"),
        ("Subscribers count", "followers"),
        ("\nFollowers", "followers"),
        ("followers_count", "followers"),
        ("Total followers", "followers"),
        ("Takip Edilen", "following"),
        ("#Followees", "following"),
        ("Gönderi Sayısı", "posts_count"),
        ("mediaCount", "posts_count"),
        ("Views (Avg.)", "avg_views"),
        ("Ortalama İzlenme", "avg_views"),
        ("Likes avg", "avg_likes"),
        ("avg_likes", "avg_likes"),
        ("Ort. Beğeni", "avg_likes"),
        ("Average comments per post", "avg_comments"),
        ("Shares avg.", "avg_shares"),
        ("Engagement average\r\n", "avg_engagements"),
        ("Eng. (Avg.)", "avg_engagements"),
        ("Authentic engagement Values \n", "avg_engagements_authentic"),
        ("Eng. (Auth.)", "avg_engagements_authentic"),
    ],
)
def test_counts_by_header(header: str, field: str) -> None:
    rows = [f"hesap_{number},{number}500" for number in range(1, 9)]
    assert _sheet(f'Kullanıcı adı,"{header}"', *rows).field(header) == field


@pytest.mark.parametrize(
    ("header", "cells", "field"),
    [
        ("60_day_eng_rate", ["1.39%", "0.02%"], "engagement_rate"),
        ("ER", ["1.39%", "0.5%"], "engagement_rate"),
        ("etkilesim", ["6.2", "3.1"], "engagement_rate"),
        ("Etkileşim", ["12500", "9800"], "avg_engagements"),
        ("Ülke", ["Türkiye", "Almanya"], "country"),
        ("Audience country(mostly)", ["India", "Brazil"], "audience_country"),
        ("Şehir", ["İzmir", "Ankara"], "city"),
        ("Konum", ["İzmir / Türkiye", "Berlin, Germany"], "location"),
        ("category_2", ["Moda", "Oyun"], "categories"),
        ("Sektör", ["Kozmetik", "Gıda"], "categories"),
        ("Dil", ["Türkçe", "en"], "languages"),
        ("Onaylı Hesap", ["Evet", "Hayır"], "verified"),
        ("Biyografi", ["gezgin", "anne"], "bio"),
        ("E-posta", ["a@b.co", "c@d.co"], "email"),
        ("Mecra", ["Instagram", "YouTube"], "platform"),
        ("Son güncelleme", ["01.02.2024", "13.02.2024"], "as_of"),
        ("Profil Linki", ["https://instagram.com/a", "https://instagram.com/b"], "profile"),
        ("Menajer", ["Ali", "Veli"], "manager"),
        ("Reels Ücreti (TL)", ["12.500", "9.000"], "rates"),
        ("tip", ["🔴 MEGA (1M+)", "🟢 NANO (1K – 10K)"], None),
        ("Tier", ["10B–50B", "50B–100B"], None),
        ("S.no", ["1", "2"], None),
        ("Fake followers %", ["12%", "9%"], None),
        ("Followers growth", ["120", "90"], None),
        ("Total likes", ["9000000", "800"], None),
        ("Influence score", ["92", "91"], None),
    ],
)
def test_other_fields_by_header_and_content(header: str, cells: list[str], field: str | None) -> None:
    rows = [f"hesap_{number};{cell}" for number, cell in enumerate(cells * 3)]
    assert _sheet(f"username;{header}", *rows).field(header) == field


@pytest.mark.parametrize(
    ("headers", "handle", "name"),
    [
        (("Tiktoker name", "Tiktok name"), 0, 1),
        (("Instagram Name", "Name"), 0, 1),
        (("Name", "Instagram name"), 0, 1),
        (("channel name", "youTuber"), 0, 1),
        (("Kullanıcı Adı", "Ad Soyad"), 0, 1),
        (("Ad", "Hesap"), 1, 0),
        (("Influencer", "Username"), 1, 0),
    ],
)
def test_handle_and_name_are_told_apart_by_content(headers: tuple[str, str], handle: int, name: int) -> None:
    people = [("khaby.lame", "Khabane Lame"), ("jypestraykids", "Stray Kids"), ("addisonre", "Addison Rae")]
    people += [("therock", "The Rock"), ("zach_king", "Zach King 🎬"), ("bts_bighit", "방탄소년단")]
    rows = [",".join(pair if handle == 0 else reversed(pair)) for pair in people]
    taken = _sheet(",".join(headers), *rows)
    assert taken.field(headers[handle]) == "handle"
    assert taken.field(headers[name]) == "name"
    assert [(each.handle, each.name) for each in taken.records] == people


def test_a_column_for_each_platform_makes_an_account_each() -> None:
    taken = _sheet(
        "Ad Soyad;Instagram;TikTok Kullanıcı Adı;X Kullanıcı Adı",
        "Ayşe Işık;@ayse.isik;@ayseisik;",
        "Can Öz;;@canoz;@can_oz",
        "Ece Su;@ece.su;;@ecesu",
    )
    assert [(each.row, each.platform, each.handle) for each in taken.records] == [
        (2, "instagram", "ayse.isik"),
        (2, "tiktok", "ayseisik"),
        (3, "tiktok", "canoz"),
        (3, "x", "can_oz"),
        (4, "instagram", "ece.su"),
        (4, "x", "ecesu"),
    ]


def test_a_list_of_json_is_no_number() -> None:
    lines = [f'{{"handle": "hesap_{at}", "categories": ["moda", "kahve"]}}' for at in range(3)]
    taken = _sheet(*lines)
    assert taken.field("categories") == "categories"
    assert {each.categories for each in taken.records} == {("moda", "kahve")}


def test_an_account_without_a_handle_is_known_by_its_name() -> None:
    taken = _sheet(
        "youtuber name,channel name", "tseries,T-Series", "setindia,SET India", "Like Nastya,Like Nastya"
    )
    last = taken.records[-1]
    assert (last.identity, last.handle, last.name) == ("name", None, "Like Nastya")
    assert not taken.rejects


def test_a_column_that_contradicts_its_header_is_flagged_and_not_imported() -> None:
    countries = ["India", "Brazil", "Türkiye", "Germany"] * 3
    rows = [f"chan_{number},{country},{number}K" for number, country in enumerate(countries)]
    taken = _sheet("handle,Views avg.,Followers", *rows)
    assert (taken.field("Views avg."), taken.warning("Views avg.")) == (None, "content_contradicts_header")
    assert all(each.avg_views is None for each in taken.records)
    assert len(taken.records) == 12


@pytest.mark.parametrize("exact_first", [True, False])
def test_of_twins_the_exact_one_wins_and_the_other_fills_its_gaps(exact_first: bool) -> None:
    rows = [
        ("a1", "483.1M", "483123456"),
        ("b2", "12.5K", "12481"),
        ("c3", "1.1K", "#VALOR!"),
        ("d4", "N/A", "#VALOR!"),
    ]
    cells = [
        (handle, exact, short) if exact_first else (handle, short, exact) for handle, short, exact in rows
    ]
    taken = _sheet("handle,Followers,Followers", *(",".join(row) for row in cells))
    assert [each.followers for each in taken.records] == [483123456, 12481, 1100, None]
    fields = [column.field for column in taken.intake.columns]
    assert fields == ["handle", "followers", None] if exact_first else ["handle", None, "followers"]


def test_the_exact_twin_wins_under_a_less_plain_header() -> None:
    taken = _sheet("handle,Engagement avg,Engagement avg exact Values", "a_1,1.1K,1149", "b_2,2K,1980")
    assert [each.avg_engagements for each in taken.records] == [1149, 1980]


def test_rivals_that_are_no_twins_leave_the_surer_one() -> None:
    taken = _sheet("handle,avg likes,new post avg like", "a_1,10,500", "b_2,20,7", "c_3,30,90")
    assert [each.avg_likes for each in taken.records] == [10, 20, 30]
    assert taken.warning("new post avg like") == "rival"


def test_likes_of_all_posts_together_are_no_average() -> None:
    taken = _sheet("handle,followers,likes", "a_1,100,90000", "b_2,200,80000", "c_3,300,99000")
    assert (taken.field("likes"), taken.warning("likes")) == (None, "looks_different")


def test_a_sheet_with_a_column_for_each_platform_makes_an_account_each() -> None:
    taken = _sheet(
        "Ad Soyad;Instagram;Instagram Takipçi;TikTok;TikTok Takipçi;YouTube;Şehir;Etkileşim Oranı",
        "Ayşe Öz;@ayse;12,5 B;@ayset;1,2 Mn;https://youtube.com/@aysetv;İzmir;%3,2",
        "Ali Can;ali.can;5.500;-;;;Ankara;%1,1",
    )
    found = [
        (each.row, each.platform, each.handle, each.followers, each.engagement_rate) for each in taken.records
    ]
    assert found == [
        (2, "instagram", "ayse", 12_500, 0.032),
        (2, "tiktok", "ayset", 1_200_000, None),
        (2, "youtube", "aysetv", None, None),
        (3, "instagram", "ali.can", 5_500, 0.011),
    ]
    assert {each.city for each in taken.records} == {"TR-35", "TR-06"}


def test_followers_by_platform_without_handles_are_accounts_by_name() -> None:
    taken = _sheet("Ad Soyad,Instagram,TikTok", "Ayşe Öz,12500,3400", "Ali Can,900,")
    assert [(each.platform, each.name, each.followers) for each in taken.records] == [
        ("instagram", "Ayşe Öz", 12_500),
        ("tiktok", "Ayşe Öz", 3_400),
        ("instagram", "Ali Can", 900),
    ]


def test_the_header_may_stand_below_titles_and_blank_rows() -> None:
    rows = ["Influencer listemiz;;", ";;", "Hazırlayan: Ajans;;", "İsim;Hesap;Takipçi", "Ayşe Öz;@ayse;1.200"]
    taken = _sheet(*rows)
    assert (taken.intake.header_row, taken.records[0].row, taken.records[0].followers) == (4, 5, 1_200)


def test_a_table_without_header_is_recognised_by_content() -> None:
    taken = _sheet("@nasa,https://instagram.com/nasa,US", "@esa,https://instagram.com/esa,FR", "@jaxa,,JP")
    assert [(each.handle, each.platform, each.country) for each in taken.records] == [
        ("nasa", "instagram", "US"),
        ("esa", "instagram", "FR"),
        ("jaxa", "other", "JP"),
    ]
    assert all(column.confidence < 0.7 for column in taken.intake.columns)
    assert "no_header" in [warning.code for warning in taken.intake.warnings]


def test_a_bare_list_of_handles_is_one() -> None:
    assert [each.handle for each in _sheet("nasa", "esa", "jaxa_official").records] == [
        "nasa",
        "esa",
        "jaxa_official",
    ]


def test_units_in_the_header_count() -> None:
    taken = _sheet("handle,Followers (millions),Takipçi (bin)", "a_1,1.5,1500", "b_2,0.7,700")
    assert [each.followers for each in taken.records] == [1_500_000, 700_000]


def test_a_mapping_wins_over_everything() -> None:
    rows = ["kim,kaç,neresi,likes", "ayse_1,1200,Türkiye,9", "ali_2,900,Almanya,8"]
    taken = _sheet(*rows, mapping={"KİM": "handle", "2": "followers", "neresi": "country", "likes": None})
    assert [(each.handle, each.followers, each.country, each.avg_likes) for each in taken.records] == [
        ("ayse_1", 1200, "TR", None),
        ("ali_2", 900, "DE", None),
    ]
    assert taken.warning("likes") == "ignored"


def test_a_mapping_may_give_a_constant() -> None:
    taken = _sheet("Followers", "1200", "1300", mapping={"=@ourbrand": "handle", "=instagram": "platform"})
    assert [(each.handle, each.platform) for each in taken.records] == [("ourbrand", "instagram")] * 2


@pytest.mark.parametrize(
    "mapping", [{"yok": "handle"}, {"a": "no_such_field"}, {"=x": "no_such_field"}, {"a": "tier"}]
)
def test_a_mapping_of_what_there_is_not_is_refused(mapping: dict[str, str]) -> None:
    with pytest.raises(Unreadable) as caught:
        _sheet("a,b", "x,y", mapping=mapping)
    assert caught.value.code == "bad_mapping"


def test_row_order_changes_no_decision() -> None:
    rows = [f"u_{number},User {number},{number}.5K,{number * 1000 + 500},India" for number in range(1, 40)]
    header = "Tiktoker,influencer name,Subscribers,Subscribers,Country"
    one, other = _sheet(header, *rows), _sheet(header, *reversed(rows))
    assert [column.field for column in one.intake.columns] == [
        column.field for column in other.intake.columns
    ]
