"""What can go wrong with accounts."""

from service.kit.problems import (
    BadRequest,
    Conflict,
    Forbidden,
    NotFound,
    Problem,
    Unauthorized,
)
from service.kit.translation import register_titles


class BadToken(Unauthorized):
    title = "Token refused"
    slug = "token-refused"


class WrongLogin(Unauthorized):
    """The same for an unknown address and for a wrong password."""

    title = "E-mail or password is wrong"
    slug = "wrong-log-in"


class ChooseWorkspace(Conflict):
    """The person is in several workspaces: `workspaces` lists them as `{id, name, role}`."""

    title = "Say which workspace"
    slug = "choose-workspace"


class WrongCode(Unauthorized):
    """The same for an unknown address, a wrong code, one that is too old, and an unknown invitation."""

    title = "Code or invitation is wrong"
    slug = "wrong-code"


class ChoosePartner(Conflict):
    """The address may act for several partners: `partners` lists them as `{partner_id, name, brand}`."""

    title = "Say which partner"
    slug = "choose-partner"


class UnknownMember(NotFound):
    title = "Member not found"
    slug = "member-not-found"


class PeopleOnly(Forbidden):
    """A key can't give or take access, nor say where money goes: somebody logs in for it."""

    title = "This needs somebody who is logged in"
    slug = "people-only"


class TooManyKeys(Conflict):
    """A partner has `most` keys that hold: end one first."""

    title = "Too many API keys"
    slug = "too-many-keys"


class UnknownPerson(NotFound):
    title = "Nobody acts for the partner by this id"
    slug = "partner-person-not-found"


class LastOwner(Conflict):
    title = "The last owner stays"
    slug = "last-owner"


class AlreadyMember(Conflict):
    title = "Already a member"
    slug = "already-member"


class PersonExists(Conflict):
    """Two first invitations of one address were accepted in the same moment: try again."""

    title = "The person exists"
    slug = "person-exists"


class MoreThanYours(Forbidden):
    """Nobody gives more than they have: `scopes` lists what is missing."""

    title = "More than your own rights"
    slug = "more-than-yours"


class UnknownInvitation(NotFound):
    title = "Invitation not found"
    slug = "invitation-not-found"


class InvitationExists(Conflict):
    title = "Already invited"
    slug = "already-invited"


class InvitationEnded(Conflict):
    """It was accepted, taken back or is too old."""

    title = "The invitation has ended"
    slug = "invitation-ended"


class UnknownKey(NotFound):
    title = "API key not found"
    slug = "key-not-found"


class BadExpiry(BadRequest):
    title = "The end lies in the past"
    slug = "expiry-in-the-past"


class NoSession(Conflict):
    """Keys have no session: a key is ended by DELETE /v1/api-keys/{id}."""

    title = "A key has no session"
    slug = "no-session"


class UnknownFile(NotFound):
    title = "File not found"
    slug = "file-not-found"


class EmptyFile(BadRequest):
    title = "The file is empty"
    slug = "empty-file"


CONSTRAINTS: dict[str, type[Problem]] = {
    "people_email": PersonExists,
    "members_once": AlreadyMember,
    "invitations_open": InvitationExists,
    "partner_invitations_open": InvitationExists,
}

register_titles(
    {
        "Token refused": "Belirteç reddedildi",
        "E-mail or password is wrong": "E-posta veya parola yanlış",
        "Say which workspace": "Çalışma alanını belirtin",
        "Code or invitation is wrong": "Kod veya davet yanlış",
        "Say which partner": "İş ortağını belirtin",
        "Member not found": "Üye bulunamadı",
        "Nobody acts for the partner by this id": "Bu kimlikle iş ortağı adına işlem yapan kimse yok",
        "This needs somebody who is logged in": "Bunun için giriş yapmış biri gerekir",
        "Too many API keys": "Çok fazla API anahtarı",
        "The last owner stays": "Son sahip kalmalı",
        "Already a member": "Zaten üye",
        "The person exists": "Kişi zaten var",
        "More than your own rights": "Kendi yetkilerinizden fazlası",
        "Invitation not found": "Davet bulunamadı",
        "Already invited": "Zaten davet edilmiş",
        "The invitation has ended": "Davet sona ermiş",
        "API key not found": "API anahtarı bulunamadı",
        "The end lies in the past": "Bitiş zamanı geçmişte",
        "A key has no session": "Anahtarın oturumu yoktur",
        "File not found": "Dosya bulunamadı",
        "The file is empty": "Dosya boş",
        "Unreadable upload": "Okunamayan yükleme",
    }
)
