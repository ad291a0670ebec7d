"""Changing and resetting a password."""

from msgspec import Struct

from service.accounts.schemas import Email, NewPassword, Password
from service.accounts.sessions.schemas import Token


class PasswordChange(Struct, forbid_unknown_fields=True):
    current_password: Password
    new_password: NewPassword


class ForgottenPassword(Struct, forbid_unknown_fields=True):
    email: Email


class PasswordReset(Struct, forbid_unknown_fields=True):
    """`token` is the one in the mail."""

    token: Token
    password: NewPassword
