"""Whether the way to the consultant's workspace stands in the navigation."""

from django import template

from firms.models import Person
from reports.workspace.acting import may_have_clients

register = template.Library()


@register.simple_tag
def has_clients(person: Person) -> bool:
    """One query a page, for whoever is signed in."""
    return may_have_clients(person)
