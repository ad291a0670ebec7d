"""What a partner earns by an order under a program's terms: rules, tiers, caps, overrides. Pure.

Amounts are exact: a rate is a fraction of integer minor units, rounded once, half to even.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from service.kit import ids
from service.kit.money import Money, Price, exponent
from service.ledger.rules import bases, matching, wording
from service.ledger.rules.shapes import Earned, Exchange, Item, Sold, SoldKind, Standing
from service.programs.groups import in_groups
from service.programs.reading import Agreed, Payee
from service.programs.terms import Per, Rule, Tier

__all__ = ["Earned", "Exchange", "Item", "Sold", "SoldKind", "Standing", "earn"]
_NOWHERE = Standing()


def earn(
    sold: Sold,
    weight: Fraction,
    agreed: Agreed,
    payee: Payee,
    standings: Mapping[Per, Standing],
    before: Fraction = Fraction(0),
    exchange: Exchange | None = None,
) -> list[Earned]:
    """What the payee, credited with `weight` of it, earns by it, and what an agency gets of that.

    `standings`: the payee's, by period, for those that `programs.periods.needed` names. `before` is the
    weight of the shares that come before this one, so that the shares of an order add up to its whole to
    the minor unit. `exchange` is asked for where the terms name another currency than the order's; without
    a rate the commission stays in the order's.
    """
    if agreed.stopped is not None:
        return []
    paid = _paid(sold, agreed, payee)
    net = sum(base for _, _, base in paid)
    share = _Share(sold, agreed, payee, standings, before, weight, exchange, net)
    found = [share.earned(number, rule, base) for number, rule, base in paid]
    return found + _overrides(agreed, payee, found)


def _paid(sold: Sold, agreed: Agreed, payee: Payee) -> list[tuple[int, Rule, int]]:
    """The rules that pay, each with the part of the net that it pays for."""
    rules = [(*each, matching.wanted(each[1])) for each in matching.rules_of(sold, agreed, payee)]
    net = max(sold.net, 0)
    lines: Sequence[Item | None] = sold.lines or (None,)
    parts = bases.spread(net, sold.lines) if sold.lines else [net]
    found: dict[int, tuple[Rule, int]] = {}
    for line, part in zip(map(matching.goods, lines), parts, strict=True):
        for number, rule, wanted in rules:
            if matching.matches(wanted, line):
                found[number] = (rule, found.get(number, (rule, 0))[1] + part)
                break
    return [(number, *found[number]) for number in sorted(found)]


class _Share:
    """One partner's share of one order."""

    def __init__(
        self,
        sold: Sold,
        agreed: Agreed,
        payee: Payee,
        standings: Mapping[Per, Standing],
        before: Fraction,
        weight: Fraction,
        exchange: Exchange | None,
        net: int,
    ) -> None:
        self.sold, self.agreed, self.payee = sold, agreed, payee
        self.standings, self.before, self.weight = standings, before, weight
        # As standings count it: what no rule pays for was no volume of earlier orders either.
        self.own = bases.part(net, before, weight)
        self.exchange = exchange if agreed.terms.currency not in (None, sold.currency) else None

    def earned(self, number: int, rule: Rule, base: int) -> Earned:
        """What one rule pays, and why."""
        tier = self._tier(rule)
        pays = rule if tier is None else rule.tiers[tier - 1]
        whole, words, facts = self._whole(pays, rule, base)
        whole, exchanged, more = self._exchanged(whole)
        key = f"rule-{rule.name or number}"
        mine = Money(bases.part(whole.amount, self.before, self.weight), whole.currency)
        amount, capped, cap = self._capped(rule, key, mine)
        shared = None if self.weight == 1 else wording.of_share(self.weight)
        place = wording.of_place(number, rule.name, tier)
        told = {
            **matching.cited(self.agreed),
            "rule": number,
            "tier": tier,
            **facts,
            **more,
            **cap,
            **({} if self.weight == 1 else {"share": str(self.weight)}),
            "text": wording.join(words, place, shared, exchanged, capped),
        }
        mine_base = bases.part(base, self.before, self.weight)
        return Earned(rule.kind, key, self.payee.partner_id, amount, mine_base, told)

    def _tier(self, rule: Rule) -> int | None:
        """The number of the highest tier that this order reaches or is beyond."""
        standing = self.standings.get(rule.tiers_per, _NOWHERE)
        reached = [at for at, tier in enumerate(rule.tiers, 1) if self._reaches(tier, standing)]
        return max(reached, default=None)

    def _reaches(self, tier: Tier, standing: Standing) -> bool:
        if tier.from_sales is not None and standing.sales + self.sold.quantity < tier.from_sales:
            return False
        if tier.from_volume is None:
            return True
        currency = tier.from_volume.currency
        volume = standing.volume.get(currency, 0) + (self.own if currency == self.sold.currency else 0)
        return volume >= tier.from_volume.amount

    def _whole(self, pays: Rule | Tier, rule: Rule, base: int) -> tuple[Money, wording.Words, dict[str, Any]]:
        """What the order pays by the rule, before it is shared."""
        if pays.rate is not None:
            of = Money(base, self.sold.currency)
            facts: dict[str, Any] = {"rate": str(pays.rate), "base": _shown(of)}
            paid = Money(round(Fraction(pays.rate) * base), of.currency)
            return paid, wording.of_rate(pays.rate, of), facts
        flat = pays.flat or Price(0, self.sold.currency)
        one = Money(flat.amount, flat.currency)
        facts = {"flat": _shown(one), "quantity": self.sold.quantity}
        words = wording.of_flat(one, rule.kind, self.sold.quantity)
        return Money(one.amount * self.sold.quantity, one.currency), words, facts

    def _exchanged(self, whole: Money) -> tuple[Money, wording.Words | None, dict[str, Any]]:
        wanted = self.agreed.terms.currency
        if wanted is None or whole.currency == wanted:
            return whole, None, {}
        if self.exchange is None or whole.currency != self.sold.currency:
            return whole, None, {"unconverted": wanted}
        scale = Fraction(10) ** (exponent(wanted) - exponent(whole.currency))
        paid = Money(round(whole.amount * Fraction(self.exchange.rate) * scale), wanted)
        day = self.exchange.day.isoformat()
        facts = {"from": _shown(whole), "rate": str(self.exchange.rate), "day": day}
        return paid, wording.of_exchange(self.exchange.rate, day, whole), {"exchange": facts}

    def _capped(
        self, rule: Rule, key: str, mine: Money
    ) -> tuple[Money, wording.Words | None, dict[str, Any]]:
        """At most what the cap leaves; a cap in another currency knows nothing of this one."""
        cap = rule.cap
        if cap is None or cap.amount.currency != mine.currency:
            return mine, None, {}
        standing = self.standings.get(cap.per, _NOWHERE)
        used = Money(standing.earned.get(key, {}).get(mine.currency, 0), mine.currency)
        left = max(cap.amount.amount - used.amount, 0)
        facts = {"cap": {"amount": _shown(cap.amount), "per": cap.per, "used": _shown(used)}}
        if mine.amount <= left:
            return mine, None, facts
        facts["cap"]["earned"] = _shown(mine)
        limit = Money(cap.amount.amount, cap.amount.currency)
        return Money(left, mine.currency), wording.of_cap(limit, cap.per, used, mine), facts


