"""Forms of the ground floor. ``SignupForm`` and ``LoginForm`` are named by ACCOUNT_FORMS in settings."""

from firms.forms.account import AccountForm, FirmDeleteForm, LoginForm, SignupForm, TokenForm
from firms.forms.firm import FirmForm
from firms.forms.people import (
    AssociationForm,
    ColleagueForm,
    GrantForm,
    GrantRequestForm,
    MergeForm,
    OrganisationForm,
    OrganisationInviteForm,
    OutsiderForm,
    ReceiveForm,
    RoleForm,
)

__all__ = [
    "AccountForm",
    "AssociationForm",
    "ColleagueForm",
    "FirmDeleteForm",
    "FirmForm",
    "GrantForm",
    "GrantRequestForm",
    "LoginForm",
    "MergeForm",
    "OrganisationForm",
    "OrganisationInviteForm",
    "OutsiderForm",
    "ReceiveForm",
    "RoleForm",
    "SignupForm",
    "TokenForm",
]
