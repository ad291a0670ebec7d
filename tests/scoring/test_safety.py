"""Words of lists in texts: with endings, without Turkish letters, as hashtags; and what only looks alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.folding import fold_tr
from scoring.safety import LANGUAGES, Matcher, WordList, builtin, categories

MATCHER = Matcher(builtin())


def _found(text: str) -> set[tuple[str, str]]:
    return {(hit.category, fold_tr(hit.written)) for hit in MATCHER.find(text)}


@pytest.mark.parametrize(
    ("text", "category", "written"),
    [
        ("Bu akşam bahis var", "gambling", "bahis"),
        ("bahisçi arkadaş", "gambling", "bahisçi"),
        ("BAHİSLER açıldı", "gambling", "bahisler"),
        ("BAHISLER acildi", "gambling", "bahisler"),
        ("kumarhane'de bir gece", "gambling", "kumarhane"),
        ("Kumarhanedeyiz", "gambling", "kumarhanedeyiz"),
        ("#canlıbahissitesi", "gambling", "canlibahissitesi"),
        ("Rakı sofrasında sohbet", "alcohol", "raki sofrasinda"),
        ("şarabın tadı", "alcohol", "şarabin"),
        ("sarabin tadi", "alcohol", "sarabin"),
        ("bir bira lütfen", "alcohol", "bira"),
        ("içkisini bıraktı", "alcohol", "içkisini"),
        ("nargileciler", "tobacco", "nargileciler"),
        ("tütün sardı", "tobacco", "tütün"),
        ("tüfeğini aldı", "weapons", "tüfeğini"),
        ("tufegi vardi", "weapons", "tufegi"),
        ("zayıflama çayı ile", "medical_claims", "zayiflama çayi"),
        ("uyuşturucudan uzak", "drugs", "uyuşturucudan"),
        ("CHP'nin adayı", "politics", "chp"),
        ("craft beers tonight", "alcohol", "craft beers"),
        ("e-cigarettes", "tobacco", "e cigarettes"),
        ("#onlinecasino bonus", "gambling", "onlinecasino"),
        ("slot machines", "gambling", "slot machines"),
        ("this miracle cure!", "medical_claims", "miracle cure"),
    ],
)
def test_words_are_found(text: str, category: str, written: str) -> None:
    assert (category, fold_tr(written)) in _found(text)


@pytest.mark.parametrize(
    "text",
    [
        "içkin bir güzellik",
        "ickin bir guzellik",
        "biraz daha, biraz şık",
        "birazdan bırakın, birader",
        "bırakın birakin",
        "1200 rakım, deniz seviyesi",
        "rakip takım rakipler",
        "şarapnel parçası",
        "alkolsüz bira ve alkolsüz kolonya",
        "kokteyl elbisesi",
        "ŞIK bir kombin, sık sorulan sorular",
        "sik sorulan sorular",
        "seksen lira, seksenler",
        "nazik ve nazlı",
        "esrarengiz bir yer",
        "sigara böreği tarifi",
        "bonzai ağacı bakımı",
        "çocuklardan uzak tutunuz, tutunca",
        "iddaalı bir kombin",
        "su tabancası",
        "etkinliğe katılım ve katılımcılar",
        "gün gun gunler",
        "pic of the day",
        "photo shots at the bar",
        "nude lipsticks",
        "cocktail dresses",
        "poker face challenge",
        "suicide prevention",
        "",
        "🍷",
    ],
)
def test_what_only_looks_alike_is_not(text: str) -> None:
    assert _found(text) == set()


def test_lists_are_complete_and_clean() -> None:
    assert {(one.category, one.language) for one in builtin()} == {
        (category, language) for category in categories() for language in LANGUAGES
    }
    for one in builtin():
        listed = [*one.words, *one.spelt, *one.exact]
        assert len(set(listed)) == len(listed), (one.category, one.language)
        assert all(word == word.strip() and word for word in listed)


@pytest.mark.parametrize("one", builtin(), ids=lambda one: f"{one.category}-{one.language}")
def test_every_listed_word_is_found_and_no_innocent_one(one: WordList) -> None:
    alone = Matcher([one])
    for word in [*one.words, *one.spelt, *one.exact]:
        assert any(hit.word == word for hit in alone.find(f"başka {word} başka")), word
    for word in one.innocent:
        assert alone.find(f"başka {word} başka") == [], word


def test_hits_name_the_listed_word_and_the_written_one() -> None:
    [hit] = Matcher([WordList("own", "tr", ("çiğ süt",))]).find("Cig sutten yapılmış")
    assert (hit.category, hit.word, hit.written) == ("own", "çiğ süt", "Cig sutten")


def test_a_workspace_s_own_words_count_as_the_built_in_ones() -> None:
    lists = [WordList("rivals", "tr", ("Dikici Kahve",), exact=("abc",), innocent=("dikici kahvehanesi",))]
    found = Matcher(lists)
    hits = found.find("Dikici Kahvede, #dikicikahve, ABC abcde")
    assert [hit.written for hit in hits] == ["Dikici Kahvede", "dikicikahve", "ABC"]
    assert found.find("dikici kahvehanesinde") == []


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    for hit in MATCHER.find(text):
        assert hit.category in categories()


@given(st.sampled_from(["bahis", "şarap", "tüfek", "kumarhane"]), st.sampled_from(["", "de", "ler", "lerin"]))
def test_ascii_text_is_found_like_its_turkish(word: str, ending: str) -> None:
    turkish = f"{word}{ending}"
    assert {hit.word for hit in MATCHER.find(turkish)} == {hit.word for hit in MATCHER.find(fold_tr(turkish))}
    assert word in {hit.word for hit in MATCHER.find(turkish)}
