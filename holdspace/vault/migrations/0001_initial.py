"""Keys and the trail, which the database itself refuses to change."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import holdspace.vault.ids

SQLITE = [
    """CREATE TRIGGER trace_never_changes BEFORE UPDATE ON vault_trace
    BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END""",
    """CREATE TRIGGER trace_never_goes BEFORE DELETE ON vault_trace
    BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END""",
    # INSERT OR REPLACE deletes without asking the trigger above.
    """CREATE TRIGGER trace_never_replaced BEFORE INSERT ON vault_trace
    WHEN EXISTS (SELECT 1 FROM vault_trace WHERE id = NEW.id OR (trail = NEW.trail AND number = NEW.number))
    BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION vault_trace_stays() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the trail is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER trace_stays BEFORE UPDATE OR DELETE ON vault_trace
    FOR EACH ROW EXECUTE FUNCTION vault_trace_stays()""",
]


def forbid_changes(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Trace",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=holdspace.vault.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("trail", models.UUIDField(default=uuid.UUID("00000000-0000-0000-0000-000000000000"))),
                ("number", models.PositiveBigIntegerField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("actor_id", models.UUIDField(null=True)),
                ("verb", models.CharField(max_length=60)),
                ("noun", models.CharField(max_length=60)),
                ("noun_id", models.UUIDField()),
                ("subject_id", models.UUIDField(null=True)),
                ("engagement_id", models.UUIDField(null=True)),
                ("detail", models.CharField(blank=True, max_length=120)),
                ("previous", models.BinaryField(max_length=32)),
                ("hash", models.BinaryField(max_length=32)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["noun_id", "actor_id", "at"], name="trace_reads"),
                    models.Index(fields=["subject_id", "at"], name="trace_subject"),
                    models.Index(fields=["engagement_id", "at"], name="trace_engagement"),
                ],
                "constraints": [models.UniqueConstraint(fields=("trail", "number"), name="trace_number")],
            },
        ),
        migrations.CreateModel(
            name="Key",
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
                            ("house", "house"),
                            ("practice", "practice"),
                            ("engagement", "engagement"),
                            ("trail", "trail"),
                            ("door", "door"),
                        ],
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("wrapped", models.BinaryField(null=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("destroyed_at", models.DateTimeField(null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="children", to="vault.key"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "house")), fields=("version",), name="one_house_key"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "trail")), fields=("kind",), name="one_trail_key"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "door")), fields=("kind",), name="one_door_key"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("destroyed_at__isnull", True), ("wrapped__isnull", False)),
                            models.Q(("destroyed_at__isnull", False), ("wrapped__isnull", True)),
                            _connector="OR",
                        ),
                        name="key_whole_or_destroyed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                ("trail", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.PositiveBigIntegerField(default=0)),
                ("hash", models.BinaryField(max_length=32)),
                ("seal", models.BinaryField(max_length=32)),
                (
                    "key",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.key"),
                ),
            ],
        ),
        migrations.RunPython(forbid_changes),
    ]
