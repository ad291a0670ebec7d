"""A partner is told by mail whenever it changes where they are paid: nobody can switch that off."""

from contextlib import suppress
from uuid import UUID

from service.accounts.callers import Caller
from service.accounts.workspaces import store as workspaces
from service.kit import mail
from service.kit.db import Connection
from service.kit.mail import BadAddress
from service.programs.preferences import store as preferences

CHANGED = mail.Words(
    tr=(
        "{brand}: ödeme hesabınız değişti",
        "Merhaba,\n\n{brand} ödemelerinizin yapılacağı hesap değişti: bundan sonra {place}. Değiştiren: "
        "{who}. Bankaya verilmiş ödemeler eski hesaba gider.\n\nBunu siz istemediyseniz hemen markaya haber "
        "verin; iş ortağı girişinizden hesabı kendiniz de düzeltebilirsiniz.\n",
    ),
    en=(
        "{brand}: your payout account has changed",
        "Hello,\n\nthe account that {brand} pays you to has changed: from now on {place}. Changed by {who}. "
        "Payments that the bank has already go to the account before.\n\nIf you did not want this, tell the "
        "brand at once; logged in as the partner you can also put it right yourself.\n",
    ),
)
REMOVED = mail.Words(
    tr=(
        "{brand}: ödeme hesabınız kaldırıldı",
        "Merhaba,\n\n{brand} ödemelerinizin yapıldığı hesap kaldırıldı. Kaldıran: {who}. Yeni bir hesap "
        "bildirilene kadar ödemeleriniz bekler.\n\nBunu siz istemediyseniz hemen markaya haber verin.\n",
    ),
    en=(
        "{brand}: your payout account was removed",
        "Hello,\n\nthe account that {brand} paid you to was removed by {who}. What you are owed waits until "
        "there is another one.\n\nIf you did not want this, tell the brand at once.\n",
    ),
)
_WHO = {
    "tr": ("sizin adınıza giriş yapmış biri", "marka"),
    "en": ("somebody logged in for you", "the brand"),
}


async def tell(db: Connection, caller: Caller, partner_id: UUID, place: str | None) -> None:
    """Writes to the partner's own address, if there is one. `place`: the new account's hint; None: it was
    taken away."""
    reader = await preferences.get_preferences(db, caller.workspace_id, partner_id)
    if reader.email is None:
        return
    brand = (await workspaces.get_workspace(db, caller.workspace_id)).name
    language = "en" if reader.locale == "en" else "tr"
    # A mail's subject holds one line.
    values = {"brand": " ".join(brand.split()), "who": _WHO[language][caller.kind != "partner"]}
    words = REMOVED if place is None else CHANGED
    # Addresses that no mail reaches are in some brands' lists.
    with suppress(BadAddress):
        written = mail.compose(reader.email.strip(), words, language, place=place or "", **values)
        await mail.send(db, caller.workspace_id, written)
