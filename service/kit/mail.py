"""Plain-text mail in Turkish or English, sent through the outbox.

With ELCI_SMTP_URL by SMTP; without, as a file in ELCI_HOME/outbox, for somebody who tries elci out.
"""

import asyncio
import re
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit
from uuid import UUID

import aiosmtplib
import msgspec

from service.kit import outbox
from service.kit.db import Connection
from service.kit.outbox import Dead, Message
from service.kit.problems import BadRequest

TOPIC = "mail"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_ATOM = r"[^\s@<>,;:\"()\[\]\\.]+"
_ADDRESS = re.compile(rf"{_ATOM}(\.{_ATOM})*@{_ATOM}(\.{_ATOM})+")
_LONGEST_ADDRESS = 254
_PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
_TIMEOUT_S = 20.0


class BadAddress(BadRequest):
    title = "Not an e-mail address"
    slug = "bad-email-address"


class UnsafeText(BadRequest):
    title = "Control characters in a text for a mail"
    slug = "unsafe-mail-text"


class Words(msgspec.Struct, frozen=True):
    """Subject and text in both languages; `{name}` is filled in."""

    tr: tuple[str, str]
    en: tuple[str, str]


class Mail(msgspec.Struct, frozen=True):
    """A mail that is ready to go. `unsubscribe`: an address that ends mails of its kind by one POST."""

    to: str
    subject: str
    text: str
    lang: str
    unsubscribe: str | None = None


def compose(to: str, words: Words, lang: str, **values: str) -> Mail:
    """A mail to one address, in Turkish unless `lang` is `en`.

    Raises BadAddress, and UnsafeText where a value holds a line break or another control character: in a
    subject it would be a header of its own.
    """
    check(to)
    if any(_CONTROL.search(value) for value in values.values()):
        raise UnsafeText
    subject, text = words.en if lang == "en" else words.tr
    return Mail(to, subject.format(**values), text.format(**values), "en" if lang == "en" else "tr")


def check(address: str) -> None:
    """Raises BadAddress where a mail can't be sent there."""
    if len(address) > _LONGEST_ADDRESS or not _ADDRESS.fullmatch(address) or _CONTROL.search(address):
        raise BadAddress


async def send(db: Connection, workspace_id: UUID, mail: Mail) -> UUID:
    """Sends the mail once the caller's transaction has committed. Erasure finds it by its address."""
    return await outbox.put(db, workspace_id, TOPIC, mail, subject=mail.to.lower())


async def deliver(message: Message) -> None:
    """The carrier of the topic `mail`."""
    mail = msgspec.convert(message.body, Mail)
    written = _written(mail, message)
    url = message.settings.smtp_url
    if url is None:
        folder = message.settings.home / "outbox"
        await asyncio.to_thread(_save, folder, message.id, message.created_at, bytes(written))
    else:
        await _send(urlsplit(url), written)


def _written(mail: Mail, message: Message) -> EmailMessage:
    written = EmailMessage(policy=SMTP)
    written["From"] = message.settings.mail_from
    written["To"] = mail.to
    written["Subject"] = mail.subject
    written["Date"] = format_datetime(message.created_at)
    # The same in every attempt, so that a mailbox can drop what it has already.
    written["Message-ID"] = f"<{message.id}@{_host(message.settings.mail_from)}>"
    written["Content-Language"] = mail.lang
    written["Auto-Submitted"] = "auto-generated"
    if mail.unsubscribe is not None:
        # RFC 8058: the mailbox's own button.
        written["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        written["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    written.set_content(mail.text)
    return written


def _host(sender: str) -> str:
    return sender.rpartition("@")[2].strip("> ") or "localhost"


def _save(folder: Path, message_id: UUID, created_at: datetime, content: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / f"{created_at:%Y%m%dT%H%M%S}-{message_id}.eml"
    aside = file.with_suffix(".part")
    aside.touch(mode=0o600)
    aside.write_bytes(content)
    aside.rename(file)


async def _send(url: SplitResult, written: EmailMessage) -> None:
    try:
        await aiosmtplib.send(written, **_connection(url))
    except aiosmtplib.SMTPRecipientsRefused as error:
        codes = [refused.code for refused in error.recipients]
        if all(code >= 500 for code in codes):
            raise Dead(f"the mail server refused the recipient ({codes[0]})") from error
        raise


def _connection(url: SplitResult) -> dict[str, Any]:
    return {
        "hostname": url.hostname,
        "port": url.port or _PORTS[url.scheme],
        "username": unquote(url.username) if url.username else None,
        "password": unquote(url.password) if url.password else None,
        "use_tls": url.scheme == "smtps",
        "start_tls": url.scheme == "smtp+starttls",
        "timeout": _TIMEOUT_S,
    }


outbox.topic(TOPIC, deliver, attempts=12, first_wait_s=10.0, longest_wait_s=6 * 3600.0, at_once=4)
