"""Clients of a coach."""

from django.urls import path

from . import views

urlpatterns = [
    path("clients/", views.clients, name="clients"),
    path("clients/add/", views.add_client, name="add_client"),
    path("clients/<uuid:pk>/change/", views.describe, name="describe_client"),
]
