"""Recorded values in plain words: codes of roles, scopes, kinds, sizes, industries and provinces."""

from collections.abc import Callable

from firms.catalogues import industry_name, region_name
from firms.models import ApiToken, Firm, Invitation, Membership, Organisation, OrganisationMember, Scope
from firms.words import Text

VALUES: dict[str, dict[str, Text]] = {
    "role": {**dict(Membership.Role.choices), **dict(OrganisationMember.Role.choices)},
    "scope": {**dict(ApiToken.Scope.choices), **dict(Scope.choices)},
    "size": dict(Firm.Size.choices),
    "kind": {**dict(Organisation.Kind.choices), **dict(Invitation.Kind.choices)},
}
CATALOGUES: dict[str, Callable[[str], str]] = {"industry": industry_name, "region": region_name}


def value_text(field: str, value: object) -> str:
    """A code in words; everything else as it is."""
    if field in CATALOGUES:
        return CATALOGUES[field](str(value))
    return str(VALUES.get(field, {}).get(str(value), value))
