"""The REST API, version 1: the same gate as the pages, for programs."""

from reports.api.application import api

__all__ = ["api"]
