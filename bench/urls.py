"""The site's addresses, and a bare view that does one write: what any Django site would need for a save."""

from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from qms_survey.urls import urlpatterns as of_the_site


@csrf_exempt
def one_write(request: HttpRequest) -> HttpResponse:
    Session.objects.update_or_create(
        session_key=request.GET["key"], defaults={"session_data": "x", "expire_date": timezone.now()}
    )
    return HttpResponse("ok")


urlpatterns = [path("bench/write/", one_write), *of_the_site]
