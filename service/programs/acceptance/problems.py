"""What can go wrong when terms are accepted."""

from service.kit.problems import Conflict


class NotTheseTerms(Conflict):
    """They are neither in force nor announced: `terms_versions` are."""

    title = "These terms can't be accepted"
    slug = "not-these-terms"


TURKISH = {"These terms can't be accepted": "Bu koşullar kabul edilemez"}
