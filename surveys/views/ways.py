"""What every view here does with a refusal."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from firms.refusal import RefusalError
from surveys.services import AssessmentClosed


@contextmanager
def refused_aloud(request: HttpRequest, done: str = "") -> Iterator[None]:
    """What a service refuses becomes a message on the next page; ``done`` is said when it refused nothing."""
    try:
        yield
    except AssessmentClosed:
        messages.error(request, _("This assessment has been submitted and can no longer be changed."))
    except RefusalError as refusal:
        messages.error(request, str(refusal))
    else:
        if done:
            messages.success(request, done)
