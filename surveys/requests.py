"""Who is asking."""

from typing import cast

from django.http import HttpRequest

from firms.models import Person


def person_of(request: HttpRequest) -> Person:
    """The signed-in person; only for views that require one."""
    return cast(Person, request.user)
