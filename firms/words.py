"""The audit trail in plain words. Knows no models, so that the apps above can add theirs in their ``apps`` module:

from firms.words import ACTIONS, SUBJECTS
ACTIONS["assessment.submitted"] = _("submitted the assessment")
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

# What follows the name of the person who did it.
ACTIONS: dict[str, Text] = {
    "firm.registered": _("registered the firm"),
    "firm.updated": _("changed the firm's profile"),
    "firm.merged": _("merged another registration into this firm"),
    "firm.merged_away": _("merged this firm into another registration"),
    "firm.deleted": _("deleted the firm"),
    "member.joined": _("joined the firm"),
    "member.left": _("left the firm"),
    "member.removed": _("removed a member"),
    "member.role_changed": _("changed a member's role"),
    "invitation.created": _("made an invitation link"),
    "invitation.revoked": _("took an invitation link back"),
    "grant.requested": _("asked to see results"),
    "grant.request_withdrawn": _("withdrew a request to see results"),
    "grant.given": _("gave an outsider consent to see results"),
    "grant.declined": _("declined a request to see results"),
    "grant.revoked": _("withdrew an outsider's consent"),
    "pool.consented": _("joined the benchmark pool"),
    "pool.withdrawn": _("left the benchmark pool"),
    "access.report": _("looked at results or a report"),
    "access.answers": _("looked at answers"),
    "access.evidence": _("looked at evidence"),
    "token.created": _("made an API token"),
    "token.revoked": _("revoked an API token"),
    "organisation.founded": _("set up an organisation"),
    "organisation.joined": _("joined an organisation"),
    "organisation.member_removed": _("removed a member of an organisation"),
    "account.exported": _("exported their data"),
    "person.signed_in": _("signed in"),
    "account.deleted": _("deleted their account"),
    "account.updated": _("changed name or language of their account"),
    "account.password_changed": _("changed their password"),
    "account.password_set": _("set a password"),
    "account.password_reset": _("set a new password by letter"),
    "account.email_changed": _("changed their e-mail address"),
    "account.email_confirm": _("confirmed an e-mail address"),
    "account.email_deleted": _("removed an e-mail address"),
    "account.totp_activated": _("turned the authenticator app on"),
    "account.totp_deactivated": _("turned the authenticator app off"),
    "account.recovery_codes_generated": _("made new recovery codes"),
    "account.webauthn_added": _("added a passkey or security key"),
    "account.webauthn_removed": _("removed a passkey or security key"),
    "account.account_connected": _("connected their organisation's sign-in"),
    "account.account_disconnected": _("disconnected their organisation's sign-in"),
}

# What a kind of record is called.
SUBJECTS: dict[str, Text] = {
    "firms.firm": _("Firm"),
    "firms.membership": _("Member"),
    "firms.invitation": _("Invitation link"),
    "firms.grant": _("Consent"),
    "firms.grantrequest": _("Request for consent"),
    "firms.poolconsent": _("Benchmark pool"),
    "firms.apitoken": _("API token"),
    "firms.organisation": _("Organisation"),
    "firms.organisationmember": _("Member of an organisation"),
    "firms.person": _("Account"),
}

# What a recorded value is called.
FIELDS: dict[str, Text] = {
    "name": _("Name"),
    "name_en": _("English name"),
    "credit_code": _("Unified social credit code"),
    "industry": _("Industry"),
    "region": _("Province"),
    "employees": _("Employees"),
    "revenue": _("Revenue in 10,000 yuan"),
    "size": _("Size class"),
    "person": _("Person"),
    "to": _("For"),
    "organisation": _("Organisation"),
    "invited_by": _("Invited by"),
    "agreed": _("Agreed"),
    "role": _("Role"),
    "scope": _("May see"),
    "until": _("Until"),
    "days": _("Days"),
    "kind": _("Kind"),
    "path": _("Page"),
    "into": _("Into"),
    "merged": _("Merged"),
}


def field_text(field: str) -> str:
    return str(FIELDS.get(field, field))


def field_place(field: str) -> tuple[int, str]:
    """For sorting: the order of FIELDS, then whatever nobody has put into words."""
    known = list(FIELDS)
    return (known.index(field) if field in FIELDS else len(known), field)


def action_text(action: str) -> str:
    """An action that nobody has put into words stands for itself."""
    return str(ACTIONS.get(action, action))


def subject_text(subject_type: str) -> str:
    return str(SUBJECTS.get(subject_type, subject_type))
