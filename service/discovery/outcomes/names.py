"""What people read for the codes of collaborations (GET /v1/labels), and the rejects of their files."""

from service.accounts.labels.registry import register
from service.imports import names as names  # names every reject that it knows by itself
from service.imports.rejects import REASONS

_ENGLISH = "There is no such brand."

REASONS["unknown_brand"] = _ENGLISH
register("import_reject", {"unknown_brand": ("Böyle bir marka yok.", _ENGLISH)})
register("import_kind", {"outcomes": ("İş birliği sonuçları", "Outcomes of collaborations")})
