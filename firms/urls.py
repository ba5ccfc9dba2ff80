"""Addresses of the ground floor; included at the root, without a prefix. tests/access says who reaches which."""

from django.urls import include, path

from firms.views import access, account, firms, links, organisations, people, trail

FIRM = [
    path("profile/", firms.firm_profile, name="firm-profile"),
    path("leave/", firms.firm_leave, name="firm-leave"),
    path("delete/", firms.firm_end, name="firm-delete"),
    path("people/", people.people, name="firm-people"),
    path("people/invite/", people.invite, name="firm-invite"),
    path("people/<int:member_id>/role/", people.role, name="member-role"),
    path("people/<int:member_id>/remove/", people.remove, name="member-remove"),
    path("people/<int:member_id>/hand-over/", people.hand_over, name="firm-hand-over"),
    path("invitations/<uuid:invitation_id>/revoke/", people.invitation_end, name="invitation-revoke"),
    path("merge/", people.merge, name="firm-merge"),
    path("access/", access.access, name="firm-access"),
    path("access/give/", access.give, name="grant-give"),
    path("access/link/", access.give_by_link, name="grant-link"),
    path("access/<uuid:grant_id>/revoke/", access.revoke, name="grant-revoke"),
    path("access/requests/<uuid:request_id>/accept/", access.accept, name="request-accept"),
    path("access/requests/<uuid:request_id>/decline/", access.decline, name="request-decline"),
    path("access/pool/give/", access.pool_give, name="pool-give"),
    path("access/pool/withdraw/", access.pool_withdraw, name="pool-withdraw"),
    path("visits/", trail.visits, name="firm-visits"),
    path("trail/", trail.trail, name="firm-trail"),
    path("trail.csv", trail.trail_csv, name="firm-trail-csv"),
]
ORGANISATION = [
    path("", organisations.organisation, name="organisation"),
    path("invite/", organisations.invite, name="organisation-invite"),
    path(
        "invitations/<uuid:invitation_id>/revoke/",
        organisations.invitation_end,
        name="organisation-invitation-revoke",
    ),
    path("members/<int:member_id>/remove/", organisations.member_remove, name="organisation-member-remove"),
    path("requests/", organisations.ask, name="grant-request"),
    path("requests/<uuid:request_id>/withdraw/", organisations.ask_end, name="grant-request-withdraw"),
]
ACCOUNT = [
    path("", account.account, name="account"),
    path("export/", account.export, name="account-export"),
    path("delete/", account.end, name="account-delete"),
    path("tokens/", account.tokens, name="account-tokens"),
    path("tokens/<uuid:token_id>/revoke/", account.token_end, name="token-revoke"),
]
PLATFORM = [
    path("associations/", organisations.associations, name="platform-associations"),
    path(
        "associations/<uuid:organisation_id>/invite/",
        organisations.association_invite,
        name="platform-association-invite",
    ),
    path("trail/", trail.platform, name="platform-trail"),
    path("trail.csv", trail.platform_csv, name="platform-trail-csv"),
]

urlpatterns = [
    path("firms/", firms.firms, name="firm-list"),
    path("firm/new/", firms.firm_new, name="firm-new"),
    path("firms/<uuid:firm_id>/", include(FIRM)),
    path("invitations/<str:token>/", links.invitation, name="invitation"),
    path("organisations/", organisations.organisations, name="organisation-list"),
    path("organisations/new/", organisations.organisation_new, name="organisation-new"),
    path("organisations/<uuid:organisation_id>/", include(ORGANISATION)),
    path("account/", include(ACCOUNT)),
    path("platform/", include(PLATFORM)),
]
