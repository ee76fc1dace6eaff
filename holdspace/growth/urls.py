"""Addresses of the room growth."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
