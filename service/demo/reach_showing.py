"""Who is reached once, by whom, for how much: as tables, or as lines where those are too wide."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from scoring.explain import percent
from service.demo.reaching import Answers
from service.discovery.plans.schemas import ChosenInfluencer, Plan, PlanAnswer
from service.discovery.reach.overlaps.schemas import AudienceOf, Overlap
from service.discovery.reach.show import Figure
from service.kit.money import Money, to_decimal

_LEAST_FOR_A_MATRIX = 100
_UNKNOWN = "-"


def show(out: Console, answers: Answers, sent: int) -> None:
    """The list's overlap, its reach with a post each, and the plan."""
    if sent:
        out.print(f"Follower lists are in: {sent:,} people of the list's accounts, as keyed hashes.")
    show_overlap(out, answers.overlap)
    out.print(*_reach(answers), sep="\n", markup=False)
    _show_plan(out, answers.plan)


def show_overlap(out: Console, overlap: Overlap) -> None:
    """Who shares followers with whom: a matrix, or a line each."""
    if not overlap.influencers:
        out.print("Nobody is known to follow, only how many do: elci import followers FILE says who.")
        return
    out.print("Of the followers in a row, so many follow the influencer of the column as well:")
    if out.width < _LEAST_FOR_A_MATRIX or overlap.containment is None:
        out.print(*_alone(overlap), sep="\n", markup=False)
    else:
        out.print(_matrix(overlap))


def _matrix(overlap: Overlap) -> Table:
    numbers = [str(number) for number in range(1, len(overlap.influencers) + 1)]
    names = ("#", "influencer", "platform", "followers", *numbers, "nobody else's")
    table = Table(*(Column(name, no_wrap=True, justify="right") for name in names))
    table.columns[1].justify = table.columns[2].justify = "left"
    rows = overlap.containment.value if overlap.containment else []
    for number, each, row in zip(numbers, overlap.influencers, rows, strict=True):
        cells = ["" if str(at) == number else _percent(share) for at, share in enumerate(row, 1)]
        table.add_row(number, escape(each.name), each.platform, f"{each.size:,}", *cells, _own(each))
    return table


def _alone(overlap: Overlap) -> Iterator[str]:
    for number, each in enumerate(overlap.influencers, 1):
        yield f"{number}. {each.name}: {each.size:,} followers, {_own(each)} of them nobody else's"


def _own(each: AudienceOf) -> str:
    """Share that no other has; where people of platforms can't be told apart, no other of its platform."""
    within = each.within_platform
    return _percent(within.unique_share.value if within else each.unique_share.value)


def _reach(answers: Answers) -> Iterator[str]:
    """Followers and reach are two figures, and where people of two platforms can't be told apart, bounds."""
    overlap, reach = answers.overlap, answers.reach
    if overlap.influencers:
        yield (
            f"{overlap.total_followers:,} followers are {written(overlap.unique_followers)} people;"
            f" a post of each reaches {written(reach.unique_reach)} of them, suspected fakes taken off."
        )
    if overlap.without_set and overlap.unique_followers_of_all:
        yield f"With those of whom only a number is known: {written(overlap.unique_followers_of_all)} people."
    for part in reach.platforms if reach.across_platforms == "unknown" else []:
        yield (
            f"- {', '.join(part.platforms)}: {written(part.unique_followers)} people follow,"
            f" {written(part.unique_reach)} are reached"
        )
    for note in reach.notes:
        whom = f" ({len(note.influencer_ids)} of {len(reach.influencers)})" if note.influencer_ids else ""
        yield f"- {note.text}{whom}"


def written(figure: Figure) -> str:
    """A number, a number with its interval, or the bounds of one that is not known."""
    if figure.value is None:
        return _UNKNOWN if figure.low is None else f"between {_number(figure.low)} and {_number(figure.high)}"
    if figure.exact or figure.low is None:
        return _number(figure.value)
    return f"{_number(figure.value)} ({_number(figure.low)} to {_number(figure.high)})"


def _number(value: float | None) -> str:
    return _UNKNOWN if value is None else f"{value:,.0f}"


def _show_plan(out: Console, plan: Plan) -> None:
    answer = plan.answer
    if answer is None:
        out.print(f"The plan {plan.id} is being made.")
        return
    out.print(f"A plan for {_money(plan.budget)}: {answer.sentence}", markup=False)
    if answer.chosen:
        out.print(_steps(answer))
        out.print(*assumed_prices(answer.chosen), sep="\n", end="", markup=False)
    for reason, count in Counter(each.reason for each in answer.left_out).items():
        out.print(f"- {count} can't be planned with: {reason.replace('_', ' ')}")
    for note in answer.notes:
        out.print(f"- {note.text}", markup=False)


def assumed_prices(chosen: Sequence[ChosenInfluencer]) -> Iterator[str]:
    """Of the plan's prices those that the demo gave, as the influencers name none."""
    count = sum(each.cost_basis == "given" for each in chosen)
    if count:
        yield f"- {count} of these name no price: what is usual for so many followers is assumed\n"


def _steps(answer: PlanAnswer) -> Table:
    names = ("#", "influencer", "cost", "people it adds", "people in all", "cost per 1,000")
    table = Table(*(Column(name, no_wrap=True, justify="right") for name in names))
    table.columns[1].justify = "left"
    for each in answer.chosen:
        table.add_row(
            str(each.place),
            escape(each.name),
            _money(each.cost),
            f"{each.marginal_reach:,.0f}",
            f"{each.cumulative_reach:,.0f}",
            _money(each.cost_per_1000_unique),
        )
    return table


def _money(money: Money | None) -> str:
    return _UNKNOWN if money is None else f"{to_decimal(money):,.2f} {money.currency}"


def _percent(share: float | None) -> str:
    return _UNKNOWN if share is None else percent(share)
