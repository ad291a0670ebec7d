"""Whether a message may be sent. Pure.

Law 6563 (Türkiye): commercial messages need consent beforehand; merchants need none until they refuse;
messages about an order or an account under way need none. Surveys are treated as commercial ones.
"""

from service.advocacy.consents.schemas import Channel, Purpose, RecipientType, Standing, Verdict

TURKISH_NUMBER = "+90"


def verdict(
    newest: Standing | None,
    channel: Channel,
    address: str | None,
    purpose: Purpose,
    recipient_type: RecipientType = "individual",
    *,
    turkish: bool = True,
) -> Verdict:
    """`newest`: what was told last of the address; `address`: its one form, None where it is none.

    `recipient_type` is what the sender knows of an address of which nothing was told. `turkish`: mail goes to
    Türkiye, where merchants may be written to without consent; of a number, its country says so.

    >>> verdict(None, "email", "a@x.example", "commercial").reason
    'no_consent'
    >>> verdict(None, "sms", "+4915123456789", "commercial", "merchant").allowed
    False
    """
    if address is None:
        return Verdict(False, "not_an_address")
    if purpose == "transactional":
        return Verdict(True, "transactional")
    if newest is None:
        home = turkish if channel == "email" else address.startswith(TURKISH_NUMBER)
        free = recipient_type == "merchant" and home
        return Verdict(free, "merchant_without_refusal" if free else "no_consent")
    if newest.status == "given":
        return Verdict(True, "consented", newest.occurred_at)
    if newest.erased:
        return Verdict(False, "erased")
    return Verdict(False, "iys_refused" if newest.origin == "iys" else "withdrawn", newest.occurred_at)
