"""An application as the API shows it."""

from service.kit import ids
from service.programs.applications.schemas import Application, ApplicationRow


def shown(row: ApplicationRow) -> Application:
    """The record with its outer ids."""
    fields = {name: getattr(row, name) for name in Application.__struct_fields__}
    outer = {
        "id": ids.show("app", row.id),
        "program_id": ids.show("prg", row.program_id),
        "partner_id": ids.show_or_none("prt", row.partner_id),
    }
    return Application(**{**fields, **outer})
