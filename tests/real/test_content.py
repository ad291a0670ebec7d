"""Content fit on real descriptions: briefs in one's own words find the influencers of a sector."""

import csv
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from scoring.content import population, space
from scoring.content.likeness import likeness
from scoring.content.text import of_brief, of_influencer
from scoring.folding import fold_tr
from scoring.safety import Matcher, builtin

# Sector -> a brief: written from the sector's name alone, before any description was read.
BRIEFS = {
    "Gıda & Gastronomi": ("Yemek tarifleri ve lezzet önerileri, restoran ve mutfak", ["yemek", "gastronomi"]),
    "Eğlence": ("Komik videolar, mizah ve skeç", ["mizah", "eğlence"]),
    "Kozmetik": ("Makyaj ve cilt bakım ürünleri", ["makyaj", "kozmetik"]),
    "Teknoloji": ("Telefon, bilgisayar ve teknoloji inceleme", ["teknoloji"]),
    "Oyun": ("Oyun yayıncıları ve espor", ["oyun"]),
    "Yaşam Tarzı": ("Moda, seyahat, aile ve günlük yaşam", ["moda", "yaşam"]),
}


def _rows(folder: Path) -> list[dict[str, str]]:
    file = folder / "influencers" / "tr_influmatch_influencers.csv"
    with file.open(encoding="utf-8-sig", newline="") as source:
        return list(csv.DictReader(source))


@pytest.mark.parametrize("plain", [False, True], ids=["turkish", "ascii"])
def test_briefs_find_their_sector(real_data: Path, plain: bool) -> None:
    rows = _rows(real_data)
    sectors = np.array([row["sektor"] for row in rows])
    documents = [of_influencer(row["aciklama"], [], []) for row in rows]
    made = space.fit(documents)
    vectors = made.project(documents)
    found = {}
    for sector, (description, keywords) in BRIEFS.items():
        spelt = (fold_tr(description), [fold_tr(each) for each in keywords])
        brief = of_brief(*(spelt if plain else (description, keywords)))
        alike = likeness(made.project([brief]), vectors)
        places = population.place(alike, population.fit(alike), np.ones(len(rows), dtype=bool))
        known = np.nan_to_num(places.percentile, nan=0.0)
        found[sector] = float(roc_auc_score(sectors == sector, known))
    print(
        {sector: round(auc, 3) for sector, auc in found.items()}, f"mean {np.mean(list(found.values())):.3f}"
    )
    assert np.mean(list(found.values())) >= 0.85
    assert min(found.values()) > 0.7


def test_word_lists_leave_store_reviews_alone(real_data: Path) -> None:
    """12,000 reviews of goods hold hardly a word of the lists; what they hold is meant so."""
    text = (real_data / "sentiment" / "tr_store_reviews.csv").read_text(encoding="utf-16", errors="replace")
    lines = text.splitlines()
    matcher = Matcher(builtin())
    hits = [hit for line in lines for hit in matcher.find(line)]
    print(f"{len(hits)} hits in {len(lines):,} reviews: {sorted({fold_tr(hit.written) for hit in hits})}")
    assert len(lines) > 10_000
    assert len(hits) / len(lines) < 0.002
