"""A space is learnt the same way every time, is kept without pickle, and refuses what is not its own."""

import io
import pickle
from itertools import cycle, islice

import numpy as np
import pytest

from scoring.content import space, topics
from scoring.content.space import SpaceRefused, Vectors
from scoring.content.text import Document

THEMES = {
    "kahve": ["filtre kahve demleme", "kahve çekirdeği kavurma", "kahve tarifi sabah", "türk kahvesi köpüğü"],
    "oyun": ["oyun yayını akşam", "yeni oyun incelemesi", "espor turnuvası oyun", "oyun bilgisayarı kurulum"],
    "yoga": ["sabah yoga akışı", "yoga matı önerisi", "nefes ve yoga", "yoga kampı deniz"],
}


def _texts(size: int) -> list[Document]:
    generator = np.random.default_rng(3)
    made = []
    for theme in islice(cycle(THEMES), size):
        said = ". ".join(generator.choice(THEMES[theme], 3))
        made.append(Document(f"{said} #{theme}", (theme, "keşfet")))
    return made


@pytest.fixture(scope="module")
def fitted() -> space.Space:
    return space.fit(_texts(90), topics=3)


def test_briefs_find_their_theme(fitted: space.Space) -> None:
    influencers = fitted.project(_texts(90))
    for at, theme in enumerate(THEMES):
        brief = fitted.project([Document(theme, (theme,))])
        for wanted, having in (
            (brief.text, influencers.text),
            (np.sqrt(brief.topics), np.sqrt(influencers.topics)),
            (brief.hashtags, influencers.hashtags),
        ):
            alike = (having @ wanted[0]).reshape(-1, len(THEMES)).mean(axis=0)
            assert alike.argmax() == at


def test_topics_are_distributions_with_telling_names(fitted: space.Space) -> None:
    vectors = fitted.project(_texts(9))
    np.testing.assert_allclose(vectors.topics.sum(axis=1), 1, atol=1e-5)
    names = " ".join(fitted.topics.name(topic) for topic in range(fitted.topics.size))
    assert all(theme in names for theme in THEMES)


def test_equal_texts_make_equal_spaces(fitted: space.Space) -> None:
    again = space.fit(_texts(90), topics=3)
    assert space.write(again) == space.write(fitted)


def test_a_space_is_the_same_after_it_was_stored(fitted: space.Space) -> None:
    stored, digest = space.write(fitted)
    read = space.read(stored, digest)
    before, after = fitted.project(_texts(20)), read.project(_texts(20))
    for name in space.PARTS:
        # Topics are stored with half the digits.
        np.testing.assert_allclose(getattr(after, name), getattr(before, name), atol=2e-3)
    assert space.write(read)[0] == space.write(space.read(*space.write(read)))[0]


def test_what_was_changed_is_refused(fitted: space.Space) -> None:
    stored, digest = space.write(fitted)
    changed = bytearray(stored)
    changed[len(changed) // 2] ^= 1
    with pytest.raises(SpaceRefused, match="SHA-256"):
        space.read(bytes(changed), digest)


def test_a_pickle_is_never_read() -> None:
    import hashlib

    out = io.BytesIO()
    np.savez(out, format=np.array([{"a": 1}], dtype=object))
    for evil in (out.getvalue(), pickle.dumps({"format": 1})):
        with pytest.raises(ValueError, match=r"pickle|[oO]bject"):
            space.read(evil, hashlib.sha256(evil).hexdigest())


def test_another_format_is_refused(fitted: space.Space, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(space, "FORMAT", 99)
    stored, digest = space.write(fitted)
    monkeypatch.undo()
    with pytest.raises(SpaceRefused, match="format"):
        space.read(stored, digest)


def test_vectors_are_kept_in_two_bytes_a_number(fitted: space.Space) -> None:
    vectors = fitted.project(_texts(5))
    rows = vectors.encode()
    assert {len(row) for row in rows} == {2 * sum(fitted.sizes)}
    read = fitted.decode(b"".join(rows))
    for name in space.PARTS:
        np.testing.assert_allclose(getattr(read, name), getattr(vectors, name), atol=1e-3)
    with pytest.raises(SpaceRefused):
        fitted.decode(rows[0] + b"x")


@pytest.mark.parametrize("size", [0, 1, 2, 7])
def test_few_texts_make_a_small_space(size: int) -> None:
    made = space.fit(_texts(size))
    vectors = made.project([*_texts(3), Document("")])
    assert isinstance(vectors, Vectors)
    assert len(vectors) == 4
    assert not vectors.text[3].any()
    assert np.isfinite(np.hstack([vectors.text, vectors.topics, vectors.hashtags])).all()
    space.read(*space.write(made))


def test_what_one_person_alone_says_is_not_kept() -> None:
    texts = [*_texts(60), Document("Zümrüdüanka " * 5, ("zümrüdüanka",))]
    made = space.fit(texts, topics=3)
    assert b"zumruduanka" not in space.write(made)[0]
    assert "zumruduanka" not in made.topics.words
    assert not made.project([Document("", ("zümrüdüanka",))]).hashtags.any()


def test_an_unknown_language_has_no_topics(fitted: space.Space) -> None:
    vectors = fitted.project([Document("咖啡 探店")])
    assert not vectors.topics.any()
    assert not vectors.hashtags.any()


def test_as_many_topics_as_texts_can_carry() -> None:
    assert topics.fit(_texts(30), 20).size == 6
    assert topics.fit(_texts(5), 20).size == 0
