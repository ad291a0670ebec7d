"""What advocacy brings along, and does when others' things change, for app.py."""

from service.advocacy.obligations import names as names  # registers what people read
from service.advocacy.vouchers import jobs as voucher_jobs  # noqa: F401 - registers looking at stock
from service.advocacy.vouchers import names as voucher_names  # noqa: F401 - registers what people read
from service.advocacy.vouchers import telling


def subscribe() -> None:
    """Programs are told of pools that run low."""
    telling.register()