def _overrides(agreed: Agreed, payee: Payee, found: Sequence[Earned]) -> list[Earned]:
    """What agencies get of what the payee earns, on top of it: a commission of its own."""
    whose = ids.show("prt", payee.partner_id)
    known_as = {whose, *(ids.show("prt", one) for one in payee.merged)}
    sums: dict[str, int] = {}
    for one in found:
        sums[one.amount.currency] = sums.get(one.amount.currency, 0) + one.amount.amount
    overrides = []
    for number, override in enumerate(agreed.terms.overrides, start=1):
        if override.partner_id in known_as or not in_groups(agreed.group, override.groups):
            continue
        agency = ids.read("prt", override.partner_id)
        for currency, earned in sorted(sums.items()):
            if earned == 0:
                continue
            of = Money(earned, currency)
            told = {
                **matching.cited(agreed),
                "override": number,
                "rate": str(override.rate),
                "of": {"partner_id": whose, "earned": _shown(of)},
                "text": wording.of_override(override.rate, of),
            }
            key = f"override-{number}:{whose}" + (f":{currency}" if len(sums) > 1 else "")
            amount = Money(round(Fraction(override.rate) * earned), currency)
            overrides.append(Earned("override", key, agency, amount, None, told))
    return overrides


def _shown(money: Money | Price) -> dict[str, Any]:
    return {"amount": money.amount, "currency": money.currency}
