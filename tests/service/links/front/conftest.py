"""Settings with a home of the test's own."""

from pathlib import Path

import msgspec
import pytest

from service.settings import Settings


@pytest.fixture
def own(settings: Settings, tmp_path: Path) -> Settings:
    return msgspec.structs.replace(settings, home=tmp_path)
