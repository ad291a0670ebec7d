"""Types that several parts of accounts share."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

Email = Annotated[
    str,
    Meta(
        pattern=r"^[^@\s<>,;:\"()\[\]\\]{1,64}@[^@\s<>,;:\"()\[\]\\]{1,255}$",
        max_length=254,
        description="an e-mail address",
        examples=["ayse@example.com"],
    ),
]
NewPassword = Annotated[str, Meta(min_length=10, max_length=256, description="10 characters or more")]
Password = Annotated[str, Meta(min_length=1, max_length=256)]
Name = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S")]
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
