"""A small demonstration, so that a newcomer sees everything at once: a firm, two people, a submitted assessment."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from firms.models import Firm, Membership, Person
from firms.services.firms import Profile, firm_register
from reports.models import Report
from reports.services import report_request
from scoring.services import assessment_score
from surveys.library import instrument_get
from surveys.models import Assessment
from surveys.services import NewAnswer, answer_save, assessment_start, assessment_submit

OWNER, COLLEAGUE = "demo@example.com", "colleague@example.com"
PROFILE = Profile(
    name="示范精密机械有限公司",
    name_en="Demo Precision Machinery Co., Ltd.",
    industry="C34",
    region="33",
    employees=180,
    revenue=Decimal(9600),
)
# A firm that inspects well, designs by experience and has just begun with data.
ANSWERS = {
    "RD-01": "2",
    "RD-02": "1",
    "RD-03": "2",
    "RD-04": "3",
    "RD-05": "2",
    "RD-06": "3",
    "RD-07": "4",
    "PR-01": "3",
    "PR-02": "3",
    "PR-03": "2",
    "PR-04": "3",
    "PR-05": "4",
    "PR-06": "3",
    "PR-07": "3",
    "DG-01": "35",
    "DG-02": "yes",
    "DG-03": "40",
    "DG-04": "2",
    "DG-05": "2",
    "DG-06": "4",
    "OR-01": "4",
    "OR-02": "3",
    "OR-03": "4",
    "OR-04": "2",
    "OR-05": "2",
    "OR-06": "4",
    "SC-01": "3",
    "SC-02": "4",
    "SC-03": "2",
    "SC-04": "4",
    "SC-05": "DK",
    "SC-06": "3",
    "IM-01": "3",
    "IM-02": "4",
    "IM-03": "2",
    "IM-04": "3",
    "IM-05": "2",
}


@dataclass(frozen=True)
class SignIn:
    email: str
    password: str


@transaction.atomic
def demo_create(*, now: datetime) -> tuple[list[SignIn], list[Report]]:
    """Creates what is missing. Passwords are made up here and told once; nothing comes back where all was there."""
    if Person.objects.filter(email=OWNER).exists():
        return [], []
    owner, owner_sign_in = _person(OWNER, "王敏")
    colleague, colleague_sign_in = _person(COLLEAGUE, "李强")
    firm = firm_register(person=owner, profile=PROFILE)
    Membership.objects.create(firm=firm, person=colleague, role=Membership.Role.EDITOR)
    assessment = demo_assessment(firm, owner, now)
    report = report_request(assessment=assessment, language="zh-hans", person=owner, now=now)
    return [owner_sign_in, colleague_sign_in], [report]


def _person(email: str, name: str) -> tuple[Person, SignIn]:
    password = secrets.token_urlsafe(9)
    return Person.objects.create_user(email, password, name=name), SignIn(email, password)


def demo_assessment(firm: Firm, person: Person, now: datetime) -> Assessment:
    instrument = instrument_get("bluebook")
    draft = assessment_start(firm=firm, instrument=instrument, person=person, now=now)
    for code, written in ANSWERS.items():
        answer_save(assessment=draft, item=instrument.item(code), answer=NewAnswer(written), person=person, now=now)
    submitted = assessment_submit(assessment=draft, person=person, now=now)
    assessment_score(assessment=submitted, now=now)
    return submitted
