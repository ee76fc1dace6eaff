import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

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
            name="Draft",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=holdspace.vault.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("words", holdspace.vault.seal.SealedField(kind="text")),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "engagement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="drafts", to="engagements.engagement"
                    ),
                ),
                (
                    "writer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="drafts", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("engagement", "writer"), name="one_draft_each")],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=holdspace.vault.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("words", holdspace.vault.seal.SealedField(kind="text", null=True)),
                ("by_mail", models.BooleanField(default=False)),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("goes_at", models.DateTimeField()),
                ("first_read_at", models.DateTimeField(null=True)),
                ("edited_at", models.DateTimeField(null=True)),
                ("taken_back_at", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "engagement",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="engagements.engagement",
                    ),
                ),
                (
                    "writer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["engagement", "goes_at"], name="message_of_thread"),
                    models.Index(fields=["engagement", "writer", "written_at"], name="message_answers"),
                    models.Index(
                        condition=models.Q(("first_read_at", None), ("taken_back_at", None)),
                        fields=["engagement", "goes_at"],
                        name="message_unread",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=holdspace.vault.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", holdspace.vault.seal.SealedField(kind="text")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pdf", "PDF"),
                            ("png", "picture"),
                            ("jpeg", "picture"),
                            ("webp", "picture"),
                            ("docx", "Word document"),
                            ("xlsx", "Excel sheet"),
                            ("odt", "text document"),
                            ("txt", "plain text"),
                        ],
                        max_length=8,
                    ),
                ),
                ("size", models.PositiveIntegerField()),
                ("content", holdspace.vault.seal.SealedField(kind="bytes")),
                (
                    "engagement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="engagements.engagement",
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="threads.draft",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="threads.message",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("draft__isnull", False), ("message", None)),
                            models.Q(("draft", None), ("message__isnull", False)),
                            _connector="OR",
                        ),
                        name="with_a_draft_or_a_message",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReplyAddress",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=holdspace.vault.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("token", holdspace.vault.seal.SealedField(kind="text")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "engagement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reply_addresses",
                        to="engagements.engagement",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reply_addresses",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None)),
                        fields=("engagement", "person"),
                        name="one_live_reply_address",
                    )
                ],
            },
        ),
    ]
