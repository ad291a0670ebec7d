"""Types that several parts of accounts share."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

# Python's `$` lets a line break pass behind it.
END = r"$(?!\n)"
_ATOM = r'[^\s@<>,;:"()\[\]\\.\x00-\x1f\x7f-\x9f]+'
_PRINTED = r"[^\x00-\x1f\x7f-\x9f\u2028\u2029]"

Email = Annotated[
    str,
    Meta(
        pattern=rf"^{_ATOM}(\.{_ATOM})*@{_ATOM}(\.{_ATOM})+{END}",
        max_length=254,
        description="an e-mail address",
        examples=["ayse@example.com"],
    ),
]
NewPassword = Annotated[str, Meta(min_length=10, max_length=256, description="10 characters or more")]
Password = Annotated[str, Meta(min_length=1, max_length=256)]
# Names stand in the subjects of mails, where a line break would be a header of its own.
Name = Annotated[str, Meta(min_length=1, max_length=200, pattern=rf"^(?=\s*\S){_PRINTED}+{END}")]
Time = Annotated[datetime, Meta(tz=True)]


class Tokens(Struct):
    """A log-in. The access token goes into `Authorization: Bearer`; the refresh token is good once."""

    access_token: str
    expires_in: int
    refresh_token: str
    workspace_id: str
    person_id: str
    role: str
    token_type: str = "Bearer"  # noqa: S105 - the name of a scheme, no secret


def email_key(email: str) -> str:
    """What makes two spellings one person.

    Not `fold_tr`: it would make ö and o one letter, and so two people one.

    >>> email_key(" Ayse@Example.COM ")
    'ayse@example.com'
    """
    return email.strip().casefold()
