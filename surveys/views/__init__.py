"""The questionnaire: start, answer alone or together, review. Submitting and results are told a floor above."""

from surveys.requests import language

__all__ = ["language"]
