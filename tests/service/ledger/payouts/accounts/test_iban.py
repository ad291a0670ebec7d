"""IBANs: the registry's examples are read, and no slip of a finger passes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.ledger.payouts.accounts.iban import LENGTHS, check, hint, read

EXAMPLES = [
    "TR330006100519786457841326",
    "DE89370400440532013000",
    "GB29NWBK60161331926819",
    "NL91ABNA0417164300",
    "FR1420041010050500013M02606",
    "NO9386011117947",
    "MT84MALT011000012345MTLCAST001S",
    "SA0380000000608010167519",
    "AZ21NABZ00000000137010001944",
]


@pytest.mark.parametrize("number", EXAMPLES)
def test_the_registry_s_examples(number: str) -> None:
    assert read(number) == number
    spaced = " ".join(number[at : at + 4] for at in range(0, len(number), 4)).lower()
    assert read(spaced) == number
    assert read(f"IBAN: {spaced}") == number
    assert number[8:-4] not in hint(number)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("TR330006100519786457841327", "check digits"),
        ("TR33000610051978645784132", "has 25 characters; an IBAN of TR has 26"),
        ("TR3300061005197864578413266", "has 27 characters"),
        ("US33000610051978645784", "no IBANs of US"),
        ("0006 1005 1978 6457 8413 26", "is no IBAN"),
        ("TR33 0006 1005 1978 6457 84I3 26", "digits only"),
        ("TR٣٣0006100519786457841326", "is no IBAN"),
        ("", "is no IBAN"),
        ("=CMD|' /C calc'!A0", "is no IBAN"),
    ],
)
def test_what_no_bank_would_take(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read(text)


@given(st.sampled_from(EXAMPLES[:1] + EXAMPLES[1:4]), st.integers(4, 40), st.integers(1, 9))
def test_one_wrong_digit_is_seen(number: str, at: int, more: int) -> None:
    at = 4 + at % (len(number) - 4)
    if number[at].isdigit():
        wrong = number[:at] + str((int(number[at]) + more) % 10) + number[at + 1 :]
        with pytest.raises(ValueError, match="check digits"):
            read(wrong)


@given(st.sampled_from(EXAMPLES), st.integers(4, 40))
def test_two_neighbours_the_wrong_way_round_are_seen(number: str, at: int) -> None:
    at = 4 + at % (len(number) - 5)
    turned = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    assert turned == number or check(turned) != 1


def test_lengths_are_of_the_registry_s_countries() -> None:
    assert all(
        len(country) == 2 and 15 <= length <= 34 and country.isupper() for country, length in LENGTHS.items()
    )
