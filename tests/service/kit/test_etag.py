"""ETags: who has seen the present version may change it."""

import pytest

from service.kit import etag
from service.kit.problems import PreconditionFailed, PreconditionRequired


@pytest.mark.parametrize("header", [None, '"3"', 'W/"3"', '"2", "3"', "*"])
def test_seen(header: str | None) -> None:
    etag.match(header, 3)


@pytest.mark.parametrize("header", ['"2"', "3", "", '"33"', '"2", "4"'])
def test_not_seen(header: str) -> None:
    with pytest.raises(PreconditionFailed) as refused:
        etag.match(header, 3)
    assert refused.value.body()["etag"] == '"3"'


def test_required() -> None:
    with pytest.raises(PreconditionRequired):
        etag.match(None, 3, required=True)
    etag.match('"3"', 3, required=True)
