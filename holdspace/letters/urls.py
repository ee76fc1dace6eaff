"""Where people say how they want their mail."""

from django.urls import path

from . import views

urlpatterns = [
    path("me/mail/", views.mail_wishes, name="mail_wishes"),
    path("me/mail/works/", views.mail_works, name="mail_works"),
]
