"""What we hold, taking it along, and having it erased."""

from django.urls import path

from . import practice_views, said_yes, views, window_views

urlpatterns = [
    path("yes/", said_yes.said_yes, name="said_yes"),
    path("k/yes/<str:token>/", said_yes.said_yes_by_link, name="said_yes_by_link"),
    path("me/held/", views.held, name="held"),
    path("me/held/copy/", views.take_copy, name="take_copy"),
    path("me/erase/", views.erase_me, name="erase_me"),
    path("me/erase/now/", views.erase_me_now, name="erase_me_now"),
    path("clients/<uuid:pk>/erase/", views.erase_engagement, name="erase_engagement"),
    path("clients/<uuid:pk>/erase/now/", views.erase_engagement_now, name="erase_engagement_now"),
    path("sponsors/<uuid:pk>/window/", window_views.windows, name="windows"),
    path("windows/<uuid:pk>/close/", window_views.close_window, name="close_window"),
    path("k/window/<str:token>/", window_views.window_by_link, name="window_by_link"),
    path("practice/<uuid:pk>/privacy/", practice_views.log, name="privacy_log"),
    path("practice/<uuid:pk>/frame/", practice_views.take_frame, name="take_frame"),
    path("practice/<uuid:pk>/breaches/add/", practice_views.add_breach, name="add_breach"),
    path("breaches/<uuid:pk>/", practice_views.breach, name="breach"),
    path("k/receipt/<str:token>/", views.receipt, name="receipt"),
]
