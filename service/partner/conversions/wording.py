"""What a partner is credited by, in words. Pure."""

from fractions import Fraction

from service.partner.words import Text
from service.programs.numbers import percent

_BY: dict[str, tuple[str, str]] = {
    "click": ("Bağlantınıza tıklandı", "A click on your link"),
    "coupon": ("Kuponunuz kullanıldı", "Your coupon was used"),
    "bond": ("Müşteriyi daha önce siz getirdiniz", "You brought this customer before"),
    "manual": ("Marka size yazdı", "The brand credited it to you"),
}


def credited(kind: str, name: str | None, weight: Fraction) -> Text:
    """
    >>> credited("coupon", "AYSE10", Fraction(1, 2))["en"]
    'Your coupon was used (AYSE10): 50% of the order'
    >>> credited("bond", None, Fraction(1))["tr"]
    'Müşteriyi daha önce siz getirdiniz'
    """
    tr, en = _BY[kind]
    if name:
        tr, en = f"{tr} ({name})", f"{en} ({name})"
    if weight != 1:
        tr, en = (
            f"{tr}: siparişin {percent(weight, True)} kadarı",
            f"{en}: {percent(weight, False)} of the order",
        )
    return {"tr": tr, "en": en}
