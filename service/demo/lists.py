"""One row of a vendor's list, and of a team's own, in Turkish."""

from service.demo.averages import averages
from service.demo.records import Account, Influencer, Snapshot

HEADER = (
    "Ad Soyad",
    "Platform",
    "Kullanıcı Adı",
    "Kategori",
    "Takipçi",
    "Takipçi Sayısı",
    "Takip Edilen",
    "Gönderi Sayısı",
    "Ort. İzlenme",
    "Ort. Beğeni",
    "Ort. Yorum",
    "Ort. Paylaşım",
    "Etkileşim Oranı",
    "Şehir",
    "Ülke",
    "Dil",
    "Onaylı Hesap",
    "Biyografi",
    "E-posta",
    "Ajans",
    "Gönderi Ücreti (TL)",
    "Hikaye Ücreti (TL)",
    "Reels Ücreti (TL)",
    "Video Ücreti (TL)",
    "Tarih",
)
# A person a row: this is where the accounts of one person are told to be one person's.
PEOPLE_HEADER = ("Ad Soyad", "Instagram", "TikTok", "YouTube", "X (Twitter)")
HISTORY_HEADER = ("Platform", "Kullanıcı Adı", "Takipçi Sayısı", "Takip Edilen", "Gönderi Sayısı")
_PLATFORM_NAMES = {"instagram": "Instagram", "tiktok": "TikTok", "youtube": "YouTube", "x": "X"}


def people_row(influencer: Influencer) -> tuple[str, ...]:
    """The person with a handle on each platform, in the order of PEOPLE_HEADER."""
    handles = {account.platform: f"@{account.handle}" for account in influencer.accounts}
    return (influencer.name, *(handles.get(platform, "") for platform in _PLATFORM_NAMES))


def row(influencer: Influencer, account: Account, newest: Snapshot) -> tuple[object, ...]:
    """The account as the newest list has it, in the order of HEADER."""
    mean = averages(account)
    prices = (account.rates.get(format, "") for format in ("post", "story", "reel", "video"))
    return (
        influencer.name,
        _PLATFORM_NAMES[account.platform],
        f"@{account.handle}",
        ", ".join(influencer.categories),
        short(newest.followers),
        newest.followers,
        newest.following,
        newest.posts_count,
        *("" if figure is None else figure for figure in mean[:4]),
        percent(mean.engagement_rate),
        influencer.city_name,
        "Türkiye",
        ", ".join(influencer.languages),
        "Evet" if account.verified else "Hayır",
        influencer.bio,
        influencer.email or "",
        influencer.agency or "",
        *prices,
        f"{newest.as_of:%d.%m.%Y}",
    )


def history_row(account: Account, snapshot: Snapshot) -> tuple[object, ...]:
    """The account as an earlier export had it, in the order of HISTORY_HEADER."""
    counts = (snapshot.followers, snapshot.following, snapshot.posts_count)
    return (_PLATFORM_NAMES[account.platform], f"@{account.handle}", *counts)


def short(count: int) -> str:
    """As Turkish apps shorten it: B is bin (thousand), Mn is milyon.

    >>> short(950), short(12_480), short(1_250_000)
    ('950', '12,5 B', '1,3 Mn')
    """
    if count < 1_000:
        return str(count)
    thousands = round(count / 1_000, 1)
    value, unit = (thousands, "B") if thousands < 1_000 else (round(count / 1_000_000 + 1e-9, 1), "Mn")
    return f"{value:.1f} {unit}".replace(".0 ", " ").replace(".", ",")


def percent(fraction: float | None) -> str:
    """As it is written in Turkish, the sign first; empty where there is no figure.

    >>> percent(0.0235)
    '%2,35'
    """
    return "" if fraction is None else f"%{fraction * 100:.2f}".replace(".", ",")
