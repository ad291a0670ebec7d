"""The project speaks of itself alone: no machine's paths, no addresses of registries."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FORBIDDEN = re.compile(
    r"/root/|/home/\w|/tmp/\w+_jobs|pypi\.org|registry\.npmjs|deb\.debian|files\.pythonhosted"
)
EXEMPT = ("service/vendor/", "tests/house/test_words.py")


def _files() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [name for name in listed.stdout.splitlines() if not name.startswith(EXEMPT)]


def test_no_machine_paths_or_registries() -> None:
    found = []
    for name in _files():
        text = (ROOT / name).read_text(errors="replace") if (ROOT / name).is_file() else ""
        found += [f"{name}: {line[:100]}" for line in text.splitlines() if FORBIDDEN.search(line)]
    assert found == []


def test_nothing_is_left_for_later() -> None:
    marker = re.compile(r"\b(TODO|FIXME|XXX)\b")
    found = [name for name in _files() if name.endswith(".py") and marker.search((ROOT / name).read_text())]
    assert found == []
