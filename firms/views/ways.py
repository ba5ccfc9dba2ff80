"""How a view is reached: signed in, by which methods. Everything else is refused before the view is asked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.models import Firm, Person
from firms.refusal import RefusalError

View = Callable[..., HttpResponseBase]


def page(view: View) -> View:
    """Shows a form and takes it."""
    return never_cache(require_http_methods(["GET", "HEAD", "POST"])(login_required(view)))


def reading(view: View) -> View:
    """Changes nothing."""
    return never_cache(require_safe(login_required(view)))


def action(view: View) -> View:
    """Changes something, and shows nothing of its own."""
    return never_cache(require_POST(login_required(view)))


def staff_only(view: View) -> View:
    """For the platform's staff; for everybody else the address does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not person_of(request).is_staff:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def person_of(request: HttpRequest) -> Person:
    """Who is signed in; the decorators above made sure that somebody is."""
    return cast(Person, request.user)


@contextmanager
def refusals_told(request: HttpRequest, done: str | None = None) -> Iterator[None]:
    """What a service refuses becomes a message on the next page; ``done`` is said when it refused nothing."""
    try:
        yield
    except RefusalError as refusal:
        messages.error(request, str(refusal))
    else:
        if done:
            messages.success(request, done)


def area(firm: Firm, tab: str, **context: Any) -> dict[str, Any]:
    """What every page of a firm's "People and access" area needs."""
    return {"firm": firm, "tab": tab, **context}


def download(body: bytes, *, name: str, content_type: str) -> HttpResponse:
    return HttpResponse(
        body,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store, private"},
    )
