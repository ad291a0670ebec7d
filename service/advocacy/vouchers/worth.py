"""What a code of each kind can be worth. Pure."""

Fault = dict[str, str]


def faults(kind: str, has_value: bool, has_rate: bool) -> list[Fault]:
    """What is wrong with the worth of a pool's codes.

    >>> faults("discount", True, True)
    [{'path': 'rate', 'message': 'a discount has a value or a rate, not both'}]
    >>> faults("gift_card", True, False), faults("product", False, False)
    ([], [])
    """
    if kind == "discount" and has_value and has_rate:
        return [{"path": "rate", "message": "a discount has a value or a rate, not both"}]
    if kind == "discount" and not has_value and not has_rate:
        return [{"path": "value", "message": "a discount needs a value or a rate"}]
    if kind != "discount" and has_rate:
        return [{"path": "rate", "message": "is of discounts alone"}]
    if kind in ("credit", "gift_card") and not has_value:
        return [{"path": "value", "message": f"is required for {kind}"}]
    return []
