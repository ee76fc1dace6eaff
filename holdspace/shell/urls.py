"""Addresses of the shell."""

from django.urls import path

from holdspace.shell import views

urlpatterns = [path("look/", views.choose_look, name="choose_look")]
