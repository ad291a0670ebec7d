"""One spike, one alert: a spike lasts from its first hour until counts have fallen back, whatever happens
between.

Pure: a spell and an hour's surprise in, the next spell and what to do out. The caller keeps the spell
beside the query. An hour may come again with more mentions, and late ones are for the record only: neither
alerts twice.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from scoring.spikes.surprise import Surprise

# So many hours in a row within the forecast's interval end a spike, and so does a day of which nothing is
# known.
CALM_HOURS = 3
LONGEST_GAP = timedelta(hours=24)


class Move(StrEnum):
    """What an hour does: OPEN alone sends an alert."""

    NONE = "none"
    OPEN = "open"
    CONTINUE = "continue"
    CLOSE = "close"


class Spell(Struct, frozen=True):
    """A spike that is on. All times are the beginnings of hours.

    last_at, last_count: the newest hour seen; peak_at, peak_count, peak_p: the least likely hour; mentions
    and expected: sums from the opening to the newest hour; calm: hours in a row within the interval, the
    newest one included, calm_before: without it.
    """

    opened_at: datetime
    last_at: datetime
    last_count: int
    peak_at: datetime
    peak_count: int
    peak_p: float
    mentions: int
    expected: float
    calm: int = 0
    calm_before: int = 0


class Step(NamedTuple):
    """The spell after an hour (None: no spike is on), what to do, and the spell that a CLOSE ended."""

    spell: Spell | None
    move: Move
    ended: Spell | None = None


def step(spell: Spell | None, hour: Surprise, *, complete: bool = True) -> Step:
    """Take one hour's surprise. complete: whether the hour is over; one that is not calms nothing.

    Hours come in order; one before the newest seen changes nothing.

    >>> from datetime import UTC
    >>> from scoring.spikes.local import HOUR
    >>> noon = datetime(2026, 11, 2, 12, tzinfo=UTC)
    >>> def seen(after, count):
    ...     p = 1e-9 if count > 39 else 0.5
    ...     return Surprise(noon + after * HOUR, count, 20.0, 12, 29, p, 40, count > 39)
    >>> spell, moves = None, []
    >>> for after, count in enumerate([20, 60, 45, 25, 50, 30, 22, 21, 19, 20]):
    ...     spell, move, _ = step(spell, seen(after, count))
    ...     moves.append(str(move))
    >>> " ".join(moves)
    'none open continue continue continue continue continue continue close none'
    """
    if spell is None:
        return Step(_opened(hour), Move.OPEN) if hour.spike else Step(None, Move.NONE)
    if hour.starts_at < spell.last_at:
        return Step(spell, Move.NONE)
    if hour.starts_at - spell.last_at > LONGEST_GAP:
        after = step(None, hour)
        return Step(after.spell, after.move if after.spell else Move.CLOSE, spell)
    after_hour = _taken(spell, hour, complete)
    if after_hour.calm >= CALM_HOURS:
        return Step(None, Move.CLOSE, after_hour)
    return Step(after_hour, Move.CONTINUE)


def _taken(spell: Spell, hour: Surprise, complete: bool) -> Spell:
    again = hour.starts_at == spell.last_at
    before = spell.calm_before if again else spell.calm
    calm = not hour.spike and (hour.high is None or hour.count <= hour.high)
    # An hour that comes again takes its own place; what was expected of it stands in the sum already.
    mentions = spell.mentions + hour.count - (spell.last_count if again else 0)
    expected = spell.expected + (0.0 if again else hour.expected or 0.0)
    p = 1.0 if hour.p is None else hour.p
    peak = (p, -hour.count) <= (spell.peak_p, -spell.peak_count)
    return replace(
        spell,
        last_at=hour.starts_at,
        last_count=hour.count,
        peak_at=hour.starts_at if peak else spell.peak_at,
        peak_count=hour.count if peak else spell.peak_count,
        peak_p=p if peak else spell.peak_p,
        mentions=mentions,
        expected=expected,
        calm=(before + 1 if complete else before) if calm else 0,
        calm_before=before,
    )


def _opened(hour: Surprise) -> Spell:
    return Spell(
        opened_at=hour.starts_at,
        last_at=hour.starts_at,
        last_count=hour.count,
        peak_at=hour.starts_at,
        peak_count=hour.count,
        peak_p=hour.p or 0.0,
        mentions=hour.count,
        expected=hour.expected or 0.0,
    )
