"""What a finding says to people, in Turkish and English. A possible issue, never legal advice. Pure."""

from collections.abc import Sequence
from typing import Literal

from service.mentions.disclosure.deciding import Finding
from service.mentions.disclosure.packs import Bilingual, Pack

Language = Literal["tr", "en"]
# What a quoted piece of a post may take up in an explanation.
_QUOTED = 80

CODES: dict[str, tuple[str, str]] = {
    "MISSING": ("Reklam etiketi yok", "No label"),
    "ADVERTISER_NOT_NAMED": ("Reklam verenin adı yok", "Advertiser not named"),
    "BELOW_FOLD": ("Etiket ilk bakışta görünmüyor", "Label not visible at first sight"),
    "BURIED_IN_HASHTAGS": ("Etiket diğer etiketlerin arasında", "Label among other hashtags"),
    "FRAME_UNLABELLED": ("Etiketsiz kare", "Frame without a label"),
    "FORBIDDEN_CLAIM": ("İzin verilmeyen ifade", "Claim that is not allowed"),
}
VERDICTS: dict[str, tuple[str, str]] = {
    "ok": ("Sorun görülmedi", "Nothing seen"),
    "possible_issue": ("Olası sorun", "Possible issue"),
}
_TOLD: dict[tuple[str, str], Bilingual] = {
    ("MISSING", ""): Bilingual(
        "Olası sorun: {market} için tanınan bir reklam etiketi görülmedi.",
        "Possible issue: no label that counts in {market} was seen.",
    ),
    ("MISSING", "weak"): Bilingual(
        "Olası sorun: {about} tek başına yeterli sayılmıyor; açık bir reklam etiketi görülmedi.",
        "Possible issue: {about} is not taken as enough; no clear label was seen.",
    ),
    ("MISSING", "abroad"): Bilingual(
        "Olası sorun: {about} başka bir pazarın ({market}) etiketi; bu pazarınki görülmedi.",
        "Possible issue: {about} is a label of another market ({market}); none of this one was seen.",
    ),
    ("ADVERTISER_NOT_NAMED", ""): Bilingual(
        "Olası sorun: {about} var, ama reklam verenin adı ({advertiser}) görülmedi.",
        "Possible issue: {about} is there, but the advertiser ({advertiser}) is not named.",
    ),
    ("ADVERTISER_NOT_NAMED", "frame"): Bilingual(
        "Olası sorun: {frame}. karede reklam verenin adı ({advertiser}) görülmedi.",
        "Possible issue: frame {frame} does not name the advertiser ({advertiser}).",
    ),
    ("BELOW_FOLD", ""): Bilingual(
        "Olası sorun: {about}, ilk bakışta görünen {fold} karakterin ardında kalıyor.",
        "Possible issue: {about} stands behind the {fold} characters that are visible at first sight.",
    ),
    ("BELOW_FOLD", "start"): Bilingual(
        "Olası sorun: {about} başta söylenmiyor (ilk {fold} karakterin ardında).",
        "Possible issue: {about} is not said at the start (behind the first {fold} characters).",
    ),
    ("BURIED_IN_HASHTAGS", ""): Bilingual(
        "Olası sorun: {about}, {tags} başka etiketin ardında duruyor.",
        "Possible issue: {about} stands behind {tags} other hashtags.",
    ),
    ("FRAME_UNLABELLED", "frame"): Bilingual(
        "Olası sorun: {frame}. karede reklam etiketi görülmedi.",
        "Possible issue: frame {frame} carries no label.",
    ),
}
_NOTHING = Bilingual("Kurallara göre bir sorun görülmedi.", "Nothing was seen that the rules ask for.")
_NO_RULES = Bilingual(
    "{market} için o gün yürürlükte olan bir kural paketi yok.",
    "No rule pack for {market} was in force that day.",
)


def explained(finding: Finding, pack: Pack, language: Language) -> str:
    """One finding in words, with what was written quoted.

    >>> from service.mentions.disclosure.packs import built_in
    >>> missing = Finding("MISSING", "us-ftc/label", None, values={"market": "US"})
    >>> explained(missing, built_in()[-1], "en")
    'Possible issue: no label that counts in US was seen.'
    """
    if finding.code == "FORBIDDEN_CLAIM":
        return _claim(finding, pack, language)
    values = {"about": f"“{_short(finding.about)}”", "frame": _frame(finding), **finding.values}
    told: str = getattr(_TOLD[finding.code, finding.hint], language)
    return told.format_map(values)


def summed(findings: Sequence[Finding], market: str, pack: Pack | None, language: Language) -> str:
    """The whole verdict in one sentence or more."""
    if pack is None:
        told: str = getattr(_NO_RULES, language)
        return told.format(market=market)
    if not findings:
        nothing: str = getattr(_NOTHING, language)
        return nothing
    return " ".join(dict.fromkeys(explained(finding, pack, language) for finding in findings))


def _claim(finding: Finding, pack: Pack, language: Language) -> str:
    claim = next(one for one in pack.claims if one.id == finding.values["claim"])
    start = "Olası sorun" if language == "tr" else "Possible issue"
    quoted = f" (“{_short(finding.about)}”)" if finding.about else ""
    return f"{start}: {getattr(claim.text, language)}{quoted}"


def _frame(finding: Finding) -> str:
    place = finding.place
    return "" if place is None or place.index is None else str(place.index + 1)


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"
