"""Where people come in and look after themselves."""

from django.urls import path
from django.views.generic import RedirectView

from . import company_views, owner_views, practice_views, views
from .again import again

to_ways_in = RedirectView.as_view(pattern_name="ways_in")

urlpatterns = [
    path("k/begin/<str:token>/", views.begin_here, name="begin"),
    path("me/", views.me, name="me"),
    path("me/door/", views.ways_in, name="ways_in"),
    path("me/door/browsers/", views.end_browser, name="end_browser"),
    path("me/door/address/", views.new_address, name="new_address"),
    path("me/door/address/code/", views.prove_new_address, name="prove_address"),
    path("me/again/", again, name="again"),
    path("practice/<uuid:pk>/", practice_views.practice, name="practice"),
    path("practice/<uuid:pk>/invite/", practice_views.invite_somebody, name="invite"),
    path("practice/<uuid:pk>/owner/", owner_views.name_owner, name="name_owner"),
    path("practice/<uuid:pk>/own/", owner_views.own_instead, name="own_instead"),
    path("practice/<uuid:pk>/second-step/", practice_views.ask_for_factor, name="ask_for_factor"),
    path("invitations/<uuid:pk>/withdraw/", practice_views.withdraw_invitation, name="withdraw_invitation"),
    path("k/invitation/<str:token>/", practice_views.invitation, name="invitation"),
    path("me/door/company/part/", company_views.company_part, name="company_part"),
    path("door/company/", company_views.company_door, name="company_door"),
    path("door/company/back/", company_views.company_back, name="company_back"),
    path("door/company/unknown/", company_views.company_unknown, name="company_unknown"),
    path("door/company/unknown/", company_views.company_unknown, name="socialaccount_login_cancelled"),
    # One page instead of several of the library's own, and its way of setting a password only after a fresh look.
    path("door/password/set/", views.set_password),
    path("door/logout/", views.sign_out),
    path("door/email/", to_ways_in),
    path("door/factors/", to_ways_in),
    path("door/factors/webauthn/", to_ways_in),
]
