"""Audiences in the shapes that vendors write."""

import msgspec
import pytest

from service.influencers.intake.audiences import AUDIENCES
from service.influencers.intake.dimensions import list_in_path, read_code, share_in_header
from tests.service.imports.files import Taken, take


def _shares(taken: Taken, row: int = 0) -> dict[tuple[str, str], float]:
    return {(dimension, code): share for dimension, code, share in taken.records[row].shares}


def test_a_row_for_each_share() -> None:
    taken = take(
        "Kullanıcı adı,Boyut,Kod,Pay\n"
        "ayse_1,Ülke,Türkiye,%81\nayse_1,yaş,18–24,%30\nayse_1,Cinsiyet,Kadın,%64\n",
        AUDIENCES,
    )
    assert [each.shares for each in taken.records] == [
        (("country", "TR", 0.81),),
        (("age", "18-24", 0.3),),
        (("gender", "female", 0.64),),
    ]


def test_a_column_for_each_share() -> None:
    taken = take(
        "username;Kadın %;Erkek %;13-17;18-24 %;65+;Turkey;İstanbul;Sample size\n"
        "ayse_1;64,5;35,5;2,5;40;0,5;81;33;1200\n",
        AUDIENCES,
    )
    assert _shares(taken) == {
        ("gender", "female"): 0.645,
        ("gender", "male"): 0.355,
        ("age", "13-17"): 0.025,
        ("age", "18-24"): 0.4,
        ("age", "65+"): 0.005,
        ("country", "TR"): 0.81,
        ("city", "TR-34"): 0.33,
    }
    assert taken.records[0].sample_size == 1200


def test_lists_in_a_report() -> None:
    report = {
        "profile": {"username": "ayse_1"},
        "audience": {
            "genders": [{"code": "FEMALE", "weight": 0.6}, {"code": "MALE", "weight": 0.4}],
            "ages": [{"code": "65-", "weight": 0.01}],
            "geoCountries": [{"id": 174737, "name": "Turkey", "code": "TR", "weight": 0.7}],
            "geoCities": [{"name": "Istanbul", "weight": 0.2}],
            "gendersPerAge": [{"code": "18-24", "male": 0.1, "female": 0.2}],
            "audienceTypes": [{"code": "real", "weight": 0.9}],
        },
        "audience_likers": {"geoCountries": [{"code": "DE", "weight": 1.0}]},
    }
    assert _shares(take(msgspec.json.encode(report), AUDIENCES)) == {
        ("gender", "female"): 0.6,
        ("gender", "male"): 0.4,
        ("age", "65+"): 0.01,
        ("country", "TR"): 0.7,
        ("city", "TR-34"): 0.2,
    }


def test_shares_by_age_and_gender_together_add_up_to_each() -> None:
    report = {
        "username": "ayse_1",
        "audience_age_gender": {
            "data": {"13-17": {"male": 10, "female": 20}, "18-24": {"male": 30, "female": 40}}
        },
        "audience_languages": {"data": [{"title": "tr", "prc": 73.5}]},
    }
    assert _shares(take(msgspec.json.encode(report), AUDIENCES)) == pytest.approx(
        {
            ("age", "13-17"): 0.3,
            ("age", "18-24"): 0.7,
            ("gender", "male"): 0.4,
            ("gender", "female"): 0.6,
            ("language", "tr"): 0.735,
        }
    )


def test_the_api_s_own_form() -> None:
    line = {
        "platform": "instagram",
        "handle": "ayse",
        "sample_size": 10,
        "distributions": [{"dimension": "city", "code": "TR-34", "share": 0.5}],
    }
    taken = take(msgspec.json.encode(line), AUDIENCES)
    assert (taken.records[0].shares, taken.records[0].sample_size) == ((("city", "TR-34", 0.5),), 10)


def test_rows_without_shares_or_with_foreign_codes_are_rejected() -> None:
    taken = take(
        "username,dimension,code,share\na_1,country,TR,0.5\nb_2,country,Narnia,0.5\nc_3,country,TR,\nd_4,age,old,0.1\n",
        AUDIENCES,
    )
    assert taken.reasons() == [(3, "not_a_country"), (4, "missing_value"), (5, "not_a_code")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Female %", "gender:female"),
        ("Audience: Male", "gender:male"),
        ("Audience age 25-34 (%)", "age:25-34"),
        ("Yaş 45–54", "age:45-54"),
        ("65+", "age:65+"),
        ("Country: Germany", "country:DE"),
        ("audience.country.TR", "country:TR"),
        ("Ankara", "city:TR-06"),
        ("Followers", None),
        ("Username", None),
        ("Male per age 18-24", None),
        ("Engagement rate", None),
        ("2022-23", None),
    ],
)
def test_shares_in_headers(text: str, said: str | None) -> None:
    assert share_in_header(text) == said


@pytest.mark.parametrize(
    ("path", "dimension"),
    [
        ("a.audience_geo.data.countries", "country"),
        ("audience_interests", "interests"),
        ("audience.brandAffinity", "brand_affinity"),
        ("audience_likers.audience_ages", None),
        ("audienceReachability", None),
        ("hashtags", None),
    ],
)
def test_lists_in_paths(path: str, dimension: str | None) -> None:
    assert list_in_path(path) == dimension


@pytest.mark.parametrize(
    ("dimension", "cell", "code"),
    [
        ("age", "13 - 17", "13-17"),
        ("age", "65 ve üzeri", "65+"),
        ("gender", "K", "female"),
        ("gender", "Diğer", "other"),
        ("language", "Türkçe", "tr"),
        ("city", "İzmir", "TR-35"),
        ("interests", "Beauty & Cosmetics", "Beauty & Cosmetics"),
    ],
)
def test_codes(dimension: str, cell: str, code: str) -> None:
    assert read_code(dimension, cell) == code
