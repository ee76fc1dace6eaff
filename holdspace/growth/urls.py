"""Addresses of the room growth."""

from django.urls import URLPattern, path

from . import commitment_views, move_views, promise_link_views, promise_views

urlpatterns: list[URLPattern] = [
    # Promises
    path("promises/", promise_views.own_promises, name="own_promises"),
    path("clients/<uuid:pk>/promises/", promise_views.ledger, name="promises"),
    path("clients/<uuid:pk>/promises/add/", promise_views.add_promise, name="add_promise"),
    path("commitments/<uuid:pk>/accept/", commitment_views.accept, name="accept_promise"),
    path("commitments/<uuid:pk>/decline/", commitment_views.decline, name="decline_promise"),
    path("commitments/<uuid:pk>/keep/", commitment_views.keep, name="keep_promise"),
    path("commitments/<uuid:pk>/edit/", commitment_views.edit, name="edit_promise"),
    path("commitments/<uuid:pk>/move/", commitment_views.move, name="move_promise"),
    path("commitments/<uuid:pk>/drop/", commitment_views.drop, name="drop_promise"),
    path("commitments/<uuid:pk>/own-up/", commitment_views.own_up, name="own_up_promise"),
    path("commitments/<uuid:pk>/release/", commitment_views.release, name="release_promise"),
    path("commitments/<uuid:pk>/stuck/", commitment_views.stuck, name="stuck_promise"),
    path("commitments/<uuid:pk>/go-on/", commitment_views.go_on, name="go_on_promise"),
    path("commitments/<uuid:pk>/reopen/", commitment_views.reopen, name="reopen_promise"),
    path("commitments/<uuid:pk>/remove/", commitment_views.remove, name="remove_promise"),
    path("commitments/<uuid:pk>/steps/", commitment_views.add_step, name="add_step"),
    path("moves/<uuid:pk>/agree/", move_views.agree_move, name="agree_move"),
    path("moves/<uuid:pk>/decline/", move_views.decline_move, name="decline_move"),
    path("moves/<uuid:pk>/withdraw/", move_views.withdraw_move, name="withdraw_move"),
    path("steps/<uuid:pk>/tick/", move_views.tick_step, name="tick_step"),
    path("steps/<uuid:pk>/untick/", move_views.untick_step, name="untick_step"),
    path("steps/<uuid:pk>/remove/", move_views.remove_step, name="remove_step"),
    path("k/promise/<str:token>/", promise_link_views.promise_by_link, name="promise_by_link"),
]
