"""DisclosureRule packs as the API shows them. Pure."""

from datetime import datetime

from service.mentions.disclosure.packs import Bilingual, Pack
from service.mentions.disclosure.schemas import DisclosureRule, RulePack


def pack(one: Pack, at: datetime) -> RulePack:
    """A pack with its rules spelt out, in force or not at a moment."""
    return RulePack(
        id=one.id,
        version=one.version,
        title=one.title,
        markets=one.markets,
        platforms=one.platforms,
        source=one.source,
        published_on=one.published_on,
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        timezone=one.timezone,
        in_force=one.in_force(at),
        rules=_rules(one),
        labels=one.labels,
        not_enough=one.not_enough,
        checks=one.checks,
        claims=one.claims,
    )


def _rules(one: Pack) -> list[DisclosureRule]:
    checks = one.checks
    found = [
        DisclosureRule(
            f"{one.id}/label",
            "MISSING",
            Bilingual(
                "Gönderi, reklam olduğunu bir etiketle söyler.", "A post says by a label that it is paid for."
            ),
        )
    ]
    if checks.advertiser:
        part = checks.advertiser == "each_part"
        tr = "Reklam verenin adı geçer" + (", her parçada." if part else ".")
        en = "The advertiser is named" + (" in each part." if part else ".")
        found.append(DisclosureRule(f"{one.id}/advertiser", "ADVERTISER_NOT_NAMED", Bilingual(tr, en)))
    if checks.fold:
        told = Bilingual(
            "Etiket ilk bakışta görünür, başta söylenir.",
            "The label is visible at first sight, or said at the start.",
        )
        found.append(DisclosureRule(f"{one.id}/first-sight", "BELOW_FOLD", told))
    if checks.tags_before is not None:
        tr = f"Etiketin önünde {checks.tags_before} veya daha fazla başka etiket durmaz."
        en = f"The label does not stand behind {checks.tags_before} or more other hashtags."
        found.append(DisclosureRule(f"{one.id}/among-hashtags", "BURIED_IN_HASHTAGS", Bilingual(tr, en)))
    if checks.each_frame:
        told = Bilingual("Hikâyenin her karesi etiket taşır.", "Each frame of a story carries a label.")
        found.append(DisclosureRule(f"{one.id}/each-frame", "FRAME_UNLABELLED", told))
    return found + [
        DisclosureRule(f"{one.id}/{claim.id}", "FORBIDDEN_CLAIM", claim.text) for claim in one.claims
    ]
