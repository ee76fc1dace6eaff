"""Clients of a coach, and what two people agree on."""

from django.urls import path

from . import around_views, ending_views, handover_views, link_views, pact_views, template_views, views
from .end_seat import end_seat_page

urlpatterns = [
    path("seats/<uuid:pk>/end/", end_seat_page, name="end_seat"),
    path("clients/", views.clients, name="clients"),
    path("clients/add/", views.add_client, name="add_client"),
    path("clients/<uuid:pk>/change/", views.describe, name="describe_client"),
    path("clients/<uuid:pk>/invite/", views.invite_again, name="invite_again"),
    path("clients/<uuid:pk>/end/", ending_views.end_engagement, name="end_engagement"),
    path("clients/<uuid:pk>/ending/", ending_views.ending, name="ending"),
    path("clients/<uuid:pk>/gains/", ending_views.say_gains, name="say_gains"),
    path("clients/<uuid:pk>/reopen/", ending_views.reopen, name="reopen"),
    path("clients/<uuid:pk>/around/", around_views.around, name="around"),
    path("clients/<uuid:pk>/sponsors/add/", around_views.add_sponsor, name="add_sponsor"),
    path("sponsors/<uuid:pk>/remove/", around_views.remove_sponsor, name="remove_sponsor"),
    path("clients/<uuid:pk>/hand-over/", handover_views.hand_over_client, name="hand_over"),
    path("handovers/<uuid:pk>/", handover_views.handover, name="handover"),
    path("handovers/<uuid:pk>/link/", handover_views.give_handover_link, name="give_handover_link"),
    path("k/going-on/<str:token>/", handover_views.handover_by_link, name="handover_by_link"),
    path("invitations/<uuid:pk>/", views.invitation, name="invitation"),
    path("clients/<uuid:pk>/pact/", pact_views.agreement, name="agreement"),
    path("clients/<uuid:pk>/pact/propose/", pact_views.propose_pact, name="propose_pact"),
    path("pacts/<uuid:pk>/", pact_views.pact_page, name="pact"),
    path("pacts/<uuid:pk>/sign/", pact_views.sign_pact, name="sign_pact"),
    path("pacts/<uuid:pk>/withdraw/", pact_views.withdraw_pact, name="withdraw_pact"),
    path("pacts/<uuid:pk>/ask/", pact_views.ask_to_sign_here, name="ask_to_sign"),
    path("pacts/<uuid:pk>/print/", pact_views.print_pact, name="print_pact"),
    path("pacts/<uuid:pk>/pdf/", pact_views.pact_pdf, name="pact_pdf"),
    path("starting-words/", template_views.templates, name="pact_templates"),
    path("starting-words/add/", template_views.add_template, name="add_template"),
    path("starting-words/<uuid:pk>/", template_views.edit_template, name="edit_template"),
    path("starting-words/<uuid:pk>/remove/", template_views.remove_template, name="remove_template"),
    path("consents/<uuid:pk>/withdraw/", views.withdraw_consent, name="withdraw_consent"),
    path("clients/<uuid:pk>/page/", views.give_own_page, name="give_own_page"),
    path("k/page/<str:token>/", link_views.own_page, name="own_page"),
    path("k/join/<str:token>/", link_views.join_by_link, name="join_by_link"),
    path("k/pact/<str:token>/", link_views.sign_by_link, name="sign_by_link"),
    path("k/copy/<str:token>/", link_views.copy_by_link, name="copy_by_link"),
]
