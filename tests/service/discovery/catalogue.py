"""Who there is to be found in the tables of cases."""

from typing import Any

PEOPLE: dict[str, dict[str, Any]] = {
    "duygu": {
        "name": "Duygu Özaslan",
        "country": "TR",
        "city": "TR-34",
        "languages": ["tr"],
        "categories": ["Güzellik", "Moda"],
        "tags": ["VIP", "İlkbahar 2026"],
        "bio": "İstanbul'da güzellik ve cilt bakımı",
        "email": "duygu@example.com",
        "accounts": [
            {
                "platform": "instagram",
                "handle": "duygu.ozaslan",
                "followers": 1_200_000,
                "er": 0.03,
                "views": 300_000,
                "verified": True,
                "posted": 2,
                "before": 1_000_000,
                "audience": {"country:TR": 0.8, "gender:female": 0.9, "age:18-24": 0.35},
                "posts": ["Yeni güneş kremi! #reklam #CiltBakımı", "Sabah rutini #ciltbakımı"],
            },
            {
                "platform": "tiktok",
                "handle": "duyguozaslan",
                "followers": 80_000,
                "er": 0.08,
                "views": 40_000,
            },
        ],
        "rates": {"instagram": (6_000_000, "TRY"), "tiktok": (900_000, "TRY")},
    },
    "danla": {
        "name": "Danla Biliç",
        "country": "TR",
        "city": "TR-35",
        "languages": ["tr"],
        "categories": ["Komedi"],
        "bio": "Kahkaha garantili",
        "accounts": [
            {
                "platform": "instagram",
                "handle": "danlabilic",
                "followers": 6_000_000,
                "er": 0.01,
                "posted": 40,
            },
            {
                "platform": "youtube",
                "handle": "DanlaBilic",
                "followers": 4_000_000,
                "views": 900_000,
                "er": 0.05,
            },
        ],
        "rates": {"youtube": (30_000_000, "TRY")},
    },
    "ayse": {
        "name": "Ayşe Yılmaz",
        "country": "TR",
        "city": "TR-06",
        "languages": ["tr", "en"],
        "categories": ["Anne & Bebek"],
        "tags": ["mikro"],
        "bio": "Ankara'da iki çocuklu hayat",
        "email": "ayse@example.com",
        "accounts": [
            {
                "platform": "instagram",
                "handle": "ayseyilmaz",
                "followers": 12_000,
                "er": 0.06,
                "views": 8_000,
                "posted": 5,
                "before": 12_500,
                "audience": {"country:TR": 0.95, "gender:female": 0.7, "city:TR-06": 0.04},
            }
        ],
        "rates": {"instagram": (150_000, "TRY")},
    },
    "isil": {
        "name": "Işıl IŞIK",
        "country": "TR",
        "city": "TR-34",
        "languages": ["tr"],
        "categories": ["güzellik"],
        "bio": "istanbul guzellik rehberi",
        "accounts": [
            {"platform": "instagram", "handle": "isil_isik", "followers": 9_500, "er": 0.045, "posted": 400}
        ],
        "rates": {"instagram": (20_000, "USD")},
    },
    "john": {
        "name": "John Smith",
        "country": "US",
        "city": "US-CA",
        "languages": ["en"],
        "categories": ["Tech"],
        "bio": "Gadgets and coffee",
        "accounts": [
            {
                "platform": "youtube",
                "handle": "johntech",
                "followers": 250_000,
                "er": 0.02,
                "views": 120_000,
                "before": 240_000,
                "posts": ["A new phone #ad"],
                "audience": {"country:US": 0.6, "country:TR": 0.02, "gender:male": 0.8},
            }
        ],
        "rates": {"youtube": (100_000, "USD")},
    },
    "hans": {
        "name": "Hans Müller",
        "country": "DE",
        "languages": ["de"],
        "categories": ["Oyun"],
        "email": "hans@example.com",
        "accounts": [{"platform": "twitch", "handle": "hans_live", "followers": 30_000, "er": 0.07}],
    },
    "cristiano": {
        "name": "Cristiano Ronaldo",
        "country": "PT",
        "categories": ["Spor"],
        "accounts": [
            {"platform": "instagram", "handle": "cristiano", "followers": 477_900_000, "verified": True}
        ],
    },
    "fan": {
        "name": "CR7 Türkiye",
        "country": "TR",
        "categories": ["Spor"],
        "bio": "cristiano hayran sayfası",
        "accounts": [{"platform": "x", "handle": "cr7_turkiye", "followers": 2_000}],
    },
    "split": {
        "name": "Ece Deniz",
        "country": "TR",
        "categories": ["Moda"],
        "accounts": [
            {"platform": "instagram", "handle": "ecedeniz", "followers": 5_000, "er": 0.09},
            {"platform": "tiktok", "handle": "ece.deniz", "followers": 200_000, "er": 0.01},
        ],
    },
    "nobody": {"name": "Hesapsız Kişi", "country": "TR", "categories": ["Moda"], "bio": "henüz hesabı yok"},
    "blank": {
        "name": "Belirsiz",
        "accounts": [{"platform": "other", "handle": "belirsiz"}],
    },
    "gone": {"name": "Duygu Arşiv", "country": "TR", "archived": True},
    "left": {
        "name": "Duygu Ayrılan",
        "country": "TR",
        "opted_out": True,
        "accounts": [{"platform": "instagram", "handle": "duygu_ayrilan", "followers": 99}],
    },
}
