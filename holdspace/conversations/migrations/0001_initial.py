import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import holdspace.people.models.user
import holdspace.vault.ids
import holdspace.vault.seal


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("engagements", "0001_initial"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=holdspace.vault.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", holdspace.vault.seal.SealedField(kind="text", null=True)),
                ("day", models.DateField()),
                ("time", models.TimeField()),
                ("timezone", models.CharField(max_length=64, validators=[holdspace.people.models.user.check_zone])),
                ("starts_at", models.DateTimeField()),
                ("minutes", models.PositiveSmallIntegerField(default=60)),
                (
                    "channel",
                    models.CharField(
                        choices=[("video", "by video"), ("in person", "in person"), ("phone", "by phone")],
                        default="video",
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "engagement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to="engagements.engagement",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["engagement", "-starts_at"], name="session_latest")],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=holdspace.vault.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("text", holdspace.vault.seal.SealedField(kind="text")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("edited_at", models.DateTimeField(null=True)),
                ("shared_at", models.DateTimeField(null=True)),
                ("deleted_at", models.DateTimeField(null=True)),
                (
                    "writer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="conversations.session"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["session", "written_at"], name="note_of_session")],
            },
        ),
        migrations.CreateModel(
            name="Transcript",
            fields=[
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("leased_until", models.DateTimeField(editable=False, null=True)),
                ("fence", models.PositiveIntegerField(default=0, editable=False)),
                ("tries", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("done_at", models.DateTimeField(editable=False, null=True)),
                ("given_up_at", models.DateTimeField(editable=False, null=True)),
                ("trouble", models.CharField(blank=True, editable=False, max_length=60)),
                (
                    "id",
                    models.UUIDField(
                        default=holdspace.vault.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("words", holdspace.vault.seal.SealedField(kind="json")),
                ("heard", holdspace.vault.seal.SealedField(kind="json", null=True)),
                ("coach_speaker", holdspace.vault.seal.SealedField(kind="text", null=True)),
                ("client_speaker", holdspace.vault.seal.SealedField(kind="text", null=True)),
                ("guess", holdspace.vault.seal.SealedField(kind="json", null=True)),
                ("fingerprint", models.CharField(max_length=64)),
                ("taken_in_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("chosen_at", models.DateTimeField(null=True)),
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="transcript",
                        to="conversations.session",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None), ("given_up_at", None)),
                        fields=["due_at"],
                        name="transcript_due",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=holdspace.vault.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("promise", "promise"),
                            ("concern", "concern"),
                            ("strength", "strength"),
                            ("value", "value"),
                        ],
                        max_length=8,
                    ),
                ),
                ("owner", models.CharField(choices=[("coach", "coach"), ("client", "client")], max_length=8)),
                ("text", holdspace.vault.seal.SealedField(kind="text")),
                ("due", holdspace.vault.seal.SealedField(kind="text", null=True)),
                ("due_on", models.DateField(null=True)),
                ("firm", models.BooleanField(null=True)),
                ("quote", holdspace.vault.seal.SealedField(kind="json")),
                ("turn", models.PositiveIntegerField()),
                ("at", models.FloatField(null=True)),
                ("span_start", models.PositiveIntegerField()),
                ("span_end", models.PositiveIntegerField()),
                ("p", models.FloatField()),
                ("found_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("edited_at", models.DateTimeField(null=True)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("dismissed_at", models.DateTimeField(null=True)),
                (
                    "transcript",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="conversations.transcript"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("transcript", "kind", "turn", "span_start"), name="one_mark_a_line"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accepted_at", None), ("dismissed_at", None), _connector="OR"),
                        name="not_both_accepted_and_dismissed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=holdspace.vault.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reason", holdspace.vault.seal.SealedField(kind="text")),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ends_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "engagement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="openings",
                        to="engagements.engagement",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="openings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("opened_at"))), name="opening_lasts"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=holdspace.vault.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("question", holdspace.vault.seal.SealedField(kind="text", null=True)),
                ("asked", models.CharField(max_length=40)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("released", models.CharField(blank=True, max_length=40)),
                ("agreed_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mentor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="releases",
                        to="conversations.session",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("session", "mentor"),
                        name="one_standing_release",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("released", ""), ("agreed_at__isnull", False), _connector="OR"),
                        name="nothing_is_released_before_the_yes",
                    ),
                ],
            },
        ),
    ]
