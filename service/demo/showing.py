"""The ranking for people: a table, or paragraphs where a table would be too wide."""

from collections.abc import Iterator

from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from scoring.explain import percent
from service.discovery.scores.schemas import Scored, ScorePage

# Of tables that go to a file or a pipe.
_WIDTH = 140
_LEAST_FOR_A_TABLE = 100
_UNKNOWN = "-"


def console() -> Console:
    """Standard output: as wide as the terminal; without colours and of a fixed width where it is none."""
    out = Console(highlight=False, emoji=False)
    # A terminal that can't show Turkish letters gets marks instead of an error.
    getattr(out.file, "reconfigure", lambda **_: None)(errors="replace")
    return out if out.is_terminal else Console(highlight=False, emoji=False, width=_WIDTH)


def show(out: Console, page: ScorePage, brief: str) -> None:
    """The first page of a run."""
    if not page.data:
        out.print("Nobody to rank: no influencer of these files was taken in.")
        return
    out.print(
        f"The best {len(page.data)} of {page.candidates:,} for the brief “{escape(brief)}”"
        f" ({page.scored:,} have a fit; 100 is the best):"
    )
    if out.width < _LEAST_FOR_A_TABLE:
        for scored in page.data:
            out.print(*_paragraph(scored), sep="\n")
    else:
        out.print(_table(page.data))


def _table(data: list[Scored]) -> Table:
    names = ("#", "influencer", "platform", "followers", "engagement", "fit", "confidence")
    table = Table(*(Column(name, no_wrap=True) for name in names), Column("why", ratio=1), show_lines=True)
    for at in (0, 3, 4, 5, 6):
        table.columns[at].justify = "right"
    for scored in data:
        cells = (str(scored.rank), "\n".join(_who(scored)), *_figures(scored), "; ".join(scored.sentences))
        table.add_row(*map(escape, cells))
    return table


def _paragraph(scored: Scored) -> Iterator[str]:
    platform, followers, engagement, fit, confidence = map(escape, _figures(scored))
    yield f"{scored.rank}. {escape(' '.join(_who(scored)))} on {platform}"
    yield f"   {followers} followers, engagement {engagement}, fit {fit}, confidence {confidence}"
    for sentence in scored.sentences:
        yield f"   - {escape(sentence)}"


def _who(scored: Scored) -> list[str]:
    handle = scored.account.handle if scored.account else None
    return [scored.influencer.name, *([f"@{handle}"] if handle else [])]


def _figures(scored: Scored) -> tuple[str, str, str, str, str]:
    """Platform, followers, engagement, fit, confidence."""
    account, fit = scored.account, scored.fit
    followers = account.followers if account else None
    rate = account.engagement_rate if account else None
    return (
        account.platform if account else _UNKNOWN,
        _UNKNOWN if followers is None else f"{followers:,}",
        _UNKNOWN if rate is None else percent(rate),
        _UNKNOWN if fit.score is None else f"{fit.score:.0f}",
        percent(fit.confidence),
    )
