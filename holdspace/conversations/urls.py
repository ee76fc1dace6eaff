"""Sessions, their transcripts and marks."""

from django.urls import path

from . import handed_views, link_views, mark_views, note_views, opening_views, release_views, views

urlpatterns = [
    path("clients/<uuid:pk>/sessions/add/", views.add_session, name="add_session"),
    path("sessions/<uuid:pk>/", views.session_page, name="session"),
    path("sessions/<uuid:pk>/change/", views.change_session, name="change_session"),
    path("sessions/<uuid:pk>/progress/", views.progress, name="progress"),
    path("sessions/<uuid:pk>/agree/", views.agree_here, name="agree"),
    path("sessions/<uuid:pk>/withdraw/", views.withdraw_here, name="withdraw"),
    path("sessions/<uuid:pk>/ask/", views.ask, name="ask"),
    path("sessions/<uuid:pk>/transcript/", views.bring_transcript, name="bring_transcript"),
    path("sessions/<uuid:pk>/transcript/remove/", views.remove_transcript, name="remove_transcript"),
    path("sessions/<uuid:pk>/coach/", views.choose_coach, name="choose_coach"),
    path("sessions/<uuid:pk>/client/", views.choose_client, name="choose_client"),
    path("sessions/<uuid:pk>/lines/", views.name_lines, name="name_lines"),
    path("sessions/<uuid:pk>/notes/", note_views.add_note, name="add_note"),
    path("notes/<uuid:pk>/edit/", note_views.edit_note, name="edit_note"),
    path("notes/<uuid:pk>/readers/", note_views.choose_readers, name="note_readers"),
    path("notes/<uuid:pk>/delete/", note_views.delete_note, name="delete_note"),
    path("notes/<uuid:pk>/restore/", note_views.restore_note, name="restore_note"),
    path("marks/<uuid:pk>/accept/", mark_views.accept, name="accept_mark"),
    path("marks/<uuid:pk>/dismiss/", mark_views.dismiss, name="dismiss_mark"),
    path("marks/<uuid:pk>/reopen/", mark_views.reopen, name="reopen_mark"),
    path("marks/<uuid:pk>/edit/", mark_views.edit, name="edit_mark"),
    path("practice/<uuid:pk>/openings/", opening_views.openings, name="openings"),
    path("openings/<uuid:pk>/", opening_views.opening, name="opening"),
    path("openings/<uuid:pk>/close/", opening_views.close_opening, name="close_opening"),
    path("opened/<uuid:pk>/", opening_views.opened_session, name="opened_session"),
    path("handed/<uuid:pk>/", handed_views.handed, name="handed"),
    path("handed-sessions/<uuid:pk>/", handed_views.handed_session, name="handed_session"),
    path("sessions/<uuid:pk>/release/", release_views.ask_release, name="ask_release"),
    path("releases/<uuid:pk>/", release_views.release, name="release"),
    path("releases/<uuid:pk>/close/", release_views.close_release, name="close_release"),
    path("releases/<uuid:pk>/link/", release_views.give_release_link, name="give_release_link"),
    path("released/", release_views.all_released, name="all_released"),
    path("released/<uuid:pk>/", release_views.released, name="released"),
    path("k/mentor/<str:token>/", release_views.release_by_link, name="release_by_link"),
    path("k/consent/<str:token>/", link_views.consent_by_link, name="consent_by_link"),
    path("k/withdraw/<str:token>/", link_views.withdraw_by_link, name="withdraw_by_link"),
]
