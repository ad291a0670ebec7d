"""Models side by side: totals that agree to the minor unit, whatever the paths."""

from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.conversions.attribution.comparing.asking import MODELS
from service.conversions.attribution.comparing.figures import PARTS, compare
from service.conversions.attribution.comparing.schemas import Credit, DecayRow, Figures, PathRow
from service.conversions.attribution.models import time_decay

A, B, C = (UUID(int=number) for number in (1, 2, 3))


def credits_of(found: Figures, model: str, currency: str = "TRY") -> dict[UUID, Credit]:
    return {row.partner_id: row.credits[model] for row in found.rows if row.currency == currency}


def test_by_hand() -> None:
    # Two ways: A > B > C of 1.00 in one order, B alone of 0.50 in one order. 7 days between touches.
    paths = [PathRow("TRY", [A, B, C], 1, 100), PathRow("TRY", [B], 1, 50), PathRow("TRY", None, 2, 30)]
    decay = [
        DecayRow("TRY", A, Decimal(1) / 7, Decimal(100) / 7),
        DecayRow("TRY", B, 1 + Decimal(2) / 7, 50 + Decimal(200) / 7),
        DecayRow("TRY", C, Decimal(4) / 7, Decimal(400) / 7),
    ]
    found = compare(paths, decay, MODELS)
    values = {
        model: {partner: credit.value for partner, credit in credits_of(found, model).items()}
        for model in MODELS
    }
    assert values["last"] == {A: 0, B: 50, C: 100}
    assert values["first"] == {A: 100, B: 50, C: 0}
    # 33 1/3, 83 1/3, 33 1/3: the last unit goes to the first of equal remainders.
    assert values["linear"] == {A: 34, B: 83, C: 33}
    assert values["position"] == {A: 40, B: 70, C: 40}
    assert values["time_decay"] == {A: 14, B: 79, C: 57}
    assert values["shapley"] == {A: 34, B: 83, C: 33}
    # B leads to C or to a conversion, half and half. Without A or C one of two is lost, without B both are.
    assert values["markov"] == {A: 38, B: 75, C: 37}
    total = found.totals[0]
    assert (total.conversions, total.value, total.touched, total.touched_value) == (4, 180, 2, 150)
    linear = credits_of(found, "linear")
    assert sorted(credit.conversions for credit in linear.values()) == [3333, 3334, 13333]


def test_currencies_are_apart() -> None:
    found = compare([PathRow("TRY", [A, B], 1, 100), PathRow("JPY", [B, C], 1, 7)], [], ["first", "markov"])
    assert [total.currency for total in found.totals] == ["JPY", "TRY"]
    assert credits_of(found, "first", "JPY") == {B: Credit(PARTS, 7), C: Credit(0, 0)}
    assert credits_of(found, "markov", "TRY") == {A: Credit(PARTS // 2, 50), B: Credit(PARTS // 2, 50)}


def test_conversions_without_value_are_still_shared_out() -> None:
    found = compare([PathRow("TRY", [A, B], 3, 0)], [], ["linear"])
    assert credits_of(found, "linear") == {A: Credit(15_000, 0), B: Credit(15_000, 0)}


def test_nothing_of_nothing() -> None:
    assert compare([], [], MODELS) == Figures([], [])
    assert compare([PathRow("TRY", None, 3, 9)], [], MODELS).rows == []


PATHS = st.lists(
    st.tuples(
        st.sampled_from(["TRY", "JPY", "KWD"]),
        st.lists(st.integers(1, 9).map(lambda number: UUID(int=number)), max_size=8),
        st.integers(1, 10**6),
        st.integers(0, 10**12),
        st.floats(0, 30),
    ),
    max_size=15,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PATHS)
def test_totals_agree_to_the_minor_unit(ways: list[tuple[str, list[UUID], int, int, float]]) -> None:
    paths = [PathRow(currency, path or None, times, value) for currency, path, times, value, _ in ways]
    found = compare(paths, _decay(ways), MODELS)
    for total in found.totals:
        rows = [row for row in found.rows if row.currency == total.currency]
        for model in MODELS:
            assert sum(row.credits[model].value for row in rows) == total.touched_value
            assert sum(row.credits[model].conversions for row in rows) == total.touched * PARTS
        touched = [path for path in paths if path.currency == total.currency and path.path]
        assert total.touched_value == sum(path.value for path in touched)
    assert compare(list(reversed(paths)), _decay(ways), MODELS) == found


def _decay(ways: list[tuple[str, list[UUID], int, int, float]]) -> list[DecayRow]:
    sums: dict[tuple[str, UUID], list[Fraction]] = {}
    for currency, path, times, value, age in ways:
        if path:
            shares = time_decay([age * (len(path) - at) for at in range(len(path))])
            for partner, share in zip(path, shares, strict=True):
                of = sums.setdefault((currency, partner), [Fraction(0), Fraction(0)])
                of[0] += share * times
                of[1] += share * value
    return [DecayRow(currency, partner, *amounts) for (currency, partner), amounts in sums.items()]
