import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import holdspace.vault.ids
import holdspace.vault.seal


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        ("people", "__first__"),
        ("vault", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Engagement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=holdspace.vault.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("called", models.CharField(max_length=120)),
                ("purpose", holdspace.vault.seal.SealedField(kind="text", null=True)),
                ("rhythm", models.CharField(blank=True, max_length=60)),
                ("started_on", models.DateField()),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("declined_at", models.DateTimeField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("gains", holdspace.vault.seal.SealedField(kind="text", null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="engagements",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "coach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coaching",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "key",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.key"),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="engagements", to="people.practice"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("coach", models.F("client")), _negated=True),
                        name="nobody_coaches_themselves",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accepted_at", None), ("declined_at", None), _connector="OR"),
                        name="accepted_or_declined_not_both",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=holdspace.vault.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[("transcript", "keep and analyse the transcript of this session")], max_length=16
                    ),
                ),
                ("scope", models.UUIDField(null=True)),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("given_by_link", models.BooleanField(default=False)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "engagement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="engagements.engagement",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("scope", "purpose", "person"),
                        name="one_live_consent",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("scope", None), ("withdrawn_at", None)),
                        fields=("engagement", "purpose", "person"),
                        name="one_live_consent_to_all",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pact",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=holdspace.vault.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("in_force_at", models.DateTimeField(null=True)),
                ("sections", holdspace.vault.seal.SealedField(kind="json")),
                ("text", holdspace.vault.seal.SealedField(kind="text")),
                ("fingerprint", models.CharField(max_length=64)),
                ("addressed", holdspace.vault.seal.SealedField(kind="text", null=True)),
                ("off_limits", holdspace.vault.seal.SealedField(kind="json", null=True)),
                ("channels", models.CharField(max_length=40)),
                ("quiet_from", models.TimeField(null=True)),
                ("quiet_to", models.TimeField(null=True)),
                ("reply_hours", models.PositiveSmallIntegerField(null=True)),
                ("transcript_days", models.PositiveSmallIntegerField(default=30)),
                ("notes_months", models.PositiveSmallIntegerField(default=12)),
                ("recording", models.BooleanField(default=False)),
                ("analysis", models.BooleanField(default=False)),
                ("sponsor", models.BooleanField(default=False)),
                ("mentor", models.BooleanField(default=False)),
                ("review_on", models.DateField(null=True)),
                (
                    "engagement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pacts", to="engagements.engagement"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("engagement", "number"), name="one_pact_a_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("in_force_at", None), ("withdrawn_at", None)),
                        fields=("engagement",),
                        name="one_open_proposal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("quiet_from", None), ("quiet_to", None)),
                            models.Q(
                                ("quiet_from__isnull", False),
                                ("quiet_to__isnull", False),
                                models.Q(("quiet_from", models.F("quiet_to")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="quiet_hours_have_two_ends",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PactTemplate",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=holdspace.vault.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("words", models.JSONField(default=dict)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pact_templates", to="people.practice"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("practice", "name"), name="one_template_a_name")],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=holdspace.vault.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", holdspace.vault.seal.SealedField(kind="text")),
                ("fingerprint", models.CharField(max_length=64)),
                ("signed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by_link", models.BooleanField(default=False)),
                (
                    "pact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="signatures", to="engagements.pact"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("pact", "person"), name="one_signature_each")],
            },
        ),
        migrations.CreateModel(
            name="Sponsor",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=holdspace.vault.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", holdspace.vault.seal.SealedField(kind="text")),
                ("organisation", holdspace.vault.seal.SealedField(kind="text", null=True)),
                ("address", holdspace.vault.seal.SealedField(kind="text", null=True)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "engagement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sponsors",
                        to="engagements.engagement",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=holdspace.vault.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("agreed_at", models.DateTimeField(null=True)),
                ("released", models.CharField(blank=True, max_length=80)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "begun",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="engagements.engagement",
                    ),
                ),
                (
                    "engagement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="handovers",
                        to="engagements.engagement",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)), fields=("engagement",), name="one_standing_handover"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accepted_at", None), ("agreed_at__isnull", False), _connector="OR"),
                        name="the_client_says_yes_first",
                    ),
                ],
            },
        ),
    ]
