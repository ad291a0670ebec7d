"""The sample must look like a market: sizes, rates, places and names as the field knows them."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from math import log
from statistics import correlation, median

import pytest

from service.demo.accounts import PLATFORMS
from service.demo.records import Account, Influencer, Post
from service.demo.sample import influencers
from service.demo.words import cities, topics
from service.influencers.posts.caption import mentions
from tests.service.demo.conftest import AS_OF

DIMENSIONS = {"country", "city", "age", "gender", "interests"}
AGES = {"13-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+"}


def newest(account: Account) -> int:
    return account.snapshots[-1].followers


def rate(account: Account, post: Post) -> float | None:
    base = post.views if account.platform in ("tiktok", "youtube") else newest(account)
    shown = post.likes is not None and post.format != "reel" and base
    return (post.likes + post.comments + (post.shares or 0)) / base if shown else None


def median_rate(account: Account) -> float | None:
    rates = [each for post in account.posts if (each := rate(account, post)) is not None]
    return median(rates) if rates else None


def test_it_is_the_same_every_time_and_a_prefix_of_a_larger_one() -> None:
    assert list(influencers(AS_OF, size=50)) == list(influencers(AS_OF, size=80))[:50]


def test_another_seed_is_another_market() -> None:
    assert next(influencers(AS_OF)) != next(influencers(AS_OF, seed=7))


def test_a_later_date_keeps_the_people_and_moves_their_posts() -> None:
    later = next(influencers(AS_OF + timedelta(days=365)))
    first = next(influencers(AS_OF))
    assert (later.name, later.bio) == (first.name, first.bio)
    assert later.accounts[0].posts[0].published_at - first.accounts[0].posts[0].published_at == timedelta(
        days=365
    )


def test_all_four_platforms_with_people_on_several(sample: list[Influencer], accounts: list[Account]) -> None:
    counted = Counter(account.platform for account in accounts)
    assert set(counted) == set(PLATFORMS)
    assert min(counted.values()) > 200
    several = [each for each in sample if len(each.accounts) > 1]
    assert 0.2 < len(several) / len(sample) < 0.4
    assert all(len({account.platform for account in each.accounts}) == len(each.accounts) for each in sample)


def test_no_two_accounts_share_a_handle(accounts: list[Account]) -> None:
    assert len({(account.platform, account.handle) for account in accounts}) == len(accounts)


def test_handles_are_what_their_platforms_allow(accounts: list[Account]) -> None:
    for account in accounts:
        bare = account.handle.replace("_", "")
        bare = bare if account.platform == "x" else bare.replace(".", "")
        assert bare.isascii()
        assert bare.isalnum()
        assert account.handle == account.handle.lower()
        assert len(account.handle) <= (15 if account.platform == "x" else 30)


def test_turkish_letters_are_all_there(sample: list[Influencer]) -> None:
    text = "".join(influencer.name + influencer.bio for influencer in sample)
    assert set("şŞğıİöÖüÜçÇ") <= set(text)


def test_tiers_from_nano_to_mega(accounts: list[Account]) -> None:
    sizes = sorted(map(newest, accounts))
    bounds = (1_000, 10_000, 50_000, 500_000, 1_000_000, 20_000_000)
    for low, high in pairwise(bounds):
        assert sum(low <= size < high for size in sizes) >= 10
    assert sizes[0] >= 1_000
    assert sizes[len(sizes) // 2] < 50_000


@pytest.mark.parametrize(("platform", "lowest", "highest"), [("instagram", -0.8, -0.25), ("x", -0.9, -0.25)])
def test_engagement_falls_with_followers(
    sample: list[Influencer], platform: str, lowest: float, highest: float
) -> None:
    pairs = honest_pairs(sample, platform)
    assert lowest < correlation([log(size) for size, _ in pairs], [log(each) for _, each in pairs]) < highest


def test_engagement_by_views_is_flat_on_tiktok(sample: list[Influencer]) -> None:
    pairs = honest_pairs(sample, "tiktok")
    assert abs(correlation([log(size) for size, _ in pairs], [log(each) for _, each in pairs])) < 0.1
    assert 0.10 < median(each for _, each in pairs) < 0.15


def honest_pairs(sample: list[Influencer], platform: str) -> list[tuple[int, float]]:
    accounts = [each for influencer in sample if not influencer.bought for each in influencer.accounts]
    return [
        (newest(account), found)
        for account in accounts
        if account.platform == platform and (found := median_rate(account))
    ]


def test_about_one_in_a_hundred_bought_followers(sample: list[Influencer]) -> None:
    suspicious = [influencer for influencer in sample if influencer.bought]
    assert 0.005 < len(suspicious) / len(sample) < 0.02
    for account in (each for influencer in suspicious for each in influencer.accounts):
        assert newest(account) > 1.5 * account.snapshots[-2].followers
    honest = [each for influencer in sample if not influencer.bought for each in influencer.accounts]
    assert max(newest(each) / each.snapshots[-2].followers for each in honest) < 1.15


def test_shares_are_fractions_of_one_whole(accounts: list[Account]) -> None:
    known = [account for account in accounts if account.audience]
    assert 0.8 < len(known) / len(accounts) < 0.9
    for account in known:
        sums: dict[str, float] = defaultdict(float)
        for share in account.audience:
            assert 0 < share.share <= 1
            sums[share.dimension] += share.share
        assert set(sums) == DIMENSIONS
        assert max(sums.values()) <= 1 + 1e-9
        assert len({(share.dimension, share.code) for share in account.audience}) == len(account.audience)
        assert account.sample_size > 0


def test_audience_codes_are_known_ones(accounts: list[Account]) -> None:
    codes: dict[str, set[str]] = defaultdict(set)
    for share in (share for account in accounts for share in account.audience):
        codes[share.dimension].add(share.code)
    assert codes["age"] == AGES
    assert codes["gender"] == {"female", "male"}
    assert codes["city"] <= {city.code for city in cities()}
    assert codes["interests"] <= {topic.code for topic in topics()}
    assert all(len(code) == 2 and code.isupper() for code in codes["country"])


def test_posts_lie_in_the_last_ninety_days(accounts: list[Account]) -> None:
    until = datetime.combine(AS_OF, datetime.min.time(), UTC)
    for account in accounts:
        times = [post.published_at for post in account.posts]
        assert all(until - timedelta(days=91) <= at < until for at in times)
        assert all(post.platform_id for post in account.posts)
    posted = [post for account in accounts for post in account.posts]
    assert 14 < len(posted) / len(accounts) < 16
    assert len({post.platform_id for post in posted}) == len(posted)


def test_paid_posts_say_so_and_some_likes_are_hidden(accounts: list[Account]) -> None:
    posted = [post for account in accounts for post in account.posts]
    assert all(("#işbirliği" in post.caption) == post.sponsored for post in posted)
    assert 0.04 < sum(post.sponsored for post in posted) / len(posted) < 0.15
    assert 0.005 < sum(post.likes is None for post in posted) / len(posted) < 0.05


def test_some_are_mentioned_far_more_than_most(sample: list[Influencer]) -> None:
    """Mentions of one another, in organic posts, within a platform: a few known accounts get most of them."""
    handles = {(each.platform, each.handle) for influencer in sample for each in influencer.accounts}
    counted: Counter[tuple[str, str]] = Counter()
    posted = 0
    for account in (each for influencer in sample for each in influencer.accounts):
        for post in (each for each in account.posts if not each.sponsored):
            posted += 1
            named = {(account.platform, handle) for handle in mentions(post.caption)}
            assert named <= handles
            assert (account.platform, account.handle) not in named
            counted.update(named)
    assert 0.06 < counted.total() / posted < 0.12
    top = sum(times for _, times in counted.most_common(len(handles) // 20))
    assert 0.3 < top / counted.total() < 0.8


def test_captions_have_no_unfilled_places(accounts: list[Account]) -> None:
    posted = [post for account in accounts for post in account.posts]
    assert not [post.caption for post in posted if "{" in post.caption or "}" in post.caption]
    assert len({post.caption for post in posted}) > len(posted) / 2


def test_snapshots_grow_older_from_the_end(accounts: list[Account]) -> None:
    assert {len(account.snapshots) for account in accounts} == {3}
    for account in accounts:
        days = [snapshot.as_of for snapshot in account.snapshots]
        assert days == sorted(days)
        assert days[-1] == AS_OF


def test_contacts_reach_nobody(sample: list[Influencer]) -> None:
    mails = [influencer.email for influencer in sample if influencer.email]
    assert 0.3 < len(mails) / len(sample) < 0.6
    assert all(mail.endswith(".example") for mail in mails)


def test_istanbul_leads(sample: list[Influencer]) -> None:
    counted = Counter(influencer.city for influencer in sample)
    assert counted.most_common(1)[0][0] == "TR-34"
    assert len(counted) > 40


def test_the_words_hold_together() -> None:
    codes = {topic.code for topic in topics()}
    assert all(set(topic.near) <= codes for topic in topics())
    assert [city.code for city in cities()] == [f"TR-{number:02}" for number in range(1, 82)]


def test_it_is_independent_of_today() -> None:
    assert next(influencers(date(2001, 1, 1))).accounts[0].snapshots[-1].as_of == date(2001, 1, 1)
