"""What can go wrong with searches."""

from service.kit.problems import BadRequest, NotFound, Problem


class FilterNotAvailable(BadRequest):
    """The data that a filter or order asks for is not there: ignoring it would answer another question."""

    title = "Filter not available"
    slug = "filter-not-available"


class UnknownSavedSearch(NotFound):
    title = "Saved search not found"
    slug = "saved-search-not-found"


CONSTRAINTS: dict[str, type[Problem]] = {}

TURKISH = {
    "Filter not available": "Filtre kullanılamıyor",
    "Saved search not found": "Kayıtlı arama bulunamadı",
}
