"""A program's terms in words, in Turkish and English. Pure."""

from collections.abc import Sequence
from datetime import datetime

from service.kit.money import Money, Price
from service.programs.numbers import amount, percent
from service.programs.terms import Attribution, Bonus, Cap, Hold, Override, Per, Rule, RuleKind, Tier

_OF: dict[RuleKind, tuple[str, str]] = {
    "click": ("Her tıklama", "Each click"),
    "lead": ("Her potansiyel müşteri", "Each lead"),
    "sale": ("Her satış", "Each sale"),
    "signup": ("Her kayıt", "Each sign-up"),
    "booking": ("Her rezervasyon", "Each booking"),
}
_PER: dict[Per, tuple[str, str]] = {
    "month": ("ayda", "a month"),
    "quarter": ("üç ayda", "a quarter"),
    "year": ("yılda", "a year"),
    "all": ("toplam", "in all"),
}
_SINCE = {
    "delivered": ("teslimattan", "the delivery"),
    "paid": ("müşterinin ödemesinden", "the customer's payment"),
    "event": ("satıştan", "the sale"),
}
_EVIDENCE = {
    "coupon": ("kupon", "coupon"),
    "click": ("tıklama", "click"),
    "bond": ("müşteri bağı", "customer bond"),
}
_MODELS = {
    "last": ("son tıklama", "the last click"),
    "first": ("ilk tıklama", "the first click"),
    "coupon_click_split": ("kupon ve tıklama arasında paylaşım", "shared by coupon and click"),
}
Text = dict[str, str]
Both = tuple[str, str]


def of_rule(rule: Rule) -> Text:
    """
    >>> from decimal import Decimal
    >>> rule = Rule("sale", rate=Decimal("0.1"), customers="new", categories=["Ayakkabı"])
    >>> of_rule(rule)["en"]
    'Each sale: 10% of the net amount; categories: Ayakkabı; new customers only'
    >>> of_rule(rule)["tr"]
    'Her satış: net tutarın %10 kadarı; kategoriler: Ayakkabı; yalnızca yeni müşteriler'
    """
    parts: list[Both] = [_pays(rule.rate, rule.flat), *_conditions(rule)]
    parts += [_tier(tier, rule.tiers_per) for tier in rule.tiers]
    if rule.cap is not None:
        parts.append(_cap(rule.cap))
    tr, en = _OF[rule.kind]
    return _text((f"{tr}: {parts[0][0]}", f"{en}: {parts[0][1]}"), *parts[1:])


def _pays(rate: object, flat: Price | None) -> Both:
    if rate is not None:
        return (f"net tutarın {percent(rate, True)} kadarı", f"{percent(rate, False)} of the net amount")  # type: ignore[arg-type]
    return _money(flat) if flat is not None else ("kademelere göre", "by tiers")


def _conditions(rule: Rule) -> list[Both]:
    found: list[Both] = []
    for values, tr, en in (
        (rule.products, "ürünler", "products"),
        (rule.categories, "kategoriler", "categories"),
        (rule.countries, "ülkeler", "countries"),
    ):
        if values:
            found.append((f"{tr}: {_listed(values)}", f"{en}: {_listed(values)}"))
    if rule.customers == "new":
        found.append(("yalnızca yeni müşteriler", "new customers only"))
    if rule.customers == "returning":
        found.append(("yalnızca eski müşteriler", "returning customers only"))
    if rule.recurring == "first":
        found.append(("müşterinin ilk siparişi", "a customer's first order"))
    if rule.recurring == "months" and rule.months is not None:
        found.append(
            (
                f"müşterinin ilk siparişinden sonra {rule.months} ay",
                f"for {rule.months} months from a customer's first order on",
            )
        )
    if rule.starts_at is not None:
        found.append((f"başlangıç {_day(rule.starts_at)}", f"from {_day(rule.starts_at)} on"))
    if rule.ends_at is not None:
        found.append((f"bitiş {_day(rule.ends_at)}", f"until {_day(rule.ends_at)}"))
    return found


def _listed(values: Sequence[str]) -> str:
    shown = ", ".join(values[:10])
    return shown if len(values) <= 10 else f"{shown}, … (+{len(values) - 10})"


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _tier(tier: Tier, per: Per) -> Both:
    tr, en = _pays(tier.rate, tier.flat)
    goals = _goals(tier.from_sales, tier.from_volume)
    return (
        f"{_PER[per][0]} {' ve '.join(each[0] for each in goals)} olunca {tr}",
        f"from {' and '.join(each[1] for each in goals)} {_PER[per][1]} on {en}",
    )


def _goals(sales: int | None, volume: Price | None) -> list[Both]:
    found = [] if sales is None else [(f"{sales} satış", f"{sales} sales")]
    return found if volume is None else [*found, _money(volume)]


def _cap(cap: Cap) -> Both:
    tr, en = _money(cap.amount)
    return f"{_PER[cap.per][0]} en çok {tr}", f"at most {en} {_PER[cap.per][1]}"


def _money(price: Price) -> Both:
    money = Money(price.amount, price.currency)
    return amount(money, True), amount(money, False)


def of_bonus(bonus: Bonus) -> Text:
    """What a goal pays.

    >>> of_bonus(Bonus(Price(50_000, "TRY"), from_sales=10))["tr"]
    'Prim: ayda 10 satış olunca 500,00 TRY'
    """
    tr, en = _money(bonus.amount)
    goals = _goals(bonus.from_sales, bonus.from_volume)
    return {
        "tr": f"Prim: {_PER[bonus.per][0]} {' ve '.join(each[0] for each in goals)} olunca {tr}",
        "en": f"Bonus: {en} for {' and '.join(each[1] for each in goals)} {_PER[bonus.per][1]}",
    }


def of_override(override: Override) -> Text:
    """What an agency gets."""
    return {
        "tr": f"İş ortaklarınızın kazandığının {percent(override.rate, True)} kadarı",
        "en": f"{percent(override.rate, False)} of what your partners earn",
    }


def of_hold(hold: Hold) -> Text:
    """When what is earned becomes payable.

    >>> of_hold(Hold(days=14, since="paid"))["en"]
    "Payable 14 days after the customer's payment"
    """
    tr, en = _SINCE[hold.since]
    told = f"Kazancınız {tr} {hold.days} gün sonra ödenebilir olur", f"Payable {hold.days} days after {en}"
    if hold.since != "delivered":
        return _text(told)
    unknown = hold.days + hold.unknown_days
    return _text(
        told,
        (
            f"teslimat bilinmiyorsa satıştan {unknown} gün sonra",
            f"where the delivery isn't known, {unknown} days after the sale",
        ),
    )


def of_attribution(attribution: Attribution) -> Text:
    """To whom an order is credited."""
    days = attribution.window_days
    order = [_EVIDENCE[kind] for kind in attribution.precedence]
    model = _MODELS[attribution.payout_model]
    return _text(
        (f"Bir tıklama {days} gün sayılır", f"A click counts for {days} days"),
        (
            f"öncelik sırası: {', '.join(each[0] for each in order)}",
            f"in this order: {', '.join(each[1] for each in order)}",
        ),
        (f"ödenen: {model[0]}", f"paid is {model[1]}"),
    )


def of_min_payout(price: Price) -> Text:
    """From how much on it is paid out."""
    tr, en = _money(price)
    return {"tr": f"Ödeme en az {tr} birikince yapılır", "en": f"Paid out from {en} on"}


def _text(*parts: Both) -> Text:
    return {"tr": "; ".join(each[0] for each in parts), "en": "; ".join(each[1] for each in parts)}
