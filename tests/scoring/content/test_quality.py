"""How well briefs find influencers of their category, in texts that were not written for these briefs.

The sample's categories are left out of the texts; run with -s to see the figures.
"""

from datetime import date

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from scoring.content import population, space
from scoring.content.likeness import likeness
from scoring.content.space import Space, Vectors
from scoring.content.text import Document, of_brief, of_influencer
from scoring.folding import fold_tr
from service.demo.records import Influencer
from service.demo.sample import influencers

# Category -> a Turkish and an English brief.
BRIEFS = {
    "beauty": (("Cilt bakımı ve makyaj ürünleri", ["makyaj"]), ("Skincare for makeup lovers", ["makeup"])),
    "food": (("Evde pişen kahvaltı sofrası, tarifler", ["tarif"]), ("Recipes and food", ["food"])),
    "travel": (("Tatil rotaları ve kamp", ["seyahat"]), ("Camping and travel routes", ["travel"])),
    "technology": (("Telefon ve kulaklık", ["teknoloji"]), ("Gadget and tech reviews", ["tech"])),
    "gaming": (("Oyun yayıncıları ve espor", ["oyun"]), ("Gaming gear for streamers", ["gaming"])),
    "fitness": (("Spor salonu, antrenman", ["fitness"]), ("Workout and yoga", ["fitness"])),
    "pets": (("Kedi ve köpek maması", ["kedi"]), ("Food for cats and dogs", ["cats"])),
    "cars": (("Elektrikli otomobil sürüşü", ["otomobil"]), ("Electric cars, garage", ["cars"])),
}


def _text(one: Influencer, *, categories: bool) -> Document:
    posts = sorted((post for each in one.accounts for post in each.posts), key=lambda post: post.published_at)
    captions = [post.caption for post in reversed(posts[-30:])]
    return of_influencer(one.bio, one.categories if categories else (), captions)


@pytest.fixture(scope="module")
def people() -> list[Influencer]:
    return list(influencers(date(2025, 5, 19), size=700, seed=7))


@pytest.fixture(scope="module")
def learnt(people: list[Influencer]) -> tuple[Space, Vectors, np.ndarray]:
    """Fitted on 350 people; the other 350 are ranked, with their first category."""
    made = space.fit([_text(one, categories=False) for one in people[:350]])
    unseen = people[350:]
    vectors = made.project([_text(one, categories=False) for one in unseen])
    return made, vectors, np.array([one.categories[0] for one in unseen])


def _auc(learnt: tuple[Space, Vectors, np.ndarray], brief: Document, category: str) -> float:
    made, vectors, labels = learnt
    alike = likeness(made.project([brief]), vectors)
    placed = population.place(alike, population.fit(alike), np.ones(len(labels), dtype=bool)).percentile
    return float(roc_auc_score(labels == category, placed))


def test_briefs_rank_their_category_first(learnt: tuple[Space, Vectors, np.ndarray]) -> None:
    turkish = {name: _auc(learnt, of_brief(*briefs[0]), name) for name, briefs in BRIEFS.items()}
    plain = {
        name: _auc(learnt, of_brief(fold_tr(briefs[0][0]), [fold_tr(briefs[0][1][0])]), name)
        for name, briefs in BRIEFS.items()
    }
    english = {name: _auc(learnt, of_brief(*briefs[1]), name) for name, briefs in BRIEFS.items()}
    for name, found in (("Turkish", turkish), ("ASCII Turkish", plain), ("English", english)):
        print(f"{name}: mean AUC {np.mean(list(found.values())):.3f}, worst {min(found.values()):.3f}")
    assert np.mean(list(turkish.values())) >= 0.95
    assert np.mean(list(plain.values())) >= np.mean(list(turkish.values())) - 0.02
    assert np.mean(list(english.values())) >= 0.85


def test_texts_in_ascii_turkish_are_found_too(people: list[Influencer]) -> None:
    """Influencers who write without Turkish letters, in a space that was learnt from texts with them."""
    texts = [_text(one, categories=False) for one in people]
    made = space.fit(texts[:350])
    plain = [Document(fold_tr(each.text), tuple(map(fold_tr, each.hashtags))) for each in texts[350:]]
    labels = np.array([one.categories[0] for one in people[350:]])
    found = [
        _auc((made, made.project(plain), labels), of_brief(*briefs[0]), name)
        for name, briefs in BRIEFS.items()
    ]
    assert np.mean(found) >= 0.93
