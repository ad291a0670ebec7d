"""The given posts with their expected codes."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from service.mentions.disclosure import packs
from service.mentions.disclosure.deciding import Post, judge


class GivenCase(msgspec.Struct):
    text: str
    platform: str
    brand: str
    market: str
    expect: list[str]


def test_the_given_posts_get_their_codes(real_data: Path) -> None:
    file = real_data / "disclosure" / "cases.json"
    if not file.exists():
        pytest.skip("no given posts")
    known = packs.built_in()
    wrong = []
    for case in msgspec.json.decode(file.read_bytes(), type=list[GivenCase]):
        pack = packs.choose(known, case.market, case.platform, datetime.now(UTC))
        assert pack is not None
        post = Post(case.platform, case.market, case.text, names=(case.brand,))
        codes = [finding.code for finding in judge(post, pack, known)] or ["OK"]
        if sorted(codes) != sorted(case.expect):
            wrong.append((case, codes))
    assert wrong == []
