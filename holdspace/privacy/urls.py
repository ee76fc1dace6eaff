"""What we hold, taking it along, and having it erased."""

from django.urls import path

from . import views

urlpatterns = [
    path("me/held/", views.held, name="held"),
    path("me/held/copy/", views.take_copy, name="take_copy"),
]
