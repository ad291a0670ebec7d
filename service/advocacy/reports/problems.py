"""What can be wrong with a report."""

from service.kit.problems import Conflict


class ReportFailed(Conflict):
    """The newest job that builds the report has failed. Ask again after Retry-After."""

    title = "The report could not be built"
    slug = "report-failed"


TURKISH = {"The report could not be built": "Rapor oluşturulamadı"}
