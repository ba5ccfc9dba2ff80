"""What is kept of reports: the requests, and what people add to them."""

from reports.models.bluebook import BlueBook
from reports.models.brand import Brand
from reports.models.bulk import BulkItem, BulkJob
from reports.models.comments import ConsultantComment
from reports.models.issued import IssuedFile
from reports.models.plan import PlanStep
from reports.models.report import Report
from reports.models.standing import StandingOrder, StandingReport

__all__ = [
    "BlueBook",
    "Brand",
    "BulkItem",
    "BulkJob",
    "ConsultantComment",
    "IssuedFile",
    "PlanStep",
    "Report",
    "StandingOrder",
    "StandingReport",
]
