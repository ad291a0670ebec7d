"""Turkish, English, or neither; the texts are our own."""

import unicodedata

import pytest

from scoring.sentiment.language import LANGUAGES, UNKNOWN, ascii_copy, detect

CASES = {
    "tr": [
        "Kargo çok geç geldi, bir daha sipariş vermem",
        "kargo cok gec geldi bir daha siparis vermem",
        "Bu telefonu üç aydır kullanıyorum, gayet memnunum",
        "hic begenmedim iade ettim",
        "İNDİRİM BAŞLADI MI?",
        "@elci müşteri hizmetleri neden cevap vermiyor? #şikayet",
        "çok güzel",
        "tesekkurler",
        "ürün açıklamadaki gibi değil",
        "bence fiyatina gore idare eder",
    ],
    "en": [
        "My order arrived two days late and the box was open",
        "I love this phone, best one so far",
        "@elci why does nobody answer my calls? #fail",
        "thanks for the quick help!",
        "worst service ever",
        "just landed, what a great flight",
        "when will it be back in stock?",
    ],
    "other": [
        "Die Lieferung kam viel zu spät und war leider kaputt",
        "Je ne suis pas du tout content de ce produit",
        "El pedido llegó tarde y nadie contesta el teléfono",
        "Il prodotto è arrivato rotto e non funziona",
        "Заказ пришёл очень поздно",
        "المنتج رائع جدا",
        "とても良い商品でした",
        "het product is niet goed en ik ben niet blij",
        "to jest bardzo dobry produkt i dziękuję",
    ],
    UNKNOWN: ["", "12 34", "😀😀", "https://elci.example/x", "@elci", "..."],
}


@pytest.mark.parametrize(
    ("language", "text"),
    [(name, text) for name, texts in CASES.items() for text in texts],
    ids=[f"{name}-{at}" for name, texts in CASES.items() for at in range(len(texts))],
)
def test_cases(language: str, text: str) -> None:
    found = detect([text])
    assert found.languages == (language,)
    assert (found.confidence[0] > 0.5) == (language != UNKNOWN)


def test_spelling_changes_nothing() -> None:
    texts = CASES["tr"]
    for copy in (
        [unicodedata.normalize("NFD", text) for text in texts],
        [ascii_copy(text) for text in texts],
        [text.replace("a", "a\u200b") for text in texts],
        [f"{text} https://elci.example" for text in texts],
    ):
        assert set(detect(copy).languages) == {"tr"}


def test_no_text_at_all() -> None:
    found = detect([])
    assert found.languages == ()
    assert len(found.confidence) == 0
    assert len(LANGUAGES) == 3
