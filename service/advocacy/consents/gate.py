"""The one gate in front of every message: nothing of advocacy is sent but through here."""

from uuid import UUID

from service.advocacy.consents import store
from service.advocacy.consents.addresses import address_key, normal
from service.advocacy.consents.deciding import verdict
from service.advocacy.consents.schemas import Channel, Purpose, RecipientType, Verdict
from service.kit import mail
from service.kit.db import Connection
from service.kit.mail import Mail


async def may_send(
    db: Connection,
    workspace_id: UUID,
    channel: Channel,
    address: str,
    purpose: Purpose,
    recipient_type: RecipientType = "individual",
    *,
    turkish: bool = True,
) -> Verdict:
    """Whether a message may be sent to an address now, and why (deciding.verdict)."""
    key = address_key(workspace_id, channel, address)
    newest = None if key is None else await store.newest(db, workspace_id, channel, key)
    form = None if key is None else normal(channel, address)
    return verdict(newest, channel, form, purpose, recipient_type, turkish=turkish)


async def send_mail(
    db: Connection,
    workspace_id: UUID,
    written: Mail,
    purpose: Purpose,
    recipient_type: RecipientType = "individual",
) -> Verdict:
    """Sends a mail if it may be sent; the answer says whether it was."""
    found = await may_send(db, workspace_id, "email", written.to, purpose, recipient_type)
    if found.allowed:
        await mail.send(db, workspace_id, written)
    return found
