"""What assessments came to, and the releases made of many of them."""

from scoring.models.releases import CountedAssessment, Release, ReleasePart, ReleaseSecret
from scoring.models.result import Result

__all__ = ["CountedAssessment", "Release", "ReleasePart", "ReleaseSecret", "Result"]
