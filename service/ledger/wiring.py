"""What the ledger brings along, for app.py."""

from service.ledger import jobs as jobs  # registers what makes commissions payable
from service.ledger import names as names  # registers what people read
from service.ledger.books import jobs as books_jobs  # noqa: F401 - registers the recount
