"""What assessments came to, and the releases made of many of them."""

from scoring.models.evidence import MeasuredEvidence
from scoring.models.releases import CountedAssessment, Release, ReleasePart, ReleaseSecret
from scoring.models.result import Result

__all__ = ["CountedAssessment", "MeasuredEvidence", "Release", "ReleasePart", "ReleaseSecret", "Result"]
