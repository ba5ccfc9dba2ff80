"""Nouns of the ground floor."""

from firms.models.audit import AppendOnlyError, AuditChain, AuditEntry
from firms.models.consent import Grant, GrantRequest, PoolConsent, Scope
from firms.models.firm import Firm, Membership
from firms.models.links import ApiToken, FormerFirm, Invitation
from firms.models.organisation import Organisation, OrganisationMember
from firms.models.people import Limit, Person, PersonManager

__all__ = [
    "ApiToken",
    "AppendOnlyError",
    "AuditChain",
    "AuditEntry",
    "Firm",
    "FormerFirm",
    "Grant",
    "GrantRequest",
    "Invitation",
    "Limit",
    "Membership",
    "Organisation",
    "OrganisationMember",
    "Person",
    "PersonManager",
    "PoolConsent",
    "Scope",
]
