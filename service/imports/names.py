"""What people read for the codes of imports (GET /v1/labels)."""

from service.accounts.labels.registry import register
from service.imports.rejects import REASONS

_TURKISH = {
    "no_identity": "Satır bir hesap belirtmiyor: kullanıcı adı, profil bağlantısı, kimlik ya da ad yok.",
    "not_a_number": "Sayı değil.",
    "not_whole": "Tam sayı değil.",
    "negative": "Negatif; sıfır ya da daha büyük olmalı.",
    "too_large": "Böyle bir sayının olabileceğinden büyük.",
    "too_small": "Bu sayının olabileceğinden küçük.",
    "not_a_rate": "0 ile %100 arasında bir oran değil.",
    "not_a_date": "Tarih değil.",
    "not_a_country": "Ülke değil.",
    "not_a_language": "Dil değil.",
    "not_a_platform": "Platform değil.",
    "not_an_email": "E-posta adresi değil.",
    "not_a_phone": "Telefon numarası değil.",
    "not_a_url": "Bağlantı değil.",
    "not_a_handle": "Hesap adı değil.",
    "not_a_boolean": "Ne evet ne hayır.",
    "not_a_text": "Metin olması gereken yerde liste ya da nesne var.",
    "not_a_code": "Bu sütunun alabileceği değerlerden biri değil.",
    "not_a_dimension": "Kitle boyutu değil.",
    "not_a_distribution": "Pay listesi değil.",
    "too_long": "Bu sütunun alabileceğinden uzun.",
    "nul_byte": "NUL baytı içeriyor.",
    "lone_surrogate": "Yarım karakter içeriyor.",
    "too_many_cells": "Satırda başlıktan fazla hücre var.",
    "unclosed_quote": "Açılan tırnak kapanmıyor.",
    "invalid_json": "JSON nesnesi değil.",
    "missing_value": "Her satırda olması gereken bir değer eksik.",
    "unknown_account": "Böyle bir hesap yok; önce influencer'ları içe aktarın.",
    "not_a_price": "Fiyat değil.",
    "self_loop": "İki uç aynı hesap.",
    "unprintable": "Okunamayan ya da yazdırılamayan karakterler içeriyor.",
    "white_space": "Kimlik ya da kullanıcı adı olması gereken yerde boşluk var.",
    "shortened_number": "Hesap tablosunun kısalttığı bir sayı; son haneleri kaybolmuş.",
    "other_platform": "Başka bir platforma ait.",
    "conflict": "Başka bir satırla ya da kayıtlı olanla çelişiyor.",
}

register("import_reject", {code: (_TURKISH[code], english) for code, english in REASONS.items()})
register(
    "import_kind",
    {
        "influencers": ("Influencer'lar", "Influencers"),
        "audiences": ("Kitleler", "Audiences"),
        "posts": ("Gönderiler", "Posts"),
        "edges": ("Bağlantılar", "Edges"),
        "followers": ("Takipçiler", "Followers"),
    },
)
