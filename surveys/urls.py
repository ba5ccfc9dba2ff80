"""Addresses of the questionnaire; included at the root."""

from django.urls import path

from surveys.views import answering, authoring, campaigns, items, offline, opinions, start, team, workbook

HERE = "assessments/<uuid:assessment_id>/"
CAMPAIGN = "campaigns/<uuid:campaign_id>/"
OURS = "organisations/<uuid:organisation_id>/instruments/"

urlpatterns = [
    path("instruments/", start.instruments, name="instruments"),
    path("instruments/<slug:code>/", start.instrument_preview, name="instrument-preview"),
    # Questionnaires of associations.
    path(OURS, authoring.association_instruments, name="association-instruments"),
    path(f"{OURS}<slug:code>/<str:version>/", authoring.association_draft, name="association-draft"),
    path(f"{OURS}<slug:code>/<str:version>/publish/", authoring.association_publish, name="association-publish"),
    path(f"{OURS}<slug:code>/<str:version>/<slug:form>/file/", authoring.association_file, name="association-file"),
    # Campaigns of associations.
    path("associations/<uuid:organisation_id>/campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/join/<str:secret>/", campaigns.join, name="campaign-join"),
    path("campaigns/join/<str:secret>/answers/stop/", campaigns.microdata_stop, name="campaign-microdata-stop"),
    path(CAMPAIGN, campaigns.campaign, name="campaign"),
    path(f"{CAMPAIGN}firms/", campaigns.targets, name="campaign-targets"),
    path(f"{CAMPAIGN}firms/new/", campaigns.target_new, name="campaign-target-new"),
    path(f"{CAMPAIGN}firms/sample/", campaigns.targets_sample, name="campaign-targets-sample"),
    path(f"{CAMPAIGN}firms/<uuid:target_id>/remove/", campaigns.target_drop, name="campaign-target-remove"),
    path(f"{CAMPAIGN}invite/", campaigns.campaign_invite, name="campaign-invite"),
    path(f"{CAMPAIGN}remind/", campaigns.campaign_remind, name="campaign-remind"),
    path(f"{CAMPAIGN}extend/", campaigns.campaign_prolong, name="campaign-extend"),
    path(f"{CAMPAIGN}close/", campaigns.campaign_end, name="campaign-close"),
    # Starting.
    path("firms/<uuid:firm_id>/assessments/new/", start.assessment_new, name="assessment-new"),
    path(HERE, start.assessment, name="assessment"),
    path(f"{HERE}remove/", start.assessment_remove, name="assessment-remove"),
    # Answering.
    path(f"{HERE}parts/<slug:code>/", answering.assessment_part, name="assessment-part"),
    path(f"{HERE}answers/<slug:item_code>/", answering.answer, name="answer"),
    path(f"{HERE}presence/", answering.presence, name="presence"),
    path(f"{HERE}confirm/", answering.assessment_confirm, name="assessment-confirm"),
    path(f"{HERE}review/", answering.assessment_review, name="assessment-review"),
    path("answers/token/", answering.answer_token, name="answer-token"),
    # Together.
    path(f"{HERE}team/", team.team, name="assessment-team"),
    path(f"{HERE}team/link/", team.team_link, name="team-link"),
    path(f"{HERE}team/<uuid:person_id>/", team.team_ask, name="team-ask"),
    path(f"{HERE}mine/", team.mine, name="assessment-mine"),
    path("work/<str:token>/", team.part_link, name="part-link"),
    path(f"{HERE}items/<slug:item_code>/", items.item, name="item"),
    path(f"{HERE}items/<slug:item_code>/comments/", items.comment, name="comment"),
    path("comments/<int:comment_id>/settle/", items.comment_done, name="comment-settle"),
    path(f"{HERE}alone/<slug:code>/", opinions.opinions_part, name="opinions-part"),
    path(f"{HERE}alone-done/", opinions.opinions_done, name="opinions-done"),
    path(f"{HERE}alone-end/", opinions.opinions_end, name="opinions-end"),
    path(f"{HERE}spread/", opinions.spread, name="opinions-spread"),
    path(f"{HERE}spread/take/", opinions.consensus, name="opinions-take"),
    # Files.
    path(f"{HERE}items/<slug:item_code>/evidence/", items.evidence_new, name="evidence-new"),
    path(f"{HERE}evidence/", items.evidence_list, name="evidence-list"),
    path("evidence/<uuid:evidence_id>/", items.evidence_file, name="evidence-file"),
    path("evidence/<uuid:evidence_id>/remove/", items.evidence_gone, name="evidence-remove"),
    path(f"{HERE}workbook/", workbook.workbook, name="workbook"),
    path(f"{HERE}workbook/file/", workbook.workbook_file, name="workbook-file"),
    path(f"{HERE}workbook/take/", workbook.workbook_take, name="workbook-take"),
    # Without a network.
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("service-worker.js", offline.service_worker, name="service-worker"),
    path("offline/", offline.offline, name="offline"),
]
