"""A partner as the API shows it."""

from service.kit import ids
from service.programs.schemas import Partner, PartnerRow


def shown(row: PartnerRow) -> Partner:
    """The record with its outer ids."""
    return Partner(
        id=ids.show("prt", row.id),
        program_id=ids.show_or_none("prg", row.program_id),
        influencer_id=ids.show_or_none("inf", row.influencer_id),
        name=row.name,
        email=row.email,
        group=row.group,
        status=row.status,
        merged_into=ids.show_or_none("prt", row.merged_into),
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
