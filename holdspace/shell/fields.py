"""How every form of the house is drawn: the same label, hint, error and control everywhere."""

from django.forms.renderers import DjangoTemplates


class HouseForms(DjangoTemplates):
    """Draws `{{ form }}` and each of its fields with the house's own templates."""

    form_template_name = "shell/form.html"
    field_template_name = "shell/field.html"
