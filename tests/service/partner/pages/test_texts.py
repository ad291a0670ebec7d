"""Each text that a page asks for is there, in both languages with the same values; none is left over."""

import re

from service.partner.pages.rendering import FOLDER
from service.partner.pages.texts import TEXTS

PLACE = re.compile(r"\{(\w+)\}")
# Names that a page puts together.
MADE = re.compile(r"(basis|notice|invitation|error)_\w+|yes|no|payable|pending|on_hold|paid|from|to")
SECTIONS = {
    *("overview", "links", "coupons", "conversions", "commissions", "claims", "payouts", "statement"),
    *("programs", "settings"),
}


def test_every_text_is_there_and_used() -> None:
    pages = [*FOLDER.rglob("*.jinja"), *FOLDER.glob("*.py")]
    asked = set()
    for page in pages:
        text = page.read_text()
        asked |= set(re.findall(r"""\bt\(["'](\w+)["']\s*[,)]""", text))
        asked |= set(re.findall(r"""\.text\(\s*["'](\w+)["']""", text))
        asked |= set(re.findall(r"""said\(["'](\w+)["']""", text))
    assert asked - TEXTS.keys() == set()
    unused = {name for name in TEXTS.keys() - asked - SECTIONS if not MADE.fullmatch(name)}
    assert unused == set()


def test_both_languages_say_the_same_values() -> None:
    for name, (turkish, english) in TEXTS.items():
        assert set(PLACE.findall(turkish)) == set(PLACE.findall(english)), name
        assert turkish, name
        assert english, name
