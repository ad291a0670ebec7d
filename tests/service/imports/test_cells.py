"""One cell to one value, with tables of what sheets really hold, and round trips."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.imports.cells.dates import read_date, read_moment
from service.imports.cells.handles import find_profile, read_handle
from service.imports.cells.missing import is_missing
from service.imports.cells.numbers import read_amount, read_count, read_rate
from service.imports.cells.places import read_city, read_country
from service.imports.cells.platforms import read_platform
from service.imports.cells.prices import Price, read_price
from service.imports.cells.style import Style, observe
from service.imports.cells.texts import (
    read_boolean,
    read_email,
    read_languages,
    read_list,
    read_name,
    read_phone,
    read_url,
)
from service.imports.rejects import REASONS, Unfit

PLAIN, COMMA = Style(), Style(decimal=",")
BIN = Style(decimal=",", b_thousand=True)


@pytest.mark.parametrize(
    ("cell", "style", "value"),
    [
        ("483.1M", PLAIN, 483_100_000),
        ("483100000", PLAIN, 483_100_000),
        ("483100000.00", PLAIN, 483_100_000),
        ("29.0b", PLAIN, 29_000_000_000),
        ("0.89k", PLAIN, 890),
        ("348.5", PLAIN, 348.5),
        ("1,2 Mn", PLAIN, 1_200_000),
        ("1,2 Milyon", PLAIN, 1_200_000),
        ("2,5 milyar", PLAIN, 2_500_000_000),
        ("12 bin", PLAIN, 12_000),
        ("12 B", BIN, 12_000),
        ("12,5B", BIN, 12_500),
        ("12 B", PLAIN, 12_000_000_000),
        ("1.234.567", PLAIN, 1_234_567),
        ("1,234,567", PLAIN, 1_234_567),
        ("1 234 567", PLAIN, 1_234_567),
        ("1\u00a0234\u202f567", PLAIN, 1_234_567),
        ("1'234'567", PLAIN, 1_234_567),
        ("1.234.567,89", PLAIN, 1_234_567.89),
        ("1,234,567.89", PLAIN, 1_234_567.89),
        ("1.234", PLAIN, 1_234),
        ("1,234", PLAIN, 1_234),
        ("1.234", Style(decimal="."), 1.234),
        ("1.234K", PLAIN, 1_234),
        ("4,8E+08", COMMA, 480_000_000),
        ("4.831e8", PLAIN, 483_100_000),
        ("~12K", PLAIN, 12_000),
        ("500K+", PLAIN, 500_000),
        ("12.5K followers", PLAIN, 12_500),
        ("1,2 Mn takipçi", PLAIN, 1_200_000),
        ("１２３４", PLAIN, 1_234),
        ("'12345", PLAIN, 12_345),
        ('="1200"', PLAIN, 1_200),
        ("12", Style(scale=3), 12_000),
        ("1.2M", Style(scale=3), 1_200_000),
        (" 0 ", PLAIN, 0),
        (12.0, PLAIN, 12),
        (3, PLAIN, 3),
    ],
)
def test_amounts(cell: object, style: Style, value: float) -> None:
    assert read_amount(cell, style) == value


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("India", "not_a_number"),
        ("10K - 50K", "not_a_number"),
        ("10B–50B", "not_a_number"),
        ("🔴 1. MEGA (1M+ takipçi)", "not_a_number"),
        ("1.2.3,4,5", "not_a_number"),
        ("12 elma", "not_a_number"),
        ("5%", "not_a_number"),
        ("-5", "negative"),
        (-5, "negative"),
        ("9" * 30, "too_large"),
        ("1e99", "too_large"),
        (float("inf"), "not_a_number"),
        (True, "not_a_number"),
        ("1" * 70, "not_a_number"),
    ],
)
def test_what_is_no_amount(cell: object, reason: str) -> None:
    with pytest.raises(Unfit) as caught:
        read_amount(cell, PLAIN)
    assert caught.value.reason == reason


def test_a_count_is_whole() -> None:
    with pytest.raises(Unfit, match="not_whole"):
        read_count("348.5", PLAIN)


@pytest.mark.parametrize(
    ("cell", "percent", "value"),
    [
        ("1.39%", False, 0.0139),
        ("%1,39", False, 0.0139),
        ("% 4", False, 0.04),
        ("6.2", True, 0.062),
        ("0.027", False, 0.027),
        (0.0139, False, 0.0139),
        ("2,345%", False, 0.02345),
        ("100%", False, 1.0),
    ],
)
def test_rates(cell: object, percent: bool, value: float) -> None:
    assert read_rate(cell, Style(percent=percent)) == pytest.approx(value, abs=1e-12)


def test_a_rate_above_all_is_none() -> None:
    with pytest.raises(Unfit, match="not_a_rate"):
        read_rate("120%", PLAIN)


@given(st.integers(0, 10**12), st.sampled_from([".", ",", " ", "'"]))
def test_grouped_numbers_come_back(number: int, mark: str) -> None:
    assert read_count(f"{number:,}".replace(",", mark), PLAIN) == number


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_numbers_with_two_decimals_come_back_in_both_hands(whole: int, part: int) -> None:
    english = f"{whole:,}.{part:02d}"
    turkish = english.translate(str.maketrans(",.", ".,"))
    assert read_amount(english, PLAIN) == read_amount(turkish, COMMA) == pytest.approx(whole + part / 100)


@given(
    st.integers(1, 9999),
    st.sampled_from([("K", 3), ("M", 6), ("Mn", 6), ("B", 9), ("bin", 3), (" milyon", 6)]),
)
def test_shortened_numbers_come_back(tenths: int, unit: tuple[str, int]) -> None:
    suffix, power = unit
    expected = tenths * 10 ** (power - 1)
    assert read_amount(f"{tenths / 10:.1f}{suffix}", PLAIN) == expected
    assert read_amount(f"{tenths / 10:.1f}{suffix}".replace(".", ","), COMMA) == expected


@pytest.mark.parametrize(
    ("cells", "turkish", "style"),
    [
        (["1.234", "348.5"], False, Style(decimal=".")),
        (["1.234", "12.345.678"], False, Style(decimal=",")),
        (["12,5 B", "1,2 Mn"], False, Style(decimal=",", b_thousand=True)),
        (["12 B", "15 B"], True, Style(b_thousand=True)),
        (["12 B", "15 K"], True, Style()),
        (["29.0b", "3.4m"], False, Style(decimal=".")),
        (["03/25/2024", "01/02/2024"], False, Style(day_first=False)),
        (["25/03/2024", "01/02/2024"], False, Style()),
        ([], False, Style()),
    ],
)
def test_a_column_has_one_style(cells: list[str], turkish: bool, style: Style) -> None:
    assert observe(cells, turkish=turkish) == style


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2022-11-03", date(2022, 11, 3)),
        ("2022/11/03", date(2022, 11, 3)),
        ("03.11.2022", date(2022, 11, 3)),
        ("3/11/22", date(2022, 11, 3)),
        ("3 Nov 2022", date(2022, 11, 3)),
        ("November 3rd, 2022", date(2022, 11, 3)),
        ("3 Kasım 2022", date(2022, 11, 3)),
        ("KASIM 2022", date(2022, 11, 1)),
        ("Ağustos 2022", date(2022, 8, 1)),
        ("Şub 2022", date(2022, 2, 1)),
        ("2022-11", date(2022, 11, 1)),
        ("20221103", date(2022, 11, 3)),
        ("44868", date(2022, 11, 3)),
        (44868, date(2022, 11, 3)),
        ("1667433600", date(2022, 11, 3)),
        (1667433600000, date(2022, 11, 3)),
        ("2022-11-03T10:00:00+0000", date(2022, 11, 3)),
    ],
)
def test_dates(cell: object, day: date) -> None:
    assert read_date(cell, PLAIN) == day


def test_moments_keep_their_zone() -> None:
    expected = datetime(2022, 11, 3, 7, 5, tzinfo=UTC)
    for cell in (
        "2022-11-03T10:05:00+03:00",
        "03.11.2022 07:05",
        "2022-11-03 07:05:00Z",
        "Nov 3, 2022 7:05 AM",
    ):
        assert read_moment(cell, PLAIN) == expected


@pytest.mark.parametrize(
    "cell", ["31.02.2022", "13/13/2022", "gün", "1800-01-01", "11 hours", "", True, "99999999999999"]
)
def test_what_is_no_date(cell: object) -> None:
    with pytest.raises(Unfit, match="not_a_date"):
        read_date(cell, PLAIN)


@given(
    st.dates(date(1990, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%Y%m%d"]),
)
def test_dates_come_back(day: date, form: str) -> None:
    assert read_date(day.strftime(form), PLAIN) == day


@pytest.mark.parametrize(
    "cell",
    [
        "",
        " ",
        "-",
        "–",
        "N/A",
        "n/a",
        "N/A'",
        "#VALOR!",
        "#DEĞER!",
        "#N/A",
        "#DIV/0!",
        "#NAME?",
        "null",
        "None",
        "NaN",
        "NaN%",
        "yok",
        "Bilinmiyor",
        "—",
        None,
        float("nan"),
        [],
        {},
    ],
)
def test_missing(cell: object) -> None:
    assert is_missing(cell)


@pytest.mark.parametrize("cell", ["0", 0, False, "x", "nadia", "#moda", "#1", "N/A'ya", "-5", "@yok", "no"])
def test_not_missing(cell: object) -> None:
    assert not is_missing(cell)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Türkiye", "TR"),
        ("TÜRKİYE", "TR"),
        ("turkey", "TR"),
        ("TUR", "TR"),
        ("United States", "US"),
        ("USA", "US"),
        ("Amerika Birleşik Devletleri", "US"),
        ("İngiltere", "GB"),
        ("South Korea", "KR"),
        ("Russia", "RU"),
        ("Rusya", "RU"),
        ("Côte d'Ivoire", "CI"),
        ("Almanya", "DE"),
        ("de", "DE"),
        ("Czech Republic", "CZ"),
        ("Bosnia & Herzegovina", "BA"),
        ("🇩🇪", "DE"),
        ("Germany (mostly)", "DE"),
    ],
)
def test_countries(cell: str, code: str) -> None:
    assert read_country(cell) == code


@pytest.mark.parametrize("cell", ["Narnia", "12", "Europe", "", "XX", 5])
def test_what_is_no_country(cell: object) -> None:
    with pytest.raises(Unfit, match="not_a_country"):
        read_country(cell)


@pytest.mark.parametrize(
    ("cell", "city"),
    [
        ("İSTANBUL", "TR-34"),
        ("istanbul", "TR-34"),
        ("Istanbul/Kadıköy", "TR-34"),
        ("Urfa", "TR-63"),
        ("ığdır", "TR-76"),
        ("TR-06", "TR-06"),
        ("K. Maraş", "K. Maraş"),
        ("Paris", "Paris"),
    ],
)
def test_cities(cell: str, city: str) -> None:
    assert read_city(cell) == city


@pytest.mark.parametrize(
    ("cell", "handle", "platform", "platform_id"),
    [
        ("@khaby.lame", "khaby.lame", None, None),
        ("khaby.lame", "khaby.lame", None, None),
        (433, "433", None, None),
        ("https://www.instagram.com/nasa/?hl=tr", "nasa", "instagram", None),
        ("instagram.com/nasa", "nasa", "instagram", None),
        ("https://www.tiktok.com/@nasa/video/7", "nasa", "tiktok", None),
        ("https://m.youtube.com/@nasa", "nasa", "youtube", None),
        ("https://www.youtube.com/c/NASA/videos", "NASA", "youtube", None),
        ("https://youtube.com/channel/UC_x5XG1OV2P6uZZ5FSM9Ttw", None, "youtube", "UC_x5XG1OV2P6uZZ5FSM9Ttw"),
        ("https://twitter.com/nasa", "nasa", "x", None),
        ("x.com/nasa", "nasa", "x", None),
        ("https://www.facebook.com/profile.php?id=1000123", None, "facebook", "1000123"),
        ("https://tr.linkedin.com/in/ay%C5%9Fe-%C3%B6z", "ayşe-öz", "linkedin", None),
        ("https://tr.pinterest.com/nasa/", "nasa", "pinterest", None),
        ("https://www.twitch.tv/nasa", "nasa", "twitch", None),
        ("@서은일상이야기", "서은일상이야기", None, None),
    ],
)
def test_handles(cell: object, handle: str | None, platform: str | None, platform_id: str | None) -> None:
    found = read_handle(cell)
    assert (found.handle, found.platform, found.platform_id) == (handle, platform, platform_id)


@pytest.mark.parametrize(
    "cell",
    [
        "Stray Kids",
        "✿ Kids Diana Show",
        "서은일상이야기",
        "https://example.com/a",
        "https://instagram.com/p/Cx1/",
        "a b",
    ],
)
def test_what_is_no_handle(cell: str) -> None:
    with pytest.raises(Unfit, match="not_a_handle"):
        read_handle(cell)
    assert find_profile(cell) is None


@pytest.mark.parametrize(
    ("read", "cell", "value"),
    [
        (read_platform, "INSTAGRAM", "instagram"),
        (read_platform, "Twitter / X", "x"),
        (read_platform, "Instagram Reels", "instagram"),
        (read_list, "Moda, Güzellik; Yaşam", ("Moda", "Güzellik", "Yaşam")),
        (read_list, [{"name": "Beauty"}, {"name": "Beauty"}, "Food"], ("Beauty", "Food")),
        (read_list, "Music & Dance", ("Music & Dance",)),
        (read_languages, "Türkçe / İngilizce", ("tr", "en")),
        (read_languages, {"code": "tr", "name": "Turkish"}, ("tr",)),
        (read_languages, ["en-US", "Deutsch"], ("en", "de")),
        (read_boolean, "Evet", True),
        (read_boolean, "HAYIR", False),
        (read_boolean, 1.0, True),
        (read_email, "Ali <ali@example.com>", "ali@example.com"),
        (read_email, "a@b.co; c@d.co", "a@b.co"),
        (read_email, [{"type": "email", "value": "a@b.co"}], "a@b.co"),
        (read_phone, 905321234567, "905321234567"),
        (read_phone, "+90 (532) 123 45 67", "+90 (532) 123 45 67"),
        (read_url, "example.com/a?b=c", "https://example.com/a?b=c"),
        (read_name, " İbrahim\n Çelik ", "İbrahim Çelik"),
        (read_name, "????", None),
        (read_name, "TACHA????", "TACHA????"),
    ],
)
def test_texts(read, cell: object, value: object) -> None:
    assert read(cell) == value


@pytest.mark.parametrize(
    ("read", "cell"),
    [
        (read_platform, "Radyo"),
        (read_platform, "Instagram & TikTok"),
        (read_languages, "Marsça"),
        (read_boolean, "belki"),
        (read_email, "ali at example"),
        (read_phone, "sekreter"),
        (read_url, "not a link"),
        (read_name, "x" * 201),
        (read_name, ["a"]),
    ],
)
def test_what_does_not_fit_has_a_known_reason(read, cell: object) -> None:
    with pytest.raises(Unfit) as caught:
        read(cell)
    assert caught.value.reason in REASONS


@pytest.mark.parametrize(
    ("cell", "price"),
    [
        ("₺12.500", ("12500", "TRY")),
        ("1.250,50 TL", ("1250.5", "TRY")),
        ("$1,200", ("1200", "USD")),
        ("750", ("750", None)),
    ],
)
def test_prices(cell: str, price: tuple[str, str | None]) -> None:
    read = read_price(cell, PLAIN)
    assert read == Price(type(read.amount)(price[0]), price[1])
