"""Mail: composed without a way to smuggle a header in, and sent again when the server was down."""

import email
import email.policy
import socket

import msgspec
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from service.kit import ids, jobs, mail
from service.kit.mail import BadAddress, UnsafeText, Words

WORDS = Words(
    tr=("{team} sizi çağırıyor", "Merhaba {name},\n\n{team} ekibine katılın.\n"),
    en=("{team} invites you", "Hello {name},\n\njoin {team}.\n"),
)


@pytest.fixture
def workspace():
    return ids.new()


@pytest.fixture
def home(settings, tmp_path):
    return msgspec.structs.replace(settings, home=tmp_path)


class Inbox:
    """A mail server's handler that keeps what it gets; `answers` are given first."""

    def __init__(self):
        self.mails, self.answers = [], []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.answers:
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


@pytest.fixture
def inbox():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    handler = Inbox()

    def check(server, session, envelope, mechanism, data):
        return AuthResult(success=(data.login, data.password) == (b"elci", b"p@ss"))

    handler.controller = Controller(
        handler, hostname="127.0.0.1", port=port, authenticator=check, auth_require_tls=False
    )
    handler.url = f"smtp://elci:p%40ss@127.0.0.1:{port}"
    yield handler
    if handler.controller.server:
        handler.controller.stop()


async def send(database, workspace, to="ayse@example.com", lang="tr", **values):
    made = mail.compose(to, WORDS, lang, **{"team": "Kahve & Co", "name": "Ayşe", **values})
    async with database.transaction(workspace) as db:
        return await mail.send(db, workspace, made)


def test_the_language_decides_the_words():
    assert mail.compose("a@b.co", WORDS, "tr", team="X", name="Y").subject == "X sizi çağırıyor"
    assert mail.compose("a@b.co", WORDS, "en", team="X", name="Y").text.startswith("Hello Y")
    assert mail.compose("a@b.co", WORDS, "de", team="X", name="Y").lang == "tr"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ayse",
        "ayse@",
        "@example.com",
        "ayse@localhost",
        "a b@example.com",
        "a@example.com\nBcc: all@example.com",
        "a@example.com, b@example.com",
        "<a@example.com>",
        "a@example.com\r\n",
        "a@@example.com",
        "a@example..com",
        f"{'a' * 250}@example.com",
        "a\x00@example.com",
    ],
)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(BadAddress):
        mail.compose(address, WORDS, "tr", team="X", name="Y")


@pytest.mark.parametrize("address", ["a@b.co", "ad.soyad+etiket@posta.com.tr", "ayşe@örnek.com.tr"])
def test_addresses_that_people_have(address):
    assert mail.compose(address, WORDS, "tr", team="X", name="Y").to == address


@pytest.mark.parametrize(
    "value", ["X\nBcc: a@b.co", "X\r\nX-Evil: 1", "X\x0bY", "X\x00", "X\u2028Y", "X\x85Y"]
)
def test_a_value_can_not_become_a_header(value):
    with pytest.raises(UnsafeText):
        mail.compose("a@b.co", WORDS, "tr", team=value, name="Y")


def test_braces_in_a_value_stay_braces():
    made = mail.compose("a@b.co", WORDS, "en", team="{name.__class__}", name="Y")
    assert made.subject == "{name.__class__} invites you"


async def test_without_a_server_a_mail_is_a_file(home, database, workspace):
    message_id = await send(database, workspace)
    await jobs.run_queued(home, database)
    (file,) = (home.home / "outbox").glob("*.eml")
    assert file.stat().st_mode & 0o777 == 0o600
    read = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert read["Subject"] == "Kahve & Co sizi çağırıyor"
    assert (read["To"], read["From"]) == ("ayse@example.com", "elci <elci@localhost>")
    assert read["Message-ID"] == f"<{message_id}@localhost>"
    assert read.get_content().splitlines() == ["Merhaba Ayşe,", "", "Kahve & Co ekibine katılın."]


async def test_a_mail_goes_to_the_server(home, database, workspace, inbox):
    inbox.controller.start()
    await send(database, workspace, lang="en")
    await jobs.run_queued(msgspec.structs.replace(home, smtp_url=inbox.url), database)
    (got,) = inbox.mails
    assert (got["Subject"], got["To"]) == ("Kahve & Co invites you", "ayse@example.com")
    assert got["Auto-Submitted"] == "auto-generated"


async def test_a_server_that_is_down_gets_the_mail_later(home, database, workspace, inbox, owner):
    settings = msgspec.structs.replace(home, smtp_url=inbox.url)
    message_id = await send(database, workspace)
    await jobs.run_queued(settings, database)
    assert await owner.fetchval("select status || ' ' || attempts from outbox") == "waiting 1"
    inbox.controller.start()
    await jobs.run_queued(settings, database)
    assert inbox.mails == []
    await jobs.run_queued(settings, database, ahead=True)
    assert [got["Message-ID"] for got in inbox.mails] == [f"<{message_id}@localhost>"]
    assert await owner.fetchval("select status from outbox") == "delivered"


@pytest.mark.parametrize(
    ("answer", "status", "error"),
    [
        ("550 no such user ayse@example.com", "dead", "the mail server refused the recipient (550)"),
        ("451 try later ayse@example.com", "waiting", "SMTPRecipientsRefused"),
    ],
)
async def test_a_refused_recipient(home, database, workspace, inbox, owner, answer, status, error):
    inbox.controller.start()
    inbox.answers = [answer]
    await send(database, workspace)
    await jobs.run_queued(msgspec.structs.replace(home, smtp_url=inbox.url), database)
    kept = await owner.fetchrow("select status, last_error from outbox")
    assert tuple(kept) == (status, error)


async def test_a_wrong_password_is_not_the_end(home, database, workspace, inbox, owner, monkeypatch):
    # The test's server leaves a client that it refused waiting.
    monkeypatch.setattr(mail, "_TIMEOUT_S", 1.0)
    inbox.controller.start()
    await send(database, workspace)
    url = inbox.url.replace("p%40ss", "wrong")
    await jobs.run_queued(msgspec.structs.replace(home, smtp_url=url), database)
    assert await owner.fetchval("select status from outbox") == "waiting"


async def test_erasure_finds_a_mail_by_its_address(home, database, workspace):
    from service.kit import outbox

    await send(database, workspace, to="Ayse@Example.com")
    async with database.transaction(workspace) as db:
        await outbox.forget(db, workspace, "ayse@example.com")
    assert await jobs.run_queued(home, database) == 1
    assert not (home.home / "outbox").exists()
