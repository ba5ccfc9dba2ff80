"""What is kept of reports: the requests, and what people add to them."""

from reports.models.report import Report

__all__ = ["Report"]
