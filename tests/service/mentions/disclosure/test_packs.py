"""Rule packs: what is refused when they are read, which one holds when."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from service.mentions.disclosure import packs
from service.mentions.disclosure.deciding import Post, folds, judge
from service.mentions.disclosure.packs import PackError

NOW = datetime(2026, 6, 1, tzinfo=UTC)
NATIONAL: dict[str, Any] = {
    "id": "de-test",
    "version": 1,
    "title": {"tr": "Almanya", "en": "Germany"},
    "markets": ["DE"],
    "platforms": None,
    "source": "a test",
    "published_on": "2020-01-01",
    "valid_from": "2020-01-01",
    "valid_to": None,
    "timezone": "Europe/Berlin",
    "labels": [{"id": "werbung", "tag": "werbung"}],
    "checks": {
        "advertiser": None,
        "fold": True,
        "tags_before": None,
        "each_frame": True,
        "video": ["title"],
        "podcast": ["transcript"],
    },
}


def raw(**more: Any) -> bytes:
    return msgspec.json.encode(NATIONAL | more)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"valid_from": "2020-13-01"}, "$.valid_from"),
        ({"markets": []}, "$.markets"),
        ({"markets": ["de"]}, "$.markets[0]"),
        ({"unknown": 1}, "unknown"),
        ({"timezone": "Berlin"}, "timezone: 'Berlin' is no IANA zone"),
        ({"valid_to": "2019-01-01"}, "valid_to: has to lie after valid_from"),
        ({"valid_from": None, "valid_to": "2030-01-01"}, "valid_to: has to lie after valid_from"),
        ({"labels": [{"id": "a", "tag": "#Werbung"}]}, "labels[0].tag: '#Werbung' is not written folded"),
        ({"labels": [{"id": "a"}]}, "labels[0].id: needs either a tag or a phrase"),
        ({"labels": [{"id": "a", "phrase": "{x} ile?"}]}, "holds no word that has to be there"),
        ({"labels": [{"id": "a", "phrase": "(a+)+ iş"}]}, "labels[0].phrase: '(a+)+' is no element"),
        ({"labels": [{"id": "a", "tag": "x"}, {"id": "a", "tag": "y"}]}, "labels: a more than once"),
        (
            {"claims": [{"id": "c", "text": {"tr": "t", "en": "e"}}]},
            "claims[0]: needs phrases or when",
        ),
        (
            {"claims": [{"id": "c", "text": {"tr": "t"}, "phrases": ["wort"]}]},
            "$.claims[0].text",
        ),
        ({"void_after": ["ş"]}, "void_after[0]"),
    ],
)
def test_a_bad_pack_is_refused_with_its_place(more: dict[str, Any], told: str) -> None:
    with pytest.raises(PackError) as error:
        packs.read(raw(**more), "de.json")
    assert told in str(error.value)
    assert str(error.value).startswith("de.json: ")


def test_no_json_is_refused() -> None:
    for body in (b"", b"[" * 5_000, b"\xff", b" " * 300_000):
        with pytest.raises(PackError):
            packs.read(body, "x.json")


def test_a_pack_of_a_market_goes_before_a_wider_one(tmp_path: Path) -> None:
    (tmp_path / "de.json").write_bytes(raw())
    known = packs.load((packs.FOLDER, tmp_path))
    chosen = [packs.choose(known, market, "instagram", NOW) for market in ("DE", "FR", "JP")]
    assert [pack and pack.id for pack in chosen] == ["de-test", "eu-general", None]
    before = packs.choose(known, "DE", "instagram", datetime(2019, 12, 31, tzinfo=UTC))
    assert before is not None
    assert before.id == "eu-general"


def test_the_newest_version_of_a_pack_holds(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(raw())
    (tmp_path / "b.json").write_bytes(raw(version=2, valid_to="2026-01-01"))
    (known,) = packs.load((tmp_path,))
    assert (known.version, known.valid_to) == (2, date(2026, 1, 1))
    assert packs.choose((known,), "DE", "x", datetime(2026, 1, 1, tzinfo=UTC)) is None
    (tmp_path / "c.json").write_bytes(raw(version=2))
    with pytest.raises(PackError, match="de-test has a version 2 already"):
        packs.load((tmp_path,))


def test_labels_by_platform() -> None:
    labels = [{"id": "a", "tag": "werbung", "platforms": ["x"]}, {"id": "b", "tag": "anzeige"}]
    pack = packs.read(raw(labels=labels), "x")
    found = {
        platform: [one.code for one in judge(Post(platform, "DE", "#werbung"), pack)]
        for platform in ("x", "instagram")
    }
    assert found == {"x": [], "instagram": ["MISSING"]}


def test_built_in_packs() -> None:
    known = packs.built_in()
    assert [pack.id for pack in known] == ["eu-general", "tr-2021", "tr-draft-2025", "us-ftc"]
    assert {"TR", "US", "EU", "DE"} <= set(packs.markets(known))
    assert folds()["instagram"]["text"] == 125
