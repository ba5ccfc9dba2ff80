"""The site's addresses, and a bare view that does one write: what any Django site would need for a save."""

import uuid

from django.contrib.auth.decorators import login_required
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from qms_survey.urls import urlpatterns as of_the_site


@csrf_exempt
def one_write(request: HttpRequest) -> HttpResponse:
    """One INSERT that commits by itself; nothing is read first."""
    Session.objects.create(session_key=uuid.uuid4().hex, session_data=request.POST["text"], expire_date=timezone.now())
    return HttpResponse("ok")


@login_required
def signed_write(request: HttpRequest) -> HttpResponse:
    """The same by somebody who is signed in, with the token that every form needs."""
    return one_write(request)


urlpatterns = [path("bench/write/", one_write), path("bench/signed/", signed_write), *of_the_site]
