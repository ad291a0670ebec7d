"""Files of consents: those of the İYS, and others with the same columns."""

from typing import Any

from msgspec import Struct

from service.imports.cells.types import LINE
from service.imports.kinds import Field, Kind, Parsed, RowError


class ConsentFileRow(Struct, frozen=True):
    """One line as the file has it."""

    row: int
    address: str
    channel: str
    status: str
    recipient_type: str | None
    source: str | None
    occurred_at: str | None
    external_id: str | None
    text_version: str | None


WORDS = {
    "recipient": ("recipient", "alici", "address", "adres", "email", "phone", "telefon", "iletisim adresi"),
    "consentchannel": ("type", "channel", "izin turu", "izin tipi", "tur", "tip", "kanal", "ileti turu"),
    "consentstatus": ("status", "durum", "izin durumu", "onay durumu"),
    "recipienttype": ("recipienttype", "recipient type", "alici tipi", "alici turu"),
    "consentsource": ("source", "kaynak", "izin kaynagi"),
    "consentdate": (
        *("consentdate", "consent date", "izin tarihi", "tarih", "date", "occurred at", "izin zamani"),
        "onay tarihi",
    ),
    "customerid": ("external id", "customer id", "musteri no", "musteri numarasi", "musteri kodu"),
    "textversion": ("text version", "metin surumu", "text"),
}
FIELDS = (
    Field("address", LINE, ("=recipient",)),
    Field("channel", LINE, ("=consentchannel",)),
    Field("status", LINE, ("=consentstatus",)),
    Field("recipient_type", LINE, ("=recipienttype",)),
    Field("source", LINE, ("=consentsource",)),
    Field("occurred_at", LINE, ("=consentdate",)),
    Field("external_id", LINE, ("=customerid",)),
    Field("text_version", LINE, ("=textversion",)),
)
_NEEDED = ("address", "channel", "status")


def assemble(parsed: Parsed) -> list[list[ConsentFileRow] | RowError]:
    """The consent of each row."""
    columns = {name: parsed.column(name) for name in ConsentFileRow.__struct_fields__[1:]}
    return [
        _row(row, {name: column[at] for name, column in columns.items()})
        for at, row in enumerate(parsed.rows)
    ]


def _row(row: int, cells: dict[str, Any]) -> list[ConsentFileRow] | RowError:
    for name in _NEEDED:
        if not cells[name]:
            return RowError("missing_value", name)
    return [ConsentFileRow(row, **cells)]


CONSENTS = Kind(
    name="consents",
    fields=FIELDS,
    assemble=assemble,
    lists=frozenset(("consents", "izinler", "list")),
    words=WORDS,
    hidden=frozenset(("address", "external_id")),
)
