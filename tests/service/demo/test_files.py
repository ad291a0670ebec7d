"""The files must be what the import takes: exact counts beside short ones, all accounts in every list."""

import csv
from datetime import date
from pathlib import Path

import msgspec
import pytest

from service.demo.averages import averages
from service.demo.files import write
from service.demo.lists import percent, short
from service.demo.records import Account, Influencer
from service.demo.sample import SIZE
from service.imports.by_name import NamedFile
from service.influencers.intake.audiences import AUDIENCES
from service.influencers.intake.posts import POSTS
from service.influencers.intake.profiles import INFLUENCERS
from tests.service.demo.conftest import AS_OF
from tests.service.imports.files import take


@pytest.fixture(scope="module")
def files(sample: list[Influencer], tmp_path_factory: pytest.TempPathFactory) -> list[NamedFile]:
    return write(tmp_path_factory.mktemp("sample"), sample, AS_OF)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def records(path: Path) -> list[dict[str, object]]:
    return [msgspec.json.decode(line) for line in path.read_bytes().splitlines()]


def test_lists_come_first_then_what_refers_to_them(files: list[NamedFile]) -> None:
    assert [(file.kind, file.path.name) for file in files] == [
        ("influencers", "people.csv"),
        ("influencers", "influencers-2025-07-17.csv"),
        ("influencers", "influencers-2025-08-16.csv"),
        ("influencers", "influencers.csv"),
        ("audiences", "audiences.ndjson"),
        ("posts", "posts.ndjson"),
    ]


def test_the_import_takes_all_of_it(files: list[NamedFile], accounts: list[Account]) -> None:
    kinds = {kind.name: kind for kind in (INFLUENCERS, AUDIENCES, POSTS)}
    taken = [take(file.path.read_bytes(), kinds[file.kind], filename=file.path.name) for file in files]
    assert [each.rejects for each in taken] == [[]] * len(files)
    assert [each.intake.warnings for each in taken] == [[]] * len(files)
    people, *lists, audiences, posts = taken
    named = {(each.platform, each.handle) for each in people.records}
    assert named == {(account.platform, account.handle) for account in accounts}
    assert (people.read, len(people.records)) == (SIZE, len(accounts))
    assert [len(each.records) for each in lists] == [len(accounts)] * 3
    unread = {column.header for each in taken for column in each.intake.columns if not column.field}
    # The short followers, twin of the exact ones; a source, which is the whole file's.
    assert unread == {"Takipçi", "source"}
    assert all(each.hashtags for each in posts.records)
    assert all(each.shares for each in audiences.records)


def test_every_account_is_in_every_list(files: list[NamedFile], accounts: list[Account]) -> None:
    for file in files[1:4]:
        listed = [
            (row["Platform"].lower(), row["Kullanıcı Adı"].removeprefix("@")) for row in table(file.path)
        ]
        assert listed == [(account.platform, account.handle) for account in accounts]


def test_exact_and_short_followers_agree(files: list[NamedFile]) -> None:
    for row in table(files[3].path):
        assert short(int(row["Takipçi Sayısı"])) == row["Takipçi"]


def test_followers_over_time(files: list[NamedFile], accounts: list[Account]) -> None:
    for file, at in zip(files[1:4], (0, 1, 2), strict=True):
        listed = [int(row["Takipçi Sayısı"]) for row in table(file.path)]
        assert listed == [account.snapshots[at].followers for account in accounts]


def test_audiences_of_those_that_are_known(files: list[NamedFile], accounts: list[Account]) -> None:
    found = records(files[4].path)
    assert len(found) == sum(bool(account.audience) for account in accounts)
    assert found[0].keys() == {"platform", "handle", "source", "as_of", "sample_size", "distributions"}


def test_all_posts_with_the_counters_that_are_shown(files: list[NamedFile], accounts: list[Account]) -> None:
    found = records(files[5].path)
    posted = [post for account in accounts for post in account.posts]
    assert [record["caption"] for record in found] == [post.caption for post in posted]
    hidden = [record for record in found if "likes" not in record]
    assert len(hidden) == sum(post.likes is None for post in posted)


def test_x_has_replies_and_reposts(files: list[NamedFile]) -> None:
    for record in records(files[5].path):
        assert ("replies" in record) == ("reposts" in record) == (record["platform"] == "x")
        assert ("comments" in record) == (record["platform"] != "x")


def test_writing_again_gives_the_same_bytes(
    files: list[NamedFile], sample: list[Influencer], tmp_path: Path
) -> None:
    again = write(tmp_path, sample, AS_OF)
    assert [file.path.read_bytes() for file in again] == [file.path.read_bytes() for file in files]


def test_an_empty_sample_is_files_with_headers(tmp_path: Path) -> None:
    assert [file.path.name for file in write(tmp_path, [], date(2025, 1, 1))] == [
        "people.csv",
        "influencers.csv",
        "audiences.ndjson",
        "posts.ndjson",
    ]
    assert table(tmp_path / "influencers.csv") == []


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1_000, "1 B"),
        (12_480, "12,5 B"),
        (999_940, "999,9 B"),
        (999_960, "1 Mn"),
        (1_249_000, "1,2 Mn"),
        (12_000_000, "12 Mn"),
    ],
)
def test_short_counts(count: int, text: str) -> None:
    assert short(count) == text


@pytest.mark.parametrize(
    ("fraction", "text"), [(None, ""), (0.0, "%0,00"), (0.0235, "%2,35"), (1.0, "%100,00")]
)
def test_percent(fraction: float | None, text: str) -> None:
    assert percent(fraction) == text


def test_averages_leave_out_what_is_not_shown(accounts: list[Account]) -> None:
    account = next(each for each in accounts if any(post.likes is None for post in each.posts))
    shown = [post.likes for post in account.posts if post.likes is not None]
    assert averages(account).likes == round(sum(shown) / len(shown))
    assert averages(msgspec.structs.replace(account, posts=())) == (None, None, None, None, None)
