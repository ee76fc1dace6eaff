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
        ("conversations", "0001_initial"),
        ("engagements", "0001_initial"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Commitment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=holdspace.vault.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("owner", models.CharField(choices=[("coach", "coach"), ("client", "client")], max_length=6)),
                ("action", holdspace.vault.seal.SealedField(kind="text")),
                ("due_on", models.DateField(null=True)),
                ("if_then", holdspace.vault.seal.SealedField(kind="json", null=True)),
                (
                    "proposed_by",
                    models.CharField(
                        choices=[("client", "client"), ("coach", "coach"), ("joint", "both")], max_length=6
                    ),
                ),
                ("serves", holdspace.vault.seal.SealedField(kind="text", null=True)),
                ("outlived_at", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("edited_at", models.DateTimeField(null=True)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("declined_at", models.DateTimeField(null=True)),
                ("kept_at", models.DateTimeField(null=True)),
                ("kept_on", models.DateField(null=True)),
                ("dropped_at", models.DateTimeField(null=True)),
                ("owned", holdspace.vault.seal.SealedField(kind="text", null=True)),
                ("released_at", models.DateTimeField(null=True)),
                ("stuck_at", models.DateTimeField(null=True)),
                ("got_in_the_way", holdspace.vault.seal.SealedField(kind="text", null=True)),
                ("wants_help", models.BooleanField(default=False)),
                (
                    "engagement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="commitments",
                        to="engagements.engagement",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "made_in",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="commitments",
                        to="conversations.session",
                    ),
                ),
                (
                    "mark",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="commitment",
                        to="conversations.mark",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("declined_at", None), ("dropped_at", None), ("kept_at", None), ("released_at", None)
                        ),
                        fields=["engagement", "due_on"],
                        name="commitment_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("declined_at", None), ("dropped_at", None), ("released_at", None)),
                            models.Q(("declined_at", None), ("kept_at", None), ("released_at", None)),
                            models.Q(("declined_at", None), ("dropped_at", None), ("kept_at", None)),
                            models.Q(("dropped_at", None), ("kept_at", None), ("released_at", None)),
                            _connector="OR",
                        ),
                        name="a_commitment_ends_one_way",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kept_at", None), ("kept_on", None)),
                            models.Q(("kept_at__isnull", False), ("kept_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="kept_at_an_hour_of_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at__isnull", False), ("declined_at", None)),
                            models.Q(
                                ("accepted_at", None), ("dropped_at", None), ("kept_at", None), ("stuck_at", None)
                            ),
                            _connector="OR",
                        ),
                        name="nothing_comes_of_what_nobody_said_yes_to",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("dropped_at", None), ("owner", "client"), ("owned__isnull", False), _connector="OR"
                        ),
                        name="a_coach_owns_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stuck_at__isnull", False), ("wants_help", False), _connector="OR"),
                        name="help_is_for_the_stuck",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Concern",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=holdspace.vault.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("outlived_at", models.DateTimeField(null=True)),
                ("words", holdspace.vault.seal.SealedField(kind="text")),
                ("label", holdspace.vault.seal.SealedField(kind="text", null=True)),
                ("raised_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("shared_at", models.DateTimeField(null=True)),
                ("heard", holdspace.vault.seal.SealedField(kind="text", null=True)),
                ("heard_at", models.DateTimeField(null=True)),
                ("missed", holdspace.vault.seal.SealedField(kind="text", null=True)),
                ("missed_at", models.DateTimeField(null=True)),
                ("acknowledged_at", models.DateTimeField(null=True)),
                ("step", holdspace.vault.seal.SealedField(kind="text", null=True)),
                ("step_at", models.DateTimeField(null=True)),
                ("happened", holdspace.vault.seal.SealedField(kind="text", null=True)),
                ("happened_at", models.DateTimeField(null=True)),
                ("carried_on_at", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "commitment",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="concern",
                        to="growth.commitment",
                    ),
                ),
                (
                    "engagement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="concerns",
                        to="engagements.engagement",
                    ),
                ),
                (
                    "mark",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="concern",
                        to="conversations.mark",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="concerns",
                        to="conversations.session",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["engagement", "-raised_at"], name="concern_of_engagement"),
                    models.Index(
                        condition=models.Q(("acknowledged_at", None), ("settled_at", None)),
                        fields=["engagement", "shared_at"],
                        name="concern_unheard",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("acknowledged_at", None), ("heard_at__isnull", False), _connector="OR"),
                        name="heard_before_acknowledged",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Fact",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=holdspace.vault.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("words", holdspace.vault.seal.SealedField(kind="text")),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("corrected_at", models.DateTimeField(null=True)),
                ("hidden_at", models.DateTimeField(null=True)),
                (
                    "engagement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="facts", to="engagements.engagement"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="facts",
                        to="conversations.session",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["engagement", "-noted_at"], name="fact_of_engagement")],
            },
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=holdspace.vault.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", holdspace.vault.seal.SealedField(kind="text")),
                ("why", holdspace.vault.seal.SealedField(kind="text", null=True)),
                ("levels", holdspace.vault.seal.SealedField(kind="json", null=True)),
                ("weight", models.PositiveSmallIntegerField(default=2)),
                (
                    "proposed_by",
                    models.CharField(
                        choices=[("client", "the client"), ("coach", "the coach"), ("joint", "both together")],
                        max_length=8,
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("revised_at", models.DateTimeField(null=True)),
                ("reached_at", models.DateTimeField(null=True)),
                ("laid_down_at", models.DateTimeField(null=True)),
                (
                    "engagement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="goals", to="engagements.engagement"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["engagement", "made_at"], name="goal_of_engagement")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("weight__gte", 1), ("weight__lte", 3)), name="a_goal_weighs_one_to_three"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reached_at", None), ("laid_down_at", None), _connector="OR"),
                        name="goal_reached_or_laid_down_not_both",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Intensity",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=holdspace.vault.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("said", holdspace.vault.seal.SealedField(kind="json")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "concern",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="intensities", to="growth.concern"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["concern", "at"], name="intensity_of_concern")],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=holdspace.vault.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("words", holdspace.vault.seal.SealedField(kind="text")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reached_at", models.DateTimeField(null=True)),
                (
                    "goal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="milestones", to="growth.goal"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Moment",
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
                            ("interview", "an interview"),
                            ("deadline", "a deadline"),
                            ("results", "a day of results"),
                            ("first day", "a first day"),
                            ("last day", "a last day"),
                            ("other", "something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("label", holdspace.vault.seal.SealedField(kind="text")),
                ("day", models.DateField()),
                ("time", models.TimeField(null=True)),
                ("timezone", models.CharField(max_length=64, validators=[holdspace.people.models.user.check_zone])),
                ("starts_at", models.DateTimeField(null=True)),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ask_at", models.DateTimeField(null=True)),
                ("thought_at", models.DateTimeField(null=True)),
                ("went", holdspace.vault.seal.SealedField(kind="json", null=True)),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "engagement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="moments", to="engagements.engagement"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["engagement", "day"], name="moment_of_engagement"),
                    models.Index(fields=["day"], name="moment_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Move",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=holdspace.vault.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("from_day", models.DateField(null=True)),
                ("to_day", models.DateField()),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("asked_on", models.DateField()),
                ("agreed_at", models.DateTimeField(null=True)),
                ("declined_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="moves", to="growth.commitment"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("agreed_at", None), ("declined_at", None), ("withdrawn_at", None)),
                        fields=("commitment",),
                        name="one_move_waits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_at", None), ("declined_at", None)),
                            models.Q(("agreed_at", None), ("withdrawn_at", None)),
                            models.Q(("declined_at", None), ("withdrawn_at", None)),
                            _connector="OR",
                        ),
                        name="a_move_is_answered_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_day", models.F("to_day")), _negated=True), name="a_move_moves"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Option",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=holdspace.vault.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("words", holdspace.vault.seal.SealedField(kind="text")),
                ("speaks_for", holdspace.vault.seal.SealedField(kind="text", null=True)),
                ("speaks_against", holdspace.vault.seal.SealedField(kind="text", null=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("chosen_at", models.DateTimeField(null=True)),
                (
                    "concern",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="options", to="growth.concern"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Progress",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=holdspace.vault.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("words", holdspace.vault.seal.SealedField(kind="text")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "goal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="progress", to="growth.goal"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["goal", "-written_at"], name="progress_of_goal")],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=holdspace.vault.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("said", holdspace.vault.seal.SealedField(kind="json")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ratings", to="growth.goal"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["goal", "at"], name="rating_of_goal")],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
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
                ("day", models.DateField()),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reminders", to="growth.commitment"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None), ("given_up_at", None)),
                        fields=["due_at"],
                        name="reminder_due",
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("commitment", "day"), name="one_reminder_a_day")],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=holdspace.vault.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("levels", holdspace.vault.seal.SealedField(kind="json")),
                ("replaced_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "goal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="revisions", to="growth.goal"
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=holdspace.vault.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("action", holdspace.vault.seal.SealedField(kind="text")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="growth.commitment"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["commitment", "made_at"], name="step_of_commitment")],
            },
        ),
    ]
