"""Pages that bring rooms together."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.today, name="today"),
    path("coached/", views.coached, name="coached"),
    path("yes/", views.said_yes, name="said_yes"),
    path("clients/<uuid:pk>/sessions/", views.own_sessions, name="own_sessions"),
    path("clients/<uuid:pk>/", views.client, name="client"),
    path("search/", views.search_page, name="search"),
    path("checkup/", views.checkup_page, name="checkup"),
    path("reads/", views.reads, name="reads"),
]
