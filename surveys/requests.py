"""Who is asking, and in which language."""

from typing import cast

from django.http import HttpRequest
from django.utils.translation import get_language

from firms.models import Person


def person_of(request: HttpRequest) -> Person:
    """The signed-in person; only for views that require one."""
    return cast(Person, request.user)


def language() -> str:
    """The language of the page, as instruments know it."""
    return get_language() or "zh-hans"
