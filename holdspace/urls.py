"""Every address of the house."""

from django.urls import include, path

urlpatterns = [
    path("", include("holdspace.shell.urls")),
    path("", include("holdspace.desk.urls")),
    path("", include("holdspace.people.urls")),
    path("", include("holdspace.letters.urls")),
    path("", include("holdspace.engagements.urls")),
    path("", include("holdspace.conversations.urls")),
    path("", include("holdspace.threads.urls")),
    path("", include("holdspace.growth.urls")),
    path("", include("holdspace.privacy.urls")),
    path("door/", include("allauth.account.urls")),
    path("door/factors/", include("allauth.mfa.urls")),
]
handler500 = "holdspace.crash.kind_500"
