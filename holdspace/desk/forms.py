"""What somebody looks for."""

from django import forms


class SearchForm(forms.Form):
    """A few words; they are sent in the body, so that they stand in no address and no log."""

    sought = forms.CharField(
        max_length=200,
        label="Words to look for",
        help_text="All of them have to be there; case and accents don't matter.",
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
        error_messages={"required": "Say a word to look for."},
    )

    def clean_sought(self) -> str:
        """Two letters at least: a single one is everywhere."""
        sought = self.cleaned_data["sought"]
        if len(sought) < 2:
            raise forms.ValidationError("Say a little more: a single letter is everywhere.")
        return str(sought)
