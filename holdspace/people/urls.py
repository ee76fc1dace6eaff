"""Where people come in and look after themselves."""

from django.urls import path

from . import views

urlpatterns = [
    path("k/begin/<str:token>/", views.begin_here, name="begin"),
    path("me/", views.me, name="me"),
]
