"""Addresses of the room threads."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
