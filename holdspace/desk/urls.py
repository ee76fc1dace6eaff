"""Pages that bring rooms together."""

from django.urls import path

from . import handed_views, views

urlpatterns = [
    path("", views.today, name="today"),
    path("coached/", views.coached, name="coached"),
    path("clients/<uuid:pk>/sessions/", views.own_sessions, name="own_sessions"),
    path("clients/<uuid:pk>/", views.client, name="client"),
    path("handed/<uuid:pk>/road/", handed_views.road, name="handed_road"),
    path("handed/<uuid:pk>/messages/", handed_views.messages, name="handed_messages"),
    path("search/", views.search_page, name="search"),
    path("checkup/", views.checkup_page, name="checkup"),
    path("reads/", views.reads, name="reads"),
]
