"""What is made of what influencers say: a text, a pace, hits; and word lists after changes."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from scoring.safety import Matcher, WordList, builtin
from service.discovery.content import texts
from service.discovery.content.schemas import PersonText, PostText
from service.discovery.word_lists import lists
from service.discovery.word_lists.schemas import WordListChange, WordListRow

NOW = datetime(2026, 3, 1, tzinfo=UTC)
ADA = UUID(int=1)


def post(number: int, caption: str | None, days: float | None = 0, tags: list[str] | None = None) -> PostText:
    at = None if days is None else NOW - timedelta(days=days)
    return PostText(ADA, UUID(int=100 + number), caption, tags or [], at)


def said(*posts: PostText, bio: str | None = "Merhaba") -> texts.Said:
    return texts.Said(PersonText(ADA, bio, ["food"], NOW), list(posts))


@pytest.mark.parametrize(
    ("days", "pace"),
    [
        ([], None),
        ([0], None),
        ([0, 1], None),
        ([0, 7, 14], 1.0),
        ([0, 1, 2, 3, 4, 5, 6, 7], 7.0),
        ([0, 7, 14, 200], 1.0),  # what is older than 90 days is another pace
        ([3, 3, 3], None),
        ([0, None, 7, 14], 1.0),
    ],
)
def test_pace(days: list[float | None], pace: float | None) -> None:
    found = said(*(post(at, "x", day) for at, day in enumerate(days))).pace()
    assert found == (None if pace is None else pytest.approx(pace))


def test_a_document_takes_bio_categories_captions_and_hashtags() -> None:
    made = said(post(1, "Yeni tarif", tags=["tarif"]), post(2, None, tags=["kahve"])).document()
    assert made.text == "Merhaba\nfood\nYeni tarif"
    assert made.hashtags == ("tarif", "kahve")
    assert texts.digest(made) == texts.digest(said(post(9, "Yeni tarif", 5, ["tarif", "kahve"])).document())
    assert texts.digest(made) != texts.digest(said(post(1, "Eski tarif", tags=["tarif"])).document())


def test_hits_are_few_and_know_their_place() -> None:
    matcher = Matcher(builtin())
    posts = [post(at, f"bahis günü {at}") for at in range(9)]
    found = said(*posts, post(99, None, tags=["canlıbahis"]), bio="rakı").hits(matcher)
    assert [(hit.category, hit.post_id) for hit in found] == [
        ("alcohol", None),
        *(("gambling", posts[at].id) for at in range(5)),
    ]
    [tag] = said(post(1, "merhaba", tags=["canlıbahis"])).hits(matcher)
    assert (tag.written, tag.post_id) == ("canlıbahis", UUID(int=101))


def row(**fields) -> WordListRow:
    known = {"category": "alcohol", "language": "tr", "enabled": True, "veto": False, "added": []}
    known |= {"removed": [], "innocent": [], "updated_by": "usr_x", "updated_at": NOW} | fields
    return WordListRow(**known)


def test_unchanged_lists_are_the_built_in_ones() -> None:
    assert sorted(lists.effective([]), key=str) == sorted(builtin(), key=str)
    assert lists.vetoing([]) == {"adult", "gambling", "drugs", "hate"}


def test_changes_count() -> None:
    changed = [
        row(added=["boza"], removed=["BİRA", "tütün"], innocent=["bozacı"]),
        row(category="tobacco", removed=["tutun"]),
        row(category="gambling", enabled=False),
        row(category="rivals", added=["telvecik"], veto=True),
    ]
    made = {(one.category, one.language): one for one in lists.effective(changed)}
    assert "boza" in made["alcohol", "tr"].words
    assert "bira" not in made["alcohol", "tr"].words
    assert "bozacı" in made["alcohol", "tr"].innocent
    assert made["tobacco", "tr"].spelt == ()
    assert ("gambling", "tr") not in made
    assert ("gambling", "en") in made
    assert made["rivals", "tr"] == WordList("rivals", "tr", ("telvecik",))
    assert ("rivals", "en") not in made
    # Still on in English, so still a veto; and the own one is.
    assert lists.vetoing(changed) == {"adult", "gambling", "drugs", "hate", "rivals"}
    assert lists.unknown(["rivals", "alcohol", "nothing"], changed) == ["nothing"]
    assert lists.digest(lists.effective(changed)) != lists.digest(lists.effective([]))


def test_a_word_that_is_only_spelt_so_can_be_had_with_any_spelling() -> None:
    made = {
        (one.category, one.language): one
        for one in lists.effective([row(category="tobacco", added=["tütün"])])
    }
    assert "tütün" in made["tobacco", "tr"].words


def test_a_change_keeps_what_it_does_not_name() -> None:
    before = row(added=["boza"], veto=True)
    change = WordListChange("alcohol", "tr", removed=[" bira ", "Bira", ""])
    assert lists.merged(before, change) == {
        "enabled": True,
        "veto": True,
        "added": ["boza"],
        "removed": ["bira"],
        "innocent": [],
    }
    assert lists.merged(None, WordListChange("gambling", "tr", enabled=False))["veto"] is True
    assert lists.merged(None, WordListChange("own_one", "tr"))["veto"] is False
