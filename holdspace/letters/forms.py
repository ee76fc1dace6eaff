"""What somebody wants of their mail."""

from django import forms


class WishForm(forms.Form):
    """Whether words travel by mail, and whether what can wait comes once a day."""

    words_inside = forms.BooleanField(
        required=False,
        label="My mails may carry the words themselves",
        help_text="Mail is not sealed: whoever keeps your mailbox, and every server on the way, can read it.",
    )
    daily_at = forms.TimeField(
        required=False,
        label="One mail a day, at",
        help_text="What can wait is gathered until then, by your own clock. Invitations and codes never wait. "
        "Leave it empty, and each mail comes by itself.",
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
    )
