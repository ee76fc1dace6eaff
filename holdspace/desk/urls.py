"""Pages that bring rooms together."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.today, name="today"),
    path("clients/<uuid:pk>/", views.client, name="client"),
]
