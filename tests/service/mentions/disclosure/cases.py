"""Posts and what each rule pack makes of them: our own cases, by what they try.

A case: (what the text is, market, the codes that are expected, what else the post has). The advertiser is
Lunova (in Turkish cases with endings) unless it says otherwise.
"""

import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, NamedTuple

FILL = "Bugün sahilde uzun bir yürüyüş yaptık, sonra eve dönüp akşam yemeği hazırladık ve film izledik. "
LONG = FILL * 2
ZERO = "\u200b"


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def wide(text: str) -> str:
    """Full-width forms of ASCII."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def spread(text: str) -> str:
    """A zero-width space between any two characters."""
    return ZERO.join(text)


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class Case(NamedTuple):
    text: str
    market: str
    codes: str = ""
    more: Mapping[str, Any] = MappingProxyType({})

    @property
    def expected(self) -> list[str]:
        return self.codes.split()


TR_LABELS = [
    Case(text, "TR")
    for text in (
        "#Reklam @lunova ile sabah rutini",
        "#reklam Lunova gece kremi",
        "#REKLAM LUNOVA GECE KREMİ",
        "#Reklam/Tanıtım @lunova",
        "#Sponsor @lunova sahneyi kurdu",
        "#İşbirliği Lunova",
        "#Ortaklık Lunova ile",
        "Lunova işbirliği",
        "@lunova ile işbirliği: yeni seri",
        "@lunova ile iş birliği yaptık",
        "@lunova ile ücretli iş birliği",
        "Lunova'yla işbirliği içinde hazırladık",
        "Lunovayla işbirliğimiz başladı",
        "@lunova tarafından sağlandı",
        "Bu ürün Lunova tarafından hediye edildi",
        "@lunova tarafından hediye olarak alındı",
        "Lunova Türkiye ailesi tarafından gönderilen hediye olarak geldi #reklam",
        "@lunova'in hediyesi, çok naziksiniz",
        "Bu video Lunova reklamları içerir",
        "Lunova ile ücretli işbirliği içerir",
        "Lunova'nın sponsorluğunda hazırlanmıştır",
        "Reklam: Lunova'nın yeni kremi",
        "[Reklam] Lunova yeni kremi",
        "Reklam | Lunova",
        "Reklam @lunova yeni krem",
        "Lunova markasının hediyesi",
        "#İş birliği Lunova",
        "#iş_birliği Lunova",
        "#reklamdır Lunova",
        "Sabah kremim geldi #reklam #lunova #cilt",
        "#reklam lunova.com adresinde",
    )
]
TR_SPELLINGS = [
    Case(text, "TR")
    for text in (
        "#İŞBİRLİĞİ @LUNOVA",
        "#ISBIRLIGI lunova",
        "#isbirligi lunova",
        "#ışbırlığı lunova",
        "#İSBİRLİGİ LUNOVA",
        nfd("#İŞBİRLİĞİ Lunova"),
        nfd("#işbirliği Lunova"),
        nfd("Lunova tarafından sağlandı"),
        "#i\u0307şbi\u0307rli\u0307ği\u0307 lunova",
        spread("#reklam") + " lunova",
        spread("#işbirliği lunova"),
        f"#rek{ZERO}lam @lu\u200dnova",
        "#rek\u00adlam lunova",
        "\ufeff#reklam lunova",
        wide("#reklam") + " lunova",
        wide("#reklam @lunova"),
        "＃işbirliği ＠lunova",
        "#𝗥𝗲𝗸𝗹𝗮𝗺 @lunova",
        "LUNOVA TARAFINDAN SAĞLANDI",
        "LUNOVA İLE İŞBİRLİĞİ",
        nfd("LUNOVA İLE İŞ BİRLİĞİ"),
    )
]
TR_NAMES = [
    Case("#reklam Migrosun yeni dergisi", "TR", "", {"names": ("Migros",)}),
    Case("#reklam MİGROS'TAN aldıklarım", "TR", "", {"names": ("Migros",)}),
    Case("#reklam @migros_tr", "TR", "", {"names": ("Migros",)}),
    Case("#reklam @migros.turkiye", "TR", "", {"names": ("@migros",)}),
    Case("#reklam #migros", "TR", "", {"names": ("Migros",)}),
    Case("#reklam ŞOK GÜZELLİK'in serisi", "TR", "", {"names": ("Şok Güzellik",)}),
    Case("#reklam sok guzellik serisi", "TR", "", {"names": ("Şok Güzellik",)}),
    Case("#reklam @sokguzellik serisi", "TR", "", {"names": ("Şok Güzellik",)}),
    Case("#reklam şokgüzellikten", "TR", "", {"names": ("Şok Güzellik",)}),
    Case("#reklam L'Oréal ile", "TR", "", {"names": ("L'Oreal",)}),
    Case("#reklam lorealin boyası", "TR", "", {"names": ("L’Oréal",)}),
    Case("#reklam H&M'den", "TR", "", {"names": ("H&M",)}),
    Case("#reklam @hm", "TR", "", {"names": ("H&M",)}),
    Case("#reklam IŞIK Gıda", "TR", "", {"names": ("ışık gıda",)}),
    Case("#reklam yeni favorim", "TR", "ADVERTISER_NOT_NAMED"),
    Case("#reklam kodum LUNOVA10", "TR", "ADVERTISER_NOT_NAMED"),
    Case("#reklam lunovasyon harika", "TR", "ADVERTISER_NOT_NAMED"),
    Case("#reklam @lunovafan", "TR", "ADVERTISER_NOT_NAMED"),
    Case("@baskamarka tarafından sağlandı", "TR", "ADVERTISER_NOT_NAMED"),
    Case("@baskamarka tarafından sağlandı, bir de @lunova", "TR"),
    Case("#işbirliği çok heyecanlıyım", "TR", "ADVERTISER_NOT_NAMED"),
    Case("#reklam çok sevdim", "TR", "", {"names": ()}),
]
TR_MISSING = [
    Case(text, "TR", "MISSING")
    for text in (
        "",
        "@lunova serumuna bayıldım",
        "Lunova'ya teşekkürler",
        "Teşekkürler @lunova",
        "#ad @lunova",
        "#sponsored Lunova",
        "Paid partnership with Lunova",
        "Ad: Lunova",
        "#reklamdegil Lunova",
        "#reklamcılık okuyorum Lunova",
        "#işbirlikçi Lunova",
        "#iş Lunova",
        "#reklam değil, Lunova'yı seviyorum",
        "Lunova reklam içermez",
        "@lunova ile işbirliği yapmak isterdim",
        "Lunova ile işbirliği değildir",
        "doğayla işbirliği, Lunova",
        "güzel işbirliği lunova değil mi",
        "#tanıtım Lunova",
        "#hediye Lunova",
        "#davet Lunova",
        "#pr Lunova",
        "Lunova reklamını gördünüz mü",
        "#Werbung Lunova",
        "link bende, kod LUNOVA10 #lunova",
    )
]
TR_PLACES = [
    Case(f"@lunova {LONG} #reklam", "TR", "BELOW_FOLD"),
    Case(f"{FILL}{FILL} Lunova tarafından sağlandı", "TR", "BELOW_FOLD"),
    Case("lunova " + "x" * 110 + " #reklam", "TR"),
    Case("lunova " + "x" * 111 + " #reklam", "TR", "BELOW_FOLD"),
    Case("lunova " + ZERO * 300 + " #reklam", "TR"),
    Case("lunova " + nfd("ş" * 100) + " #reklam", "TR"),
    Case("   " * 60 + "#reklam lunova", "TR"),
    Case(f"#reklam @lunova {LONG} #reklam", "TR"),
    Case("lunova " + "x" * 200 + " #reklam", "TR", "", {"platform": "x"}),
    Case("lunova " + "x" * 200 + " #reklam", "TR", "", {"platform": "facebook"}),
    Case("lunova " + "x" * 250 + " #reklam", "TR", "BELOW_FOLD", {"platform": "linkedin"}),
    Case("lunova " + "x" * 150 + " #reklam", "TR", "BELOW_FOLD", {"platform": "tiktok"}),
    Case("lunova " + "x" * 300 + " #reklam", "TR", "BELOW_FOLD", {"platform": "x"}),
    Case("@lunova #deniz #kum #güneş #reklam", "TR", "BURIED_IN_HASHTAGS"),
    Case("@lunova #deniz #kum #reklam #güneş", "TR"),
    Case("#reklam #deniz #kum #güneş #yaz @lunova", "TR"),
    Case("#lunova #deniz #kum #reklam", "TR", "BURIED_IN_HASHTAGS"),
    Case("#deniz #kum #güneş #İŞBİRLİĞİ Lunova", "TR", "BURIED_IN_HASHTAGS"),
    Case("#deniz #kum #güneş @lunova ile işbirliği", "TR", "BURIED_IN_HASHTAGS"),
    Case("#deniz #kum #güneş için geldik. @lunova ile işbirliği", "TR"),
    Case("#deniz #kum #güneş #reklam harika", "TR", "ADVERTISER_NOT_NAMED BURIED_IN_HASHTAGS"),
    Case(f"{LONG} #reklam", "TR", "ADVERTISER_NOT_NAMED BELOW_FOLD"),
    Case(f"{LONG} #a #b #c #reklam lunova", "TR", "BELOW_FOLD BURIED_IN_HASHTAGS"),
]
VIDEOS = [
    Case("", "TR", "", {"title": "Lunova ile işbirliği | sabah rutini", "platform": "youtube"}),
    Case("", "TR", "", {"title": "Rutin", "description": "Bu video Lunova reklamları içerir."}),
    Case("", "TR", "BELOW_FOLD", {"title": "Rutin", "description": f"{LONG} Lunova reklamları içerir."}),
    Case(
        "",
        "TR",
        "",
        {"title": "Rutin", "transcript": "Merhaba, bu video Lunova ile ücretli işbirliği içerir"},
    ),
    Case(
        "",
        "TR",
        "BELOW_FOLD",
        {"title": "x", "transcript": f"{LONG * 2} Lunova ile ücretli işbirliği içerir"},
    ),
    Case(
        "", "TR", "MISSING", {"title": "Lunova rutini", "description": "Lunova serumu", "platform": "youtube"}
    ),
    Case("", "TR", "ADVERTISER_NOT_NAMED", {"title": "#reklam rutinim", "platform": "youtube"}),
    Case("", "TR", "", {"title": "#reklam rutinim", "description": "Lunova serumu", "platform": "youtube"}),
    Case("#reklam lunova", "TR", "", {"title": "Rutin", "platform": "tiktok"}),
    Case("", "TR", "", {"transcript": "Bu bölüm Lunova sponsorluğunda.", "platform": "podcast"}),
    Case("", "TR", "BELOW_FOLD", {"transcript": f"{LONG * 2} Lunova sponsorluğunda", "platform": "podcast"}),
    Case(
        "", "TR", "MISSING", {"transcript": "Merhaba", "description": "#reklam Lunova", "platform": "podcast"}
    ),
    Case("", "TR", "", {"description": "#reklam Lunova", "platform": "podcast"}),
    Case("", "US", "", {"title": "Ad: my morning with Lunova", "platform": "youtube"}),
    Case("", "US", "", {"transcript": "Hi! This video is sponsored by Lunova", "platform": "youtube"}),
    Case("", "US", "BELOW_FOLD", {"description": "a b c " * 60 + "#ad", "platform": "youtube"}),
    Case("", "US", "MISSING", {"title": "Thanks Lunova", "platform": "youtube"}),
]
LABELLED = "#reklam Lunova"
STORIES = [
    Case("", "TR", "", {"frames": (LABELLED,) * 5}),
    Case("", "TR", "FRAME_UNLABELLED " * 4, {"frames": (LABELLED, "iki", "üç", "dört", "beş")}),
    Case("", "TR", "FRAME_UNLABELLED", {"frames": (LABELLED, LABELLED, "", LABELLED, LABELLED)}),
    Case("", "TR", "", {"frames": (LABELLED, "#reklam", "#işbirliği", nfd("#İŞBİRLİĞİ"), "Reklam")}),
    Case("", "TR", "MISSING", {"frames": ("bir", "iki", "lunova", "dört", "beş")}),
    Case("#reklam Lunova", "TR", "MISSING", {"frames": ("bir", "iki")}),
    Case("", "TR", "ADVERTISER_NOT_NAMED", {"frames": ("#reklam",) * 5}),
    Case("", "TR", "BURIED_IN_HASHTAGS", {"frames": (LABELLED, "#a #b #c #reklam")}),
    Case("", "TR", "FRAME_UNLABELLED", {"frames": (LABELLED, "#ad lunova")}),
    Case("", "TR", "", {"frames": (f"lunova {LONG} #reklam",)}),
    Case("", "US", "", {"frames": ("#ad", "Ad", "Paid partnership with Lunova", "#sponsored", "#ad")}),
    Case("", "US", "FRAME_UNLABELLED " * 4, {"frames": ("#ad", "b", "c", "#sp", "thanks @lunova")}),
    Case("#reklam lunova", "TR", "", {"format": "story"}),
    Case("", "EU", "FRAME_UNLABELLED", {"frames": ("#ad", "#partner")}),
]
US = [
    Case(text, "US")
    for text in (
        "#ad my new serum",
        "#AD @lunova",
        "Ad: new serum by @lunova",
        "AD | Lunova",
        "[Ad] Lunova serum",
        "Advertisement Lunova serum",
        "✨ Ad: Lunova",
        "#sponsored by nobody else",
        "Paid partnership with Lunova",
        "In paid partnership with @lunova, my routine",
        "This post is sponsored by Lunova",
        spread("#ad") + " lunova",
        wide("#ad lunova"),
        "#sun #sea #ad",
    )
] + [
    Case(text, "US", codes)
    for text, codes in (
        ("#sp @lunova", "MISSING"),
        ("#spon @lunova", "MISSING"),
        ("#partner @lunova", "MISSING"),
        ("#collab @lunova", "MISSING"),
        ("#ambassador @lunova", "MISSING"),
        ("Thanks @lunova!", "MISSING"),
        ("Thank you Lunova for everything", "MISSING"),
        ("#Reklam @lunova", "MISSING"),
        ("#İşbirliği Lunova", "MISSING"),
        ("#Werbung @lunova", "MISSING"),
        ("#adventure with @lunova", "MISSING"),
        ("#lunovaad", "MISSING"),
        ("I had an ad break with lunova", "MISSING"),
        ("this is not an #ad, I just love lunova", "MISSING"),
        ("not a paid partnership with Lunova", "MISSING"),
        ("lunova " + "word " * 40 + "#ad", "BELOW_FOLD"),
        ("#sun #sea #sand #ad", "BURIED_IN_HASHTAGS"),
        ("#sun #sea #sand and a walk #ad", "BURIED_IN_HASHTAGS"),
    )
]
EU = [
    Case(text, market, codes)
    for text, market, codes in (
        ("#ad Lunova", "EU", ""),
        ("#Werbung mit @lunova", "DE", ""),
        ("Anzeige | Lunova", "DE", ""),
        ("Werbung: Lunova", "AT", ""),
        ("#publicité lunova", "FR", ""),
        ("#PUBLICITE lunova", "FR", ""),
        ("Collaboration commerciale avec Lunova", "FR", ""),
        ("#pubblicità lunova", "IT", ""),
        ("#publicidad lunova", "ES", ""),
        ("#reklam lunova", "SE", ""),
        ("#reklam lunova", "EU", "MISSING"),
        ("#işbirliği lunova", "DE", "MISSING"),
        ("#partner lunova", "NL", "MISSING"),
        ("lunova " + "wort " * 40 + "#werbung", "DE", "BELOW_FOLD"),
        ("#eins #zwei #drei #werbung lunova", "DE", "BURIED_IN_HASHTAGS"),
    )
]
CLAIMS = [
    Case(f"#reklam Lunova. {text}", "TR", codes)
    for text, codes in (
        ("Henüz denemedim ama kesinlikle tavsiye ederim", "FORBIDDEN_CLAIM"),
        ("Kendi paramla aldım", "FORBIDDEN_CLAIM"),
        ("KENDİ PARAMLA ALDIM", "FORBIDDEN_CLAIM"),
        ("Bunu kendim satın aldım", "FORBIDDEN_CLAIM"),
        ("Doktorum Ayşe Hanım'ı herkese tavsiye ederim", "FORBIDDEN_CLAIM"),
        ("Güneş Eczanesi'nden alabilirsiniz", "FORBIDDEN_CLAIM"),
        ("Ada Hastanesi doktorları harika", "FORBIDDEN_CLAIM"),
        ("Doktora sormadan kullanmayın", ""),
        ("Parasını ödeyip aldım", "FORBIDDEN_CLAIM"),
        ("Tüm eczanelerde satışta", ""),
        ("Denedim ve çok sevdim", ""),
        ("Geçen yıl da satın aldım", ""),
        ("Denemedim demeyin", ""),
    )
] + [
    Case("Lunova'nın hediyesi, mağazadan satın aldım", "TR", "FORBIDDEN_CLAIM"),
    Case("Lunova, kendi paramla aldım", "TR", "FORBIDDEN_CLAIM MISSING"),
    Case("#reklam Lunova allık", "TR", "FORBIDDEN_CLAIM", {"facts": frozenset(("filters_used",))}),
    Case("#reklam Lunova allık, filtre var", "TR", "", {"facts": frozenset(("filters_used",))}),
    Case("#ad I haven't tried it yet but it's the best", "US", "FORBIDDEN_CLAIM"),
    Case("#ad bought it with my own money", "US", "FORBIDDEN_CLAIM"),
]
DATES = [
    Case("Lunova serumu", "TR", "", {"at": day("2021-05-03T20:59:59")}),
    Case("Lunova serumu", "TR", "MISSING", {"at": day("2021-05-03T21:00:00")}),
    Case("Lunova serumu", "TR", "MISSING", {"at": day("2024-01-01")}),
    Case("#hediye Lunova", "TR", "MISSING", {"at": day("2026-06-01")}),
    Case("Lunova serum", "US", "", {"at": day("2009-11-30")}),
    Case("Lunova serum", "US", "", {"at": day("2009-12-01T04:59:00")}),
    Case("Lunova serum", "US", "MISSING", {"at": day("2009-12-01T05:00:00")}),
    Case("Lunova serum", "EU", "", {"at": day("2007-12-11")}),
    Case("Lunova serum", "DE", "MISSING", {"at": day("2008-01-01")}),
]
# The draft as if it had come into force on this day.
DRAFT_FROM = "2026-03-01"
DRAFT = [
    Case("#hediye Lunova", "TR", "", {"at": day("2026-03-02")}),
    Case("#davet @lunova", "TR", "", {"at": day("2026-03-02")}),
    Case("#hediye Lunova", "TR", "MISSING", {"at": day("2026-02-27")}),
    Case("", "TR", "ADVERTISER_NOT_NAMED", {"frames": (LABELLED, "#reklam"), "at": day("2026-03-02")}),
    Case("", "TR", "", {"frames": (LABELLED, "#reklam"), "at": day("2026-02-27")}),
    Case("#reklam Lunova'da indirim", "TR", "FORBIDDEN_CLAIM", {"at": day("2026-03-02")}),
    Case("#reklam Lunova indirim, son 10 günün en düşük fiyatı 90 TL", "TR", "", {"at": day("2026-03-02")}),
    Case("#reklam Lunova'da indirim", "TR", "", {"at": day("2026-02-27")}),
    Case(
        "#reklam Lunova",
        "TR",
        "FORBIDDEN_CLAIM",
        {"at": day("2026-03-02"), "facts": frozenset(("ai_likeness",))},
    ),
]
ALL = [
    *(TR_LABELS + TR_SPELLINGS + TR_NAMES + TR_MISSING + TR_PLACES),
    *(VIDEOS + STORIES + US + EU + CLAIMS + DATES),
]
