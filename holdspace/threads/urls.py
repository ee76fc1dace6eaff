"""Addresses of the words between sessions."""

from django.urls import path

from . import file_views, views

urlpatterns = [
    path("clients/<uuid:pk>/messages/", views.thread, name="thread"),
    path("clients/<uuid:pk>/messages/send/", views.send_message, name="send_message"),
    path("clients/<uuid:pk>/messages/draft/", views.keep_draft, name="keep_draft"),
    path("clients/<uuid:pk>/messages/draft/drop/", views.drop_draft, name="drop_draft"),
    path("clients/<uuid:pk>/messages/seen/", views.seen, name="seen"),
    path("clients/<uuid:pk>/messages/address/", views.revoke_address, name="revoke_address"),
    path("clients/<uuid:pk>/messages/mail/", views.mail_again, name="mail_again"),
    path("messages/<uuid:pk>/edit/", views.edit_message, name="edit_message"),
    path("messages/<uuid:pk>/back/", views.take_message_back, name="take_message_back"),
    path("messages/<uuid:pk>/settle/", views.settle_message, name="settle_message"),
    path("attachments/<uuid:pk>/", file_views.attachment, name="attachment"),
    path("attachments/<uuid:pk>/remove/", file_views.remove_attachment, name="remove_attachment"),
]
