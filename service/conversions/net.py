"""What a percentage is taken of. Pure."""

from msgspec import Struct

from service.conversions.folding import State


class Net(Struct, frozen=True):
    amount: int
    basis: str


def net_of(state: State) -> Net:
    """FORMULAS 5."""
    by_lines = None
    if state.lines and all(line.net is not None for line in state.lines):
        by_lines = sum(line.net or 0 for line in state.lines)
    tax = (state.tax or 0) if state.tax_included is not False else 0
    by_order = (
        (state.amount or 0) - tax - ((state.shipping or 0) - (state.shipping_tax or 0)) - (state.fees or 0)
    )
    if by_lines is None or 0 <= by_order < by_lines:
        return Net(max(by_order, 0), "order")
    return Net(by_lines, "lines")
