"""Files of followers: headers of several kinds, what can't be read, and the command that judges them."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.cli import elci
from service.imports.rejects import Unreadable
from service.influencers.samples.headers import field_of
from service.influencers.samples.reading import read_followers
from service.influencers.samples.values import profiles_of
from tests.service.imports.files import workbook

PLAIN = "handle,followers,following,posts,bio,private,profile pic\n"
REAL = "ece.yazar,800,300,150,kahve ve kitap,0,1\n"
FAKE = "user829301,2,5000,0,,0,0\n"


def read(text: str) -> object:
    return read_followers([text.encode()])


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("#followers", "followers"),
        ("userFollowerCount", "followers"),
        ("Takipçi Sayısı", "followers"),
        ("TAKİPÇİ", "followers"),
        ("#follows", "following"),
        ("Takip Edilen", "following"),
        ("userMediaCount", "posts"),
        ("Gönderi sayısı", "posts"),
        ("description length", "bio_length"),
        ("userBiographyLength", "bio_length"),
        ("Biyografi", "bio"),
        ("userHasProfilPic", "has_picture"),
        ("Profil fotoğrafı", "has_picture"),
        ("Gizli hesap", "is_private"),
        ("nums/length username", "digit_ratio"),
        ("name==username", "name_is_handle"),
        ("external URL", "has_link"),
        ("Kullanıcı Adı", "handle"),
        ("url", None),
        ("isFake", None),
        ("nums/length fullname", None),
        ("follower growth", None),
        (None, None),
    ],
)
def test_headers(header: object, field: str | None) -> None:
    assert field_of(header) == field


def test_the_shape_of_one_data_set() -> None:
    rows = [{"userFollowerCount": 10, "usernameDigitCount": 2, "usernameLength": 8, "userHasProfilPic": 1}]
    found = read(json.dumps(rows))
    assert found.rows == [1]
    made = profiles_of(found.profiles)
    assert (made.followers[0], made.digit_ratio[0], made.has_picture[0]) == (10, 0.25, 1)


def test_the_shape_of_the_other() -> None:
    found = read("profile pic,nums/length username,#followers,fake\n1,0.27,1000,0\n")
    made = profiles_of(found.profiles)
    assert (made.followers[0], made.digit_ratio[0], made.has_picture[0]) == (1000, 0.27, 1)


def test_turkish_with_semicolons_and_thousands() -> None:
    found = read("Kullanıcı adı;Takipçi;Takip edilen;Gizli\nayşe12;1.234;12 bin;hayır\nveli;15.200;7;evet\n")
    made = profiles_of(found.profiles)
    assert made.followers.tolist() == [1234, 15200]
    assert made.following.tolist() == [12000, 7]
    assert made.is_private.tolist() == [0, 1]
    assert made.digit_ratio[0] == pytest.approx(2 / 6)


def test_a_title_may_stand_above() -> None:
    assert read("Takipçi listesi\n\nusername,followers\nece,5\n").rows == [4]


def test_a_picture_may_be_a_link() -> None:
    found = read("username,profile_pic_url\nece,https://a.example/1.jpg\ncan,\n")
    assert [one.has_picture for one in found.profiles] == [True, None]


def test_rows_that_cannot_be_read_are_named() -> None:
    found = read(
        PLAIN
        + REAL
        + "a,many,1,1,,0,1\n"
        + "b,-5,1,1,,0,1\n"
        + "c,1,1,1,,maybe,1\n"
        + ",,,,,,\n"
        + "d,1,1,1,,0,1,9\n"
    )
    assert [(one.row, one.column, one.value, one.reason) for one in found.rejects] == [
        (3, "followers", "many", "not_a_number"),
        (4, "followers", "-5", "negative"),
        (5, "private", "maybe", "not_a_boolean"),
        (7, None, "9", "too_many_cells"),
    ]
    assert found.rows == [2]


def test_more_digits_than_letters() -> None:
    found = read("usernameDigitCount,usernameLength\n9,8\n1,8\n")
    assert [(one.row, one.reason) for one in found.rejects] == [(2, "too_large")]


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "name,link\nEce,https://x.example\n"])
def test_a_file_of_something_else(text: str) -> None:
    with pytest.raises(Unreadable):
        read(text)


def command(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(elci, ["followers", *map(str, arguments)])
    return result.exit_code, result.stdout


def test_the_command(tmp_path: Path) -> None:
    file, out = tmp_path / "followers.csv", tmp_path / "out.csv"
    file.write_text(PLAIN + REAL * 80 + FAKE * 20 + "x,many,1,1,,0,1\n", encoding="utf-8")
    code, said = command(file, "--json", "--out", out)
    assert code == 0
    [found] = json.loads(said)
    assert (found["file"], found["read"], found["n"]) == ("followers.csv", 101, 100)
    assert found["fakes"]["low"] < found["fakes"]["estimate"] < found["fakes"]["high"]
    assert found["fakes"]["estimate"] == pytest.approx(0.2, abs=0.1)
    assert [(one["row"], one["column"]) for one in found["rejects"]] == [(102, "followers")]
    with out.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert len(rows) == 100
    assert float(rows[0]["fake_probability"]) < 0.05 < 0.9 < float(rows[99]["fake_probability"])
    assert (rows[99]["row"], rows[99]["handle"]) == ("101", "user829301")


def test_the_command_for_people(tmp_path: Path) -> None:
    file = tmp_path / "followers.xlsx"
    cells = [["Kullanıcı adı", "Takipçi", "Takip edilen"], ["ece", 800, 300], ["can", "çok", 3]]
    file.write_bytes(workbook({"Sayfa1": cells}))
    code, said = command(file)
    assert code == 0
    assert "90% interval" in said
    assert "çok" in said


def test_a_formula_stays_a_text(tmp_path: Path) -> None:
    file, out = tmp_path / "f.csv", tmp_path / "o.csv"
    file.write_text("handle,followers\n=1+1,5\n")
    command(file, "--out", out)
    assert "'=1+1" in out.read_text(encoding="utf-8-sig")


def test_a_file_that_is_none(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.ndjson", tmp_path / "bad.csv"
    good.write_text('{"followers": 5}\n{"followers": 6}\n')
    bad.write_text("a,b\n1,2\n")
    code, said = command(good, bad, "--json")
    assert code == 1
    assert [each.get("n") for each in json.loads(said)] == [2, None]
    assert "problem" in json.loads(said)[1]
