"""Files of followers in the shapes that tools write."""

import json

import pytest

from service.influencers.intake.followers import FOLLOWERS
from tests.service.imports.files import Taken, take


def named(taken: Taken) -> list[tuple[str | None, str, tuple[str, ...], int | None]]:
    return [(one.handle or one.platform_id, one.of, one.followers, one.size) for one in taken.records]


@pytest.mark.parametrize(
    "content",
    [
        "username,follower\nece,Can\nece,@cem\n",
        "account;follower_id;date\nece;can;2026-11-01\nece;cem;2026-11-01\n",
        "profile\tfollower username\nhttps://instagram.com/ece\tcan\nece\tcem\n",
        "Hesap,Takipçi\n@ece,can\n@ece,cem\n",
        "handle,follower_id\nece,can\nece,cem\n",
        "username,Follower Profile\nece,https://instagram.com/Can/\nece,https://www.instagram.com/cem\n",
        '[{"username": "ece", "follower": "can"}, {"username": "ece", "follower": "cem"}]',
        '{"username": "ece", "followers": [{"follower": "can"}, {"follower": "cem"}]}',
    ],
)
def test_a_row_a_follower(content: str) -> None:
    taken = take(content, FOLLOWERS, platform="instagram")
    assert named(taken) == [("ece", "followers", ("can",), None), ("ece", "followers", ("cem",), None)]
    assert taken.rejects == []


def test_lists_in_records() -> None:
    lines = [{"handle": "ece", "follower_ids": [17, "Can"], "likers": ["x"]}, {"handle": "can", "likers": []}]
    taken = take("\n".join(map(json.dumps, lines)), FOLLOWERS, platform="instagram")
    assert named(taken) == [("ece", "followers", ("17", "can"), None), ("ece", "likers", ("x",), None)]
    assert taken.reasons() == [(2, "missing_value")]


@pytest.mark.parametrize(
    ("header", "cell"), [("audience_size", "5000"), ("Takipçi Sayısı", "5.000"), ("total followers", "5K")]
)
def test_sizes(header: str, cell: str) -> None:
    taken = take(f"username;follower_id;{header}\nece;can;{cell}\nece;cem;{cell}\n", FOLLOWERS)
    assert [(one.followers, one.size) for one in taken.records] == [(("can",), 5000), (("cem",), 5000)]


def test_which_set() -> None:
    taken = take("username,liker\nece,can\n", FOLLOWERS)
    assert [one.of for one in taken.records] == ["likers"]
    taken = take("username,follower_id,of\nece,can,likers\nece,cem,Takipçi\n", FOLLOWERS)
    assert [one.of for one in taken.records] == ["likers", "followers"]


def test_numbers_of_a_platform() -> None:
    one, other = "17841400000000001", "17841400000000002"
    taken = take(f"user_id,follower_id\n{one},{other}\n", FOLLOWERS, platform="instagram")
    assert named(taken) == [(one, "followers", (other,), None)]


def test_what_names_nobody_is_refused_and_not_quoted() -> None:
    content = "username,follower\nece,Can Yazar\n,can\nece,\nece,1.7E+16\nece,https://x.com/can\nece,cem\n"
    taken = take(content, FOLLOWERS, platform="instagram")
    assert named(taken) == [("ece", "followers", ("cem",), None)]
    assert taken.reasons() == [
        (2, "white_space"),
        (3, "no_identity"),
        (4, "missing_value"),
        (5, "shortened_number"),
        (6, "other_platform"),
    ]
    assert all(one.value is None for one in taken.rejects)
