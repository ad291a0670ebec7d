"""README lists every setting with the words the code has for it."""

from pathlib import Path

from service.settings import variables

README = Path(__file__).parents[2] / "README.md"


def test_every_setting_is_in_the_table_and_no_other() -> None:
    rows = [line for line in README.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    listed = [line for line in rows if line.startswith(("| `ELCI_", "| `DATABASE_URL"))]
    expected = [
        f"| `{each.name}` | {each.meaning} | {each.expects} | {f'`{each.default}`' if each.default else ''} |"
        for _, each in variables()
    ]
    assert listed == expected
