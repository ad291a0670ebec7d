"""What was earned over a period and no longer is. Pure."""

from collections.abc import Sequence

from service.conversions.earnings.schemas import StaleRow
from service.kit.money import Money
from service.ledger.targets import Target

_WORDS = {
    "tr": "geçerli tıklama kalmadı ya da hedefin altında kalındı",
    "en": "no click counts any more, or the goal is no longer reached",
}


def nothing(posted: Sequence[StaleRow], targets: Sequence[Target]) -> list[Target]:
    """A target of 0 for each commission that is posted and not asked for."""
    asked = {(target.partner_id, target.key, target.earned.currency) for target in targets}
    return [_none(row) for row in posted if (row.partner_id, row.key, row.currency) not in asked]


def _none(row: StaleRow) -> Target:
    return Target(
        partner_id=row.partner_id,
        program_id=row.program_id,
        kind=row.kind,
        key=row.key,
        earned=Money(0, row.currency),
        base=None,
        refunded=0,
        total=0,
        occurred_at=row.occurred_at,
        due_at=row.due_at,
        rule={"text": _WORDS},
        link_id=row.link_id,
    )
