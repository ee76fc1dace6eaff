"""Links to a new password: dead once used, once the locks were changed, and for a closed person."""

from allauth.account.forms import EmailAwarePasswordResetTokenGenerator

from .models import User


class ResetLinks(EmailAwarePasswordResetTokenGenerator):
    """A link fits only the locks it was made for."""

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.locks_changed_at}{user.closed_at}"
