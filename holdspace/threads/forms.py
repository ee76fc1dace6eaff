"""What is written to the other, and the files that go with it."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from holdspace.vault.models import new_id

from .files import LARGEST, BadFile, NewFile, look_at
from .models import LONGEST, MOST

NOTHING = "There is nothing in it yet."
TOO_LONG = "This is too long for one message: {many} characters, where {most} fit. Shorten it, or send it as a file."
TOO_MANY = (
    f"No more than {MOST} files go with one message. Those that fit are kept here; send the others with the next."
)
TOO_LARGE = f"These files together are too large, so none was taken. Choose {MOST} at most, of 5 MB each."


class FileInput(forms.FileInput):
    """A field in which several files may be chosen."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files, each looked at by its content; the good ones are kept although another one isn't taken."""

    widget = FileInput

    def clean(self, value: Any, initial: Any = None) -> list[UploadedFile]:
        """Whatever was chosen, as a list."""
        given = value if isinstance(value, list | tuple) else [value]
        return [one for one in given if one]


class MessageForm(forms.Form):
    """Words to the other; `once` makes a repeated post the same message."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    words = forms.CharField(
        required=False,
        strip=False,
        label="Your words",
        help_text="*Emphasis*, lists with a dash and > quotes are understood.",
        widget=forms.Textarea({"rows": 6}),
    )
    enclosed = FilesField(
        required=False,
        label="Files",
        help_text=f"Up to {MOST}, of {LARGEST // 1_000_000} MB each: PDF, pictures, office documents, plain text.",
    )

    def __init__(self, *given: Any, with_files: bool = True, length: int = 0, **named: Any) -> None:
        super().__init__(*given, **named)
        self.length = length
        self.taken: list[NewFile] = []
        self.fields["words"].one_of = True  # type: ignore[attr-defined]
        if not with_files:
            del self.fields["enclosed"]

    def clean_words(self) -> str:
        """Lines end the same way everywhere; blanks alone are nothing."""
        words = str(self.cleaned_data["words"]).replace("\r\n", "\n")
        if len(words) > LONGEST:
            raise forms.ValidationError(TOO_LONG.format(many=f"{len(words):,}", most=f"{LONGEST:,}"))
        return words if words.strip() else ""

    def clean_enclosed(self) -> list[NewFile]:
        """The files that may be kept; a sentence for each of the others."""
        given = self.cleaned_data["enclosed"]
        bad = [forms.ValidationError(TOO_MANY)] if len(given) > MOST else []
        if self.length > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:  # then the files never reached this form
            bad.append(forms.ValidationError(TOO_LARGE))
        for file in given[:MOST]:
            try:
                self.taken.append(look_at(file.name or "", file.read(LARGEST + 1)))
            except BadFile as trouble:
                bad.append(forms.ValidationError(str(trouble)))
        if bad:
            raise forms.ValidationError(bad)
        return self.taken

    @property
    def typed(self) -> str:
        """What was typed, whether or not it may be sent."""
        return str(self.data.get("words", "")).replace("\r\n", "\n")
