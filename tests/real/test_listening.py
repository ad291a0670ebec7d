"""Real payloads of listening as mentions, and files of texts with labels as imports."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.mentions.intake.files import MENTIONS
from service.mentions.intake.kinds import read
from tests.service.imports.files import take

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
# Kind, file, mentions, mentions to ask for, the why of each fault.
PAYLOADS = (
    ("brandwatch", "listening/brandwatch-mentions.json", 1, 0, []),
    ("talkwalker", "listening/talkwalker-search-results.json", 2, 0, []),
    ("meta", "meta/webhook-instagram-mentions-shape.json", 1, 2, []),
    ("meta", "meta/instagram-users-mentioned_comment.json", 1, 0, []),
    ("meta", "meta/instagram-users-mentioned_media.json", 1, 0, []),
    ("meta", "meta/error.json", 0, 0, ["source_error"]),
    ("meta", "meta/base-error_data.json", 0, 0, ["source_error"]),
    ("x", "x/filtered-stream-line-shape.json", 1, 0, []),
    ("x", "x/tweet.json", 1, 0, []),
    ("x", "x/tweet-tweet_resp.json", 1, 0, []),
    ("x", "x/delete_error.json", 0, 0, ["source_error"]),
    ("x", "x/get_rules.json", 0, 0, []),
    ("x", "x/post_rules.json", 0, 0, []),
    ("youtube", "youtube/comment_thread_single.json", 1, 0, []),
    ("youtube", "youtube/videos-videos_info_single.json", 1, 0, []),
    ("youtube", "youtube/error_response.json", 0, 0, ["source_error"]),
)


@pytest.mark.parametrize(
    ("kind", "file", "mentions", "wanted", "faults"), PAYLOADS, ids=lambda each: str(each)
)
def test_payloads_come_in(
    real_data: Path, kind: str, file: str, mentions: int, wanted: int, faults: list[str]
) -> None:
    path = real_data / "integrations" / file
    if not path.exists():
        pytest.skip("no such payload")
    for named in (kind, "generic"):
        found = read(named, path.read_bytes(), AT)
        assert (len(found.reports), len(found.wanted)) == (mentions, wanted), named
        assert [fault.why for fault in found.faults] == faults
        assert found.undated == []


# File, the share of rows that may be refused (texts that are missing, quotes that are never closed).
FILES = (
    "integrations/synthetic/social_mentions_sample.csv",
    "sentiment/en_airline_tweets.csv",
    "sentiment/en_sxsw_brand_tweets.csv",
    "sentiment/tr_store_reviews.csv",
    "sentiment/tr_tweets_universities.tsv",
)


@pytest.mark.parametrize("file", FILES)
def test_messy_files_come_in(real_data: Path, file: str) -> None:
    path = real_data / file
    if not path.exists():
        pytest.skip("no such file")
    taken = take(path.read_bytes(), MENTIONS, filename=path.name)
    assert taken.read > 0
    assert len(taken.rejects) <= 0.001 * taken.read + 1
    assert len(taken.records) + len(taken.rejects) >= taken.read
    assert sum(row.sentiment is not None for row in taken.records) > 0.9 * len(taken.records)
