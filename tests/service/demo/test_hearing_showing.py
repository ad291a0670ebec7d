"""What the demo prints of mentions and posts: wide and narrow, and what of it is not known."""

from datetime import UTC, date, datetime
from io import StringIO

from rich.console import Console

from service.demo import disclosing_showing, hearing_showing
from service.demo.disclosing import Disclosed, Judged
from service.demo.hearing import Heard
from service.mentions.alerts.schemas import Alert, AlertCause, KeptCrisis, KeptPlace, KeptTerm
from service.mentions.analyses.schemas import (
    BrandShare,
    NetSentiment,
    SentimentAnalysis,
    SentimentRow,
    Share,
    ShareOfVoice,
    Volume,
    VolumeFigures,
    VolumeRow,
)
from service.mentions.disclosure.found.schemas import WatchedFinding
from service.mentions.disclosure.packs import Bilingual

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
MONTH = {"tz": "Europe/Istanbul", "from_": date(2026, 10, 25), "to": date(2026, 11, 24), "group_by": []}
NET = NetSentiment(0.254, -0.001, -0.08, 0.07)
NOTHING = NetSentiment(None, None, None, None)
FIGURES = {"mentions": 1_658, "authors": 900, "unnamed": 0, "reach": None, "reach_of_authors": None}
FIGURES |= {"reach_known": 0, "engagement": None}
LABELS = {"mentions": 1_658, "positive": 5, "neutral": 4, "negative": 3, "abstained": 452, "by_hand": 0}
LABELS |= {"net_sentiment_all": NOTHING, "mean_stars": None, "rated": 0}


def share(brand: str, name: str, part: float | None) -> BrandShare:
    each = Share(0.0, part)
    return BrandShare(brand, name, True, 0, each, each, each)


ALERT = Alert(
    **dict.fromkeys(Alert.__struct_fields__),  # type: ignore[arg-type]
)
for name, value in {
    "kind": "crisis",
    "status": "open",
    "query_name": "Telvecik [b]Kahve",
    "starts_at": NOW,
    "peak_at": NOW,
    "mentions": 150,
    "peak_count": 43,
    "expected": 19.4,
    "examples": [],
    "crisis": KeptCrisis(True, ["net_sentiment_fell"], 99, -0.88, 0.23, 0.93, 0.31),
    "cause": AlertCause(
        [KeptTerm("yanık", 81, 0.54, 0.0, 5.9)], [KeptPlace("x", 70, 0.5, 0.4, 0.49)], [], *[None] * 4
    ),
}.items():
    setattr(ALERT, name, value)

HEARD = Heard(
    ShareOfVoice(
        brands=[share("brd_1", "Telvecik [b]Kahve", 0.48), share("brd_2", "Közlük", None)],
        data=[],
        without_queries=[],
        **MONTH,
    ),
    Volume(totals=VolumeFigures(**FIGURES), data=[VolumeRow(value="brd_1", **FIGURES)], **MONTH),
    SentimentAnalysis(
        totals=SentimentRow(net_sentiment=NET, **LABELS),
        data=[SentimentRow(value="brd_1", net_sentiment=NET, **LABELS)],
        **MONTH,
    ),
    [ALERT],
    0,
)


def finding(code: str) -> WatchedFinding:
    values = dict.fromkeys(WatchedFinding.__struct_fields__)
    told = Bilingual("Olası sorun: yok.", "Possible issue: none.")
    values |= {"code": code, "post_id": code, "rule_id": "tr-2021/label", "explanation": told}
    return WatchedFinding(**values)  # type: ignore[arg-type]


DISCLOSED = Disclosed(
    3, [Judged(finding("MISSING"), "Ece [b]Su", None), Judged(finding("BELOW_FOLD"), "Can Öz", "#işbirliği")]
)


def shown(width: int) -> str:
    out = Console(file=StringIO(), width=width, highlight=False, emoji=False)
    hearing_showing.show(out, HEARD)
    disclosing_showing.show(out, DISCLOSED)
    return out.file.getvalue()  # type: ignore[attr-defined]


def rows(said: str) -> list[list[str]]:
    lines = [line for line in said.splitlines() if line.startswith("│")]
    return [[cell.strip() for cell in line.strip("│").split("│")] for line in lines]


def test_wide() -> None:
    said = shown(140)
    assert rows(said) == [
        ["Telvecik [b]Kahve", "1,658", "48%", "48%", "48%", "452", "+0.25", "0.00", "-0.08 to +0.07"],
        ["Közlük", "0", *["-"] * 7],
        ["yanık", "81", "54%", "0%"],
        ["Ece [b]Su", "MISSING", "tr-2021/label", "Possible issue: none.", "-"],
        ["Can Öz", "BELOW_FOLD", "tr-2021/label", "Possible issue: none.", "“#işbirliği”"],
    ]
    assert "A crisis of “Telvecik [b]Kahve”, 2026-11-23 11:00 to now: 150 mentions where 19 are usual" in said
    assert "- why a crisis: net sentiment fell by more than .2\n" in said
    assert "- net sentiment -0.88, before +0.23; negative 93%, before 31%" in said
    assert "3 posts of people who got a parcel were looked at by the rules of their day: 2 with a" in said


def test_narrow() -> None:
    said = shown(70)
    assert rows(said) == [["yanık", "81", "54%", "0%"]]
    assert max(map(len, said.splitlines())) <= 70
    assert "  net sentiment +0.25, corrected 0.00 (-0.08 to +0.07)" in said
    assert "- Can Öz: BELOW_FOLD (tr-2021/label)\n  Possible issue: none.\n  the words: “#işbirliği”" in said
