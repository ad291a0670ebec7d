"""What models, touches and the reasons of a decision are called, for people."""

from collections.abc import Mapping
from typing import Final

from service.accounts.labels.registry import Language, register

MODELS: Final = {
    "last": ("Son dokunuş", "Last touch"),
    "first": ("İlk dokunuş", "First touch"),
    "linear": ("Eşit paylaşım", "Linear"),
    "time_decay": ("Zamanla azalan", "Time decay"),
    "position": ("Konuma göre (40/20/40)", "Position (40/20/40)"),
    "shapley": ("Shapley değeri", "Shapley value"),
    "markov": ("Markov zinciri", "Markov chain"),
    "coupon_click_split": ("Kupon ve tıklama arasında", "Split between coupon and click"),
}
TOUCHES: Final = {
    "click": ("tıklama", "click"),
    "coupon": ("kupon", "coupon"),
    "bond": ("müşteri bağı", "customer bond"),
    "manual": ("elle atama", "assignment by hand"),
}
# What stands in braces is told beside the code.
REASONS: Final = {
    "manual": ("Elle atandı: {name}", "Assigned by hand: {name}"),
    "coupon": ("Siparişte {name} kuponu var", "The order has the coupon {name}"),
    "last_click": ("Son tıklama {name}", "Last click {name}"),
    "first_click": ("İlk tıklama {name}", "First click {name}"),
    "split": (
        "{coupon} kuponu ile {click} tıklaması paylaşır (kuponun payı {part})",
        "Coupon {coupon} and click {click} share it (the coupon's part: {part})",
    ),
    "bond": (
        "Müşteri, kendisini getiren ortağa bağlı",
        "The customer stays with the partner who brought them",
    ),
    "public_coupon": (
        "Yalnızca herkese açık {name} kuponu var",
        "Nothing but the public coupon {name}",
    ),
    "outranks": (
        "{kind} {name}, {over} {other} kanıtından önce gelir",
        "{kind} {name} outranks {over} {other}",
    ),
    "other_program": (
        "Başka bir program {kind} ile {partner} ortağına öderdi; bir sipariş iki kez ödenmez",
        "Another program would pay {partner} by {kind}; an order is paid once",
    ),
    "no_evidence": ("Hiçbir ortağı gösteren kanıt yok", "Nothing speaks for any partner"),
    "no_partner": ("{kind} {name} bir ortağa ait değil", "{kind} {name} is no partner's"),
    "after_order": ("{kind} {name} siparişten sonra", "{kind} {name} came after the order"),
    "outside_window": (
        "{kind} {name}, {days} günlük sürenin dışında",
        "{kind} {name} lies outside the window of {days} days",
    ),
    "bond_ended": ("Müşteri bağı sona ermiş ya da yok", "The customer's bond has ended, or there is none"),
    "not_evidence": (
        "{kind} {name} bu programda kanıt sayılmaz",
        "{kind} {name} is no evidence in this program",
    ),
    "coupon_not_started": ("{name} kuponu henüz başlamamıştı", "Coupon {name} had not started"),
    "coupon_ended": ("{name} kuponu sona ermişti", "Coupon {name} had ended"),
    "coupon_used_up": ("{name} kuponunun kullanım sınırı dolmuştu", "Coupon {name} was used up"),
    "foreign_origin": (
        "{name} tıklaması izinli olmayan bir siteden",
        "Click {name} was told by a site that is not allowed",
    ),
}
_VERSION: Final = (", kural s{version}", ", rule v{version}")

register("attribution_model", MODELS)
register("touch", TOUCHES)
register("attribution_reason", REASONS)


def tell(code: str, values: Mapping[str, str], language: Language) -> str:
    """A reason as a sentence.

    >>> values = {"kind": "coupon", "name": "AYSE10", "over": "click", "other": "clk_0", "version": "3"}
    >>> tell("outranks", values, "en")
    'Coupon AYSE10 outranks click clk_0, rule v3'
    """
    at = 0 if language == "tr" else 1
    words = {name: TOUCHES[value][at] if value in TOUCHES else value for name, value in values.items()}
    sentence = " ".join(REASONS[code][at].format_map(words).split())
    version = _VERSION[at].format(version=values["version"]) if "version" in values else ""
    capital = "İ" if at == 0 and sentence[0] == "i" else sentence[0].upper()
    return capital + sentence[1:] + version
