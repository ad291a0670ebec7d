"""What the models that ship say of plain cases, and what never changes it. The texts are our own."""

import time
import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.sentiment import label, net_counted, net_of
from scoring.sentiment.labelling import BadModel, builtin, opened
from scoring.sentiment.language import ascii_copy

CASES = {
    "negative": [
        "Kargo çok geç geldi, hiç memnun kalmadım",
        "kargo cok gec geldi hic memnun kalmadim",
        "Hiç beğenmedim, iade ettim",
        "güzel değil, kalitesiz bir ürün",
        "Kesinlikle tavsiye etmiyorum, paranıza yazık",
        "ürün iki günde bozuldu 😡",
        "berbat, rezalet",
        "This is not good at all, I want a refund",
        "Worst service ever, two hours on hold 😡",
        "my bag is lost and nobody helps",
        "never flying with you again",
    ],
    "positive": [
        "Çok memnunum, herkese tavsiye ederim",
        "cok memnunum herkese tavsiye ederim",
        "Harika bir ürün, bayıldım 😍",
        "sorunsuz çalışıyor, çok güzel",
        "hızlı kargo, kaliteli ürün, teşekkürler",
        "I love it, thank you so much!",
        "Great service, thanks for the quick help 😊",
        "best flight ever, awesome crew",
    ],
}


@pytest.mark.parametrize(
    ("said", "text"), [(said, text) for said, texts in CASES.items() for text in texts], ids=str
)
def test_plain_cases(said: str, text: str) -> None:
    assert label([text]).label == (said,)


TEXTS = [text for texts in CASES.values() for text in texts]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("ürün güzel", "ürün güzel değil"),
        ("bu ürünü beğendim", "bu ürünü beğenmedim"),
        ("tavsiye ederim", "tavsiye etmem"),
        ("memnun kaldım", "memnun kalmadım"),
        ("kaliteli", "kalitesiz"),
        ("sorunsuz", "sorunlu"),
        ("ürün geldi 😍", "ürün geldi 😡"),
        ("ürün geldi :)", "ürün geldi :("),
        ("it is good", "it is not good"),
        ("I like it", "I don't like it"),
        ("landed 😍", "landed 😡"),
        ("landed :)", "landed :("),
        ("this was helpful", "this was never helpful"),
    ],
)
def test_negation_and_faces_move_the_score(better: str, worse: str) -> None:
    language = "en" if better.isascii() and worse.split()[0] in ("it", "I", "landed", "this") else "tr"
    up, down = label([better, worse], [language] * 2).score
    assert up > down + 0.05


def test_spelling_changes_nothing() -> None:
    plain = label(TEXTS)
    for copy in (
        [unicodedata.normalize("NFD", text) for text in TEXTS],
        [text.replace("e", "e\u200b") + "\ufeff" for text in TEXTS],
        [f"{text} " for text in TEXTS],
    ):
        found = label(copy)
        assert found.label == plain.label
        np.testing.assert_array_equal(found.probabilities, plain.probabilities)
    in_ascii = label([ascii_copy(text) for text in TEXTS], plain.language)
    np.testing.assert_array_equal(in_ascii.probabilities, plain.probabilities)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["tr", "en", None]))
def test_of_any_text(text: str, language: str | None) -> None:
    found = label([text, unicodedata.normalize("NFD", text)], [language] * 2)
    assert found.outcome[0] == found.outcome[1]
    if found.version[0] is None:
        assert found.label[0] == "abstain"
        assert np.isnan(found.probabilities[0]).all()
    else:
        assert found.probabilities[0].sum() == pytest.approx(1)
        assert -1 <= found.score[0] <= 1


@pytest.mark.parametrize("text", ["", "   ", "12", "@elci", "https://elci.example", "..."])
def test_nothing_abstains(text: str) -> None:
    for language in (None, "tr", "en"):
        found = label([text], [language])
        assert found.label == ("abstain",)
        assert found.version == (None,)


def test_other_languages_abstain() -> None:
    found = label(["Die Lieferung kam zu spät und war kaputt", "super"], [None, "de-AT"])
    assert found.language == ("other", "other")
    assert found.label == ("abstain", "abstain")


def test_faces_alone_are_read() -> None:
    assert label(["😍😍😍", ":("]).version == (builtin("en").card.version,) * 2
    up, down = label(["😍😍😍", "😡😡"]).score
    assert up > down


def test_what_a_source_says_of_languages() -> None:
    found = label(["super"] * 6, ["tr-TR", "tur", "en_GB", "ENGLISH", "und", ""])
    assert found.language[:4] == ("tr", "tr", "en", "en")
    assert found.language_confidence[:4].tolist() == [1.0] * 4
    with pytest.raises(ValueError, match="2 languages for 1 texts"):
        label(["a"], ["tr", "en"])


def test_alone_and_among_others_a_text_is_the_same() -> None:
    together = label(TEXTS).probabilities
    alone = np.vstack([label([text]).probabilities for text in TEXTS])
    np.testing.assert_allclose(together, alone, atol=1e-6)


def test_net_of_both_languages() -> None:
    found = net_of(label([*TEXTS, "", "Die Lieferung kam zu spät"]))
    assert found.mentions == len(TEXTS)
    assert found.raw is not None
    assert found.raw == pytest.approx((8 - 11) / 19, abs=0.15)
    assert net_of(label([])).raw is None


def test_net_of_counts_is_that_of_the_texts() -> None:
    found = label(TEXTS * 3)
    counts: dict[tuple[str, str], list[int]] = {}
    for language, kind, outcome in zip(found.language, found.kind, found.outcome, strict=True):
        assert kind is not None
        counts.setdefault((language, kind), [0] * 4)[outcome] += 1
    counted, whole = net_counted(counts), net_of(found)
    assert (counted.raw, counted.mentions) == (whole.raw, whole.mentions)
    assert counted.corrected == pytest.approx(whole.corrected, abs=0.05)
    assert net_counted({}).mentions == 0
    assert net_counted({("tr", "a kind of before"): [1, 1, 5, 0]}).mentions == 7
    with pytest.raises(ValueError, match="no model for 'de'"):
        net_counted({("de", "tweets"): [1, 1, 1, 0]})


def test_a_thousand_mentions_take_no_second() -> None:
    words = [word for text in TEXTS for word in text.split()]
    rng = np.random.default_rng(0)
    texts = [" ".join(rng.choice(words, 16)) + f" {number}" for number in range(1_000)]
    label(TEXTS)
    started = time.process_time()
    found = label(texts)
    assert time.process_time() - started < 1.0
    assert len(found) == 1_000


def test_a_card_names_its_data() -> None:
    for language in ("tr", "en"):
        card = builtin(language).card
        assert card.version.startswith(language)
        assert len(card.data) == len(card.kinds) == 2
        assert all(each.rows > 1_000 and each.source and each.sha256 for each in card.data)
        assert card.limits
        assert builtin(language).confusion.shape == (2, 3, 4)


def test_no_card_no_model() -> None:
    with pytest.raises(BadModel):
        opened(b"", b"{}")
