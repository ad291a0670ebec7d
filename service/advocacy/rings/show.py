"""Evidence and rings as the API shows them. Pure."""

import math

from service.advocacy.rings.names import EVIDENCE
from service.advocacy.rings.schemas import (
    CodeCount,
    EvidenceRow,
    Observation,
    ReferralEvidence,
    Ring,
    RingRow,
)
from service.kit.ids import show, show_or_none
from service.kit.money import Units


def evidence(row: EvidenceRow) -> ReferralEvidence:
    """Why a referral is doubted, in words."""
    return ReferralEvidence(
        referral_id=show("ref", row.referral_id),
        held=row.held,
        found=row.found,
        score=row.score,
        chance=None if row.score is None else round(1 / (1 + math.exp(-row.score)), 3),
        ring_id=show_or_none("rin", row.ring_id),
        observations=[
            Observation(code, weight, EVIDENCE[code].tr, EVIDENCE[code].en)
            for code, weight in zip(row.codes, row.weights, strict=True)
        ],
        checked_at=row.checked_at,
    )


def ring(row: RingRow) -> Ring:
    """A ring, what is seen most first."""
    counts = sorted(row.codes.items(), key=lambda each: (-each[1], each[0]))
    return Ring(
        id=show("rin", row.id),
        program_id=show("prg", row.program_id),
        advocates=[show("adv", each) for each in row.advocates],
        referrals=row.referrals,
        held=row.held,
        rejected=row.rejected,
        codes=[CodeCount(code, n, EVIDENCE[code].tr, EVIDENCE[code].en) for code, n in counts],
        on_hold=[Units(each.amount, each.currency) for each in row.amounts],
        updated_at=row.updated_at,
    )
