"""What reviews bring along."""

from service.conversions.reviews import names as names  # registers what people read
from service.conversions.reviews.accounts import jobs as accounts_jobs  # noqa: F401 - registers the same
from service.conversions.reviews.again import jobs as again_jobs  # noqa: F401 - registers judging again
from service.conversions.reviews.batch import jobs as batch_jobs  # noqa: F401 - registers the look
from service.conversions.reviews.holds import jobs as holds_jobs  # noqa: F401 - registers following
