"""What can go wrong with the links of notices."""

from service.kit.problems import NotFound


class UnknownLink(NotFound):
    """The link was not made here, or whom it was made for is no longer known."""

    title = "This link is not known"
    slug = "unknown-notice-link"


TURKISH = {"This link is not known": "Bu bağlantı bilinmiyor"}
