"""What can go wrong with imports."""

from service.kit.problems import BadRequest, NotFound, Problem
from service.kit.translation import register_titles


class UnknownImport(NotFound):
    title = "Import not found"
    slug = "import-not-found"


class UnknownKind(BadRequest):
    """`kinds` names those that there are."""

    title = "Unknown kind of import"
    slug = "unknown-import-kind"


class EmptyUpload(BadRequest):
    title = "Nothing was uploaded"
    slug = "empty-upload"


class BadMapping(BadRequest):
    """The mapping is no JSON object of columns and fields, or names a field that there is not."""

    title = "Unreadable mapping"
    slug = "bad-mapping"


class UnreadableFile(BadRequest):
    """Why the file could not be read, by a stable `code`. Nothing of it was taken in."""

    title = "Unreadable file"
    slug = "unreadable-file"


class FileGone(BadRequest):
    """The import had ended once and its file was dropped: upload it again."""

    title = "The file is gone"
    slug = "import-file-gone"


CONSTRAINTS: dict[str, type[Problem]] = {
    "import_chunks_import_fkey": UnknownImport,
    "import_rejects_import_fkey": UnknownImport,
}

register_titles(
    {
        "Import not found": "İçe aktarma bulunamadı",
        "Unknown kind of import": "Bilinmeyen içe aktarma türü",
        "Nothing was uploaded": "Hiçbir şey yüklenmedi",
        "Unreadable mapping": "Okunamayan eşleme",
        "Unreadable file": "Okunamayan dosya",
        "The file is gone": "Dosya artık yok",
    }
)
