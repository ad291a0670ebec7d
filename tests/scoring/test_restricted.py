"""Restricted categories are data with a source."""

import re

from scoring import restricted, safety


def test_every_category_names_its_law_and_its_words() -> None:
    every = restricted.categories()
    assert len({(each.market, each.code) for each in every}) == len(every)
    assert {"alcohol", "tobacco", "gambling", "medicine", "infant_formula"} <= {each.code for each in every}
    for each in every:
        assert re.search(r"Law No\. \d+", each.source), each.code
        assert each.safety is None or each.safety in safety.categories()
        assert each.checked_on is None or re.fullmatch(r"\d{4}-\d\d-\d\d", each.checked_on)
        assert each.rule_tr != each.rule_en


def test_a_market_without_data_has_none() -> None:
    assert restricted.categories("XX") == ()
