"""Two public path files: models share out the same to the last unit; the chain agrees with a slower way."""

import csv
from collections import Counter
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest

from service.conversions.attribution.comparing.asking import MODELS
from service.conversions.attribution.comparing.figures import PARTS, compare
from service.conversions.attribution.comparing.schemas import DecayRow, PathRow
from service.conversions.attribution.models import time_decay
from service.conversions.attribution.together import Journey, removal_effects, shapley

CONVERSION = 21
# What a conversion is said to be worth, so that money can be shared out: 17.37.
VALUE = 1737


def _player(number: int) -> UUID:
    return UUID(int=number)


@pytest.fixture(scope="session")
def wide(real_data: Path) -> list[list[int]]:
    """Paths of touch points in the columns of a row; 21 is the conversion, and what follows is nothing."""
    with (real_data / "attribution" / "Channel_attribution.csv").open(newline="") as file:
        rows = list(csv.reader(file))[1:]
    return [[int(cell) for cell in row if cell.strip()] for row in rows]


@pytest.fixture(scope="session")
def long(real_data: Path) -> dict[str, list[tuple[datetime, str, bool]]]:
    """Touches of each user: when, by which channel, and whether it converted. Without those that lack one."""
    touches: dict[str, list[tuple[datetime, str, bool]]] = {}
    with (real_data / "attribution" / "datasets_marketing.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            if row["date_served"] and row["marketing_channel"]:
                at = datetime.strptime(row["date_served"], "%m/%d/%y").replace(tzinfo=UTC)
                one = (at, row["marketing_channel"], row["converted"] == "TRUE")
                of = touches.setdefault(row["user_id"], [])
                if one not in of:
                    of.append(one)
    return touches


def test_wide_paths(wide: list[list[int]]) -> None:
    won = [path[: path.index(CONVERSION)] for path in wide if CONVERSION in path]
    assert len(won) == len(wide) == 2_392
    ways = Counter(tuple(path) for path in won)
    paths = [
        PathRow("TRY", [_player(each) for each in way] or None, times, times * VALUE)
        for way, times in ways.items()
    ]
    decay: dict[int, Fraction] = {}
    for way, times in ways.items():
        for each, share in zip(
            way, time_decay([float(len(way) - at) for at in range(len(way))]), strict=True
        ):
            decay[each] = decay.get(each, Fraction(0)) + share * times
    _agree(paths, {_player(each): share for each, share in decay.items()})


def test_the_chain_of_the_wide_paths(wide: list[list[int]]) -> None:
    ways = Counter(tuple(path[: path.index(CONVERSION)]) for path in wide if CONVERSION in path)
    journeys = [Journey(way, times, times) for way, times in ways.items() if way]
    effects = removal_effects(journeys)
    for player, effect in effects.items():
        assert effect == pytest.approx(_simulated(journeys, player), abs=1e-9)


def _simulated(journeys: list[Journey[int]], removed: int) -> float:
    """1 - P(conversion without the player), by as many steps of the whole chain as anybody takes."""
    size, start, end = 23, 0, CONVERSION
    steps = np.zeros((size, size))
    for journey in journeys:
        way = [start, *journey.path, end]
        np.add.at(steps, (way[:-1], way[1:]), journey.conversions)
    steps /= np.maximum(steps.sum(axis=1, keepdims=True), 1)
    steps[:, removed] = 0
    steps[end, end] = 1
    return 1 - float(np.linalg.matrix_power(steps, 4096)[start, end])


def test_users_touches(long: dict[str, list[tuple[datetime, str, bool]]]) -> None:
    numbers = {
        name: at for at, name in enumerate(sorted({name for of in long.values() for _, name, _ in of}))
    }
    assert len(numbers) == 5
    paths, decay = [], dict.fromkeys(numbers.values(), Fraction(0))
    journeys = []
    for of in long.values():
        way = sorted(of)
        won = any(converted for _, _, converted in way)
        path = [numbers[name] for _, name, _ in way]
        journeys.append(Journey(tuple(path), int(won), VALUE * won, lost=int(not won)))
        if won:
            paths.append(PathRow("TRY", [_player(each) for each in path], 1, VALUE))
            shares = time_decay([(way[-1][0] - at).days for at, _, _ in way])
            for each, share in zip(path, shares, strict=True):
                decay[each] += share
    _agree(paths, {_player(each): share for each, share in decay.items()})
    # With those who did not convert, nobody's removal loses everything.
    effects = removal_effects(journeys)
    assert all(0 < effect < 1 for effect in effects.values())
    credits_ = shapley(journeys)
    assert sum(credits_.values()) == VALUE * sum(journey.conversions for journey in journeys)


def _agree(paths: list[PathRow], decay: dict[UUID, Fraction]) -> None:
    faded = [DecayRow("TRY", player, share, share * VALUE) for player, share in decay.items()]
    found = compare(paths, faded, MODELS)
    total = found.totals[0]
    assert total.touched > 500
    sums = {
        model: (
            sum(row.credits[model].value for row in found.rows),
            sum(row.credits[model].conversions for row in found.rows),
        )
        for model in MODELS
    }
    assert set(sums.values()) == {(total.touched_value, total.touched * PARTS)}
    # They do not all say the same.
    assert len({tuple(row.credits[model].value for row in found.rows) for model in MODELS}) > 5
