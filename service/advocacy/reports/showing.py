"""A span of a snapshot as it is shown. Pure."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple
from uuid import UUID

from graph.estimates import Estimate
from graph.referrals.cohorts import share
from graph.referrals.purchases import Share
from service.advocacy.reports import costs, days, schemas
from service.advocacy.reports.building import Snapshot
from service.advocacy.reports.comparing import SideDays
from service.advocacy.reports.costs import Sum
from service.advocacy.reports.days import LONG_AGO, Span
from service.advocacy.reports.funnel import STAGES
from service.advocacy.reports.growing import WINDOW, CohortDays, Network, Unit
from service.advocacy.reports.schemas import (
    AdvocacyReport,
    FunnelStage,
    LeftOut,
    NetworkPart,
    NetworkSales,
    PointsSpent,
    ReportCohort,
    ReportFigure,
    ReportGrowth,
    ReportSide,
    RewardCost,
    RewardPart,
    RewardReturn,
    SideMoney,
    TopAdvocate,
)
from service.advocacy.spans import Days
from service.advocacy.terms.points import cost as priced
from service.advocacy.terms.shapes import POINTS, PointsWorth
from service.kit.ids import show, show_or_none
from service.kit.money import Money

_EPOCH: Final = date(1970, 1, 1).toordinal()
NOT_YET: Final = "not_yet"


class Asked(NamedTuple):
    """What is asked of a snapshot."""

    program_id: UUID | None
    days: Days
    by: Unit
    repeat_days: int

    @property
    def span(self) -> Span:
        first, last = self.days.first, self.days.last
        return Span(
            LONG_AGO if first is None else first.toordinal() - _EPOCH,
            days.NEVER if last is None else last.toordinal() - _EPOCH,
        )


def report(asked: Asked, of: Snapshot, names: Mapping[UUID, str | None]) -> AdvocacyReport:
    """The whole answer."""
    span = asked.span
    sums = of.funnel.sums(span)
    until = of.funnel.sums(Span(LONG_AGO, span.last))
    rewards = costs.sums(of.rewards, span)
    points = costs.of_points(rewards)
    spent = _spent(of.advocates, rewards, span)
    nets = {currency: each.sums(span)["net"] for currency, each in of.referred.money.items()}
    return AdvocacyReport(
        from_=asked.days.first,
        to=asked.days.last,
        tz=asked.days.zone.key,
        program_id=show_or_none("prg", asked.program_id),
        as_of=of.as_of,
        funnel=funnel(sums, until),
        growth=_growth(asked, of, span),
        advocacy_conversion_rate=_part(sums["by_click"], sums["visitors"], "no_visitors"),
        advocate_share=_part(until["referring"], until["buyers"], "no_customers"),
        acquired_customers=sums["acquired"],
        rewards=[_reward(each) for each in costs.by_unit(rewards)],
        of_points=[
            _of_points(each, each.worth) for each in rewards if each.worth is not None and each.stands
        ],
        returns=[
            _return(each)
            for each in costs.returns(spent, nets, sums["acquired"], points)
            if each.cost or each.net
        ],
        left_out=[_left_out(each) for each in costs.unpriced(rewards)],
        sides=[
            side("influencers", of.influencers, _spent(of.influencers, (), span), {}, asked, of.today),
            side("advocates", of.advocates, spent, points, asked, of.today),
        ],
        network=_network(of.network),
        top_advocates=[
            TopAdvocate(show("adv", named), names[named], each.direct, each.beyond)
            for each in of.top
            if (named := UUID(bytes=each.advocate_id)) in names
        ],
    )


def funnel(sums: Mapping[str, int], until: Mapping[str, int]) -> list[FunnelStage]:
    """Stages of a span: `until`, the sums of all days up to its end, tell of advocates.

    >>> beside = {f"{side}_{stage}": 0 for side in ("held", "rejected") for stage in STAGES}
    >>> sums = dict(zip(STAGES, (8, 4, 2, 2, 1))) | beside
    >>> made = funnel(sums, {"joined": 10, "inviting": 5})
    >>> [(each.count, each.conversion.value, each.per_previous) for each in made]
    [(10, None, None), (8, 0.5, 0.8), (4, 0.5, 0.5), (2, 0.5, 0.5), (2, 1.0, 1.0), (1, 0.5, 0.5)]
    """
    joined, inviting = until["joined"], until["inviting"]
    made = [FunnelStage("advocates", joined, 0, 0, ReportFigure(None, reason="first_stage"), None)]
    for stage in STAGES:
        count, before = sums[stage], made[-1].count
        went_on = inviting if stage == "invitations" else count
        made.append(
            FunnelStage(
                stage,
                count,
                sums[f"held_{stage}"],
                sums[f"rejected_{stage}"],
                _part(went_on, before, "nobody"),
                count / before if before else None,
            )
        )
    return made


def side(
    name: schemas.Side,
    of: SideDays,
    spent: Mapping[str, int],
    points: Mapping[str, int],
    asked: Asked,
    today: int,
) -> ReportSide:
    """What one side brought, and cost; `points`: the part of it that points make."""
    span = asked.span
    every = of.all.sums(span)
    again, had_time = days.again(of.firsts, span, asked.repeat_days, today)
    return ReportSide(
        side=name,
        customers=days.once(of.customers, span),
        new_customers=every["new_customers"],
        orders=every["orders"],
        repeat_days=asked.repeat_days,
        repeat_rate=_part(again, had_time, "too_young" if every["new_customers"] else "no_customers"),
        refund_rate=_part(every["went_back"], every["placed"], "no_orders"),
        money=[
            _money(
                currency, of, spent.get(currency, 0), points.get(currency, 0), span, every["new_customers"]
            )
            for currency in sorted({*of.money, *spent})
        ],
    )


def _money(currency: str, of: SideDays, cost: int, points: int, span: Span, new: int) -> SideMoney:
    made = of.money[currency].sums(span) if currency in of.money else {"orders": 0, "net": 0}
    orders, net = made["orders"], made["net"]
    return SideMoney(
        currency,
        orders,
        Money(net, currency),
        Money(round(Fraction(net, orders)), currency) if orders else None,
        Money(cost, currency),
        Money(points, currency),
        Money(round(Fraction(cost, new)), currency) if new else None,
    )


def _spent(of: SideDays, rewards: "list[Sum] | tuple[()]", span: Span) -> dict[str, int]:
    """Commissions, rewards and what points are worth, of a span, by currency."""
    spent = {currency: each.sums(span)["cost"] for currency, each in of.money.items()}
    for currency, amount in (*costs.money(rewards).items(), *costs.of_points(rewards).items()):
        spent[currency] = spent.get(currency, 0) + amount
    return {currency: amount for currency, amount in spent.items() if amount}


def _growth(asked: Asked, of: Snapshot, span: Span) -> ReportGrowth:
    made = of.growth.get(asked.by)
    if made is None:
        nothing = ReportFigure(None, reason=NOT_YET)
        return ReportGrowth(asked.by, None, int(WINDOW), [], None, nothing, nothing)
    rows = [row for row in made.cohorts if row.last >= span.first and row.first <= span.last]
    return ReportGrowth(
        asked.by,
        of.grown_at,
        int(WINDOW),
        [_cohort(row) for row in rows],
        _cohort(made.whole),
        figure(made.mean),
        figure(made.median),
    )


def _cohort(row: CohortDays) -> ReportCohort:
    return ReportCohort(
        row.name or None,
        row.users,
        row.invitations,
        row.brought,
        figure(row.invitations_per_user),
        figure(row.conversion),
        figure(row.k),
        figure(row.k_within),
        row.still_young,
    )


def figure(of: Estimate) -> ReportFigure:
    """An estimate as it is shown."""
    return ReportFigure(of.value, of.low, of.high, of.n, of.reason)


def _part(part: int, whole: int, nobody: str) -> ReportFigure:
    """A share with its interval. `more_than_all`: some came another way, so that it is no share."""
    if not whole:
        return ReportFigure(None, reason=nobody)
    if part > whole:
        return ReportFigure(None, n=whole, reason="more_than_all")
    return figure(share(part, whole))


def _reward(of: Sum) -> RewardCost:
    parts = {
        name: RewardPart(of.counts[name], None if of.amounts is None else of.amounts[name])
        for name in costs.PARTS
    }
    return RewardCost(of.kind, of.currency, **parts)


def _of_points(of: Sum, worth: PointsWorth) -> PointsSpent:
    return PointsSpent(worth, of.amount, priced(of.amount, worth))


def _return(of: costs.Return) -> RewardReturn:
    each = None if of.per_customer is None else Money(of.per_customer, of.currency)
    return RewardReturn(
        of.currency,
        Money(of.cost, of.currency),
        Money(of.of_points, of.currency),
        Money(of.net, of.currency),
        each,
        of.per_customer_reason,
        of.roi,
        of.roi_reason,
    )


def _left_out(of: Sum) -> LeftOut:
    points = None
    if of.currency == POINTS and of.amounts is not None:
        points = of.amount
    return LeftOut(of.kind, of.stands, points)


def _network(of: Network) -> NetworkSales:
    return NetworkSales(
        int(WINDOW),
        of.currency,
        of.sales,
        of.with_friends,
        of.draws,
        _network_part(of.of_sales, of.reason),
        _network_part(of.of_amount, of.reason),
    )


def _network_part(of: Share, reason: str | None) -> NetworkPart:
    through = ReportFigure(of.through, of.low, of.high)
    if reason is not None:
        through = ReportFigure(None, reason=reason)
    elif of.through is None:
        through = ReportFigure(None, reason="no_sales")
    return NetworkPart(of.after, of.by_chance, through, of.chance)
