"""What is kept of reports: the requests, and what people add to them."""

from reports.models.bluebook import BlueBook
from reports.models.bulk import BulkItem, BulkJob
from reports.models.comments import ConsultantComment
from reports.models.issued import IssuedFile
from reports.models.plan import PlanStep
from reports.models.report import Report

__all__ = ["BlueBook", "BulkItem", "BulkJob", "ConsultantComment", "IssuedFile", "PlanStep", "Report"]
