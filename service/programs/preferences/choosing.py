"""Which notices a partner wants, after what was sent. Pure."""

from collections.abc import Sequence

from msgspec import UNSET, structs

from service.programs.preferences.schemas import Notices, NoticesPatch


def switched_off(before: Sequence[str], sent: NoticesPatch) -> list[str]:
    """The notices that don't come, in a fixed order.

    >>> switched_off(["first_sale"], NoticesPatch(payout_paid=False, first_sale=True))
    ['payout_paid']
    """
    wanted = {name: value for name, value in structs.asdict(sent).items() if value is not UNSET}
    return [name for name in Notices.__struct_fields__ if not wanted.get(name, name not in before)]


def wanted(off: Sequence[str]) -> Notices:
    """Each notice, and whether it comes.

    >>> wanted(["first_sale"]).first_sale
    False
    """
    return Notices(**{name: name not in off for name in Notices.__struct_fields__})
