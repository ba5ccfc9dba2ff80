"""A firm that was registered a second time."""

from dataclasses import replace

from firms.models import Firm, Person
from firms.services.firms import firm_register
from tests.cast import PROFILE


def twin_of(person: Person) -> Firm:
    return firm_register(person=person, profile=replace(PROFILE, name="苏州精密机械（二）"))
