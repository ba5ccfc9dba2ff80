"""What a newcomer finds after the first start."""

from io import StringIO

from django.contrib.auth import authenticate
from django.core.management import call_command
from django.test import RequestFactory

from scoring.models import Result


def told() -> list[str]:
    out = StringIO()
    call_command("demo_accounts", stdout=out)
    return out.getvalue().splitlines()


def test_the_demo_tells_its_sign_ins_once_and_they_work(db: None) -> None:
    first, again = told(), told()
    email, password = "demo@example.com", first[0].split()[-1]
    assert email in first[0]
    assert len(first) == 2
    assert again == []
    assert authenticate(RequestFactory().post("/"), email=email, password=password) is not None


def test_the_demo_firm_has_a_result(db: None) -> None:
    told()
    result = Result.objects.get()
    assert result.level == "assurance"
    assert result.figures["complete"] is True
