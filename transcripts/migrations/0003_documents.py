"""Room for documents, their history and what machines heard; 0004 fills it, 0005 clears what it replaces."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import transcripts.models.codes


class Migration(migrations.Migration):
    dependencies = [
        ("transcripts", "0002_live"),
    ]

    operations = [
        migrations.CreateModel(
            name="DocSnapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.BigIntegerField()),
                ("data", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="HeardSegment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(default=transcripts.models.codes.segment_key, max_length=16)),
                ("part", models.PositiveIntegerField(default=0)),
                ("order", models.PositiveIntegerField(default=0)),
                ("start_ms", models.BigIntegerField()),
                ("end_ms", models.BigIntegerField()),
                ("text", models.TextField()),
                ("words", models.TextField(default="[]")),
                ("timing_method", models.CharField(default="interpolated", max_length=12)),
                ("voice", models.CharField(blank=True, max_length=80)),
                ("speaker", models.CharField(blank=True, max_length=80)),
                ("doubts", models.JSONField(default=list)),
            ],
            options={
                "ordering": ["part", "order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Hearing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("live", "While recording"), ("file", "From the file")],
                        default="file",
                        max_length=4,
                    ),
                ),
                ("model", models.CharField(blank=True, max_length=120)),
                ("language", models.CharField(blank=True, max_length=12)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("completed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("value", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.BigIntegerField()),
                ("name", models.CharField(max_length=120)),
                ("is_automatic", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-version", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="StepBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("v", models.BigIntegerField()),
                ("n", models.PositiveIntegerField()),
                ("client", models.CharField(blank=True, max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("edit", "Edited on the page"),
                            ("live", "Said while recording"),
                            ("asr", "Transcribed"),
                            ("api", "Changed through the API"),
                            ("speakers", "Speakers told apart"),
                            ("merge", "Another reading chosen"),
                            ("restore", "Restored"),
                            ("server", "Put in order"),
                        ],
                        default="edit",
                        max_length=8,
                    ),
                ),
                ("steps", models.TextField()),
                ("keys", models.TextField(default="[]")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["v"],
            },
        ),
        migrations.CreateModel(
            name="TranscriptDoc",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.BigIntegerField(default=0)),
                ("snapshot_version", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.AlterModelOptions(
            name="segment",
            options={"ordering": ["order", "pk"]},
        ),
        migrations.RemoveConstraint(
            model_name="segment",
            name="segment_place_once",
        ),
        migrations.AddField(
            model_name="otherreading",
            name="key",
            field=models.CharField(default="", max_length=16),
        ),
        migrations.AddField(
            model_name="otherreading",
            name="mine",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="otherreading",
            name="offset",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="otherreading",
            name="transcript",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="other_readings",
                to="transcripts.transcript",
            ),
        ),
        migrations.AddField(
            model_name="segment",
            name="edited_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="segment",
            name="is_held",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="speaker",
            name="hue",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="segment",
            name="order",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name="segment",
            index=models.Index(fields=["transcript", "order"], name="segment_in_order"),
        ),
        migrations.AddField(
            model_name="hearing",
            name="job",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="hearings",
                to="transcripts.job",
            ),
        ),
        migrations.AddField(
            model_name="hearing",
            name="transcript",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="hearings",
                to="transcripts.transcript",
            ),
        ),
        migrations.AddField(
            model_name="heardsegment",
            name="hearing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="segments", to="transcripts.hearing"
            ),
        ),
        migrations.AddField(
            model_name="otherreading",
            name="hearing",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="other_readings",
                to="transcripts.hearing",
            ),
        ),
        migrations.AddIndex(
            model_name="otherreading",
            index=models.Index(fields=["transcript", "key"], name="reading_of_segment"),
        ),
        migrations.AddField(
            model_name="preference",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="preferences",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="author",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="transcript",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="revisions",
                to="transcripts.transcript",
            ),
        ),
        migrations.AddField(
            model_name="stepbatch",
            name="user",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="transcriptdoc",
            name="transcript",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="doc", to="transcripts.transcript"
            ),
        ),
        migrations.AddField(
            model_name="stepbatch",
            name="doc",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="batches",
                to="transcripts.transcriptdoc",
            ),
        ),
        migrations.AddField(
            model_name="docsnapshot",
            name="doc",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="snapshots",
                to="transcripts.transcriptdoc",
            ),
        ),
        migrations.AddIndex(
            model_name="heardsegment",
            index=models.Index(fields=["hearing", "start_ms"], name="heard_by_time"),
        ),
        migrations.AddConstraint(
            model_name="preference",
            constraint=models.UniqueConstraint(fields=("user", "name"), name="preference_once"),
        ),
        migrations.AddConstraint(
            model_name="stepbatch",
            constraint=models.UniqueConstraint(fields=("doc", "v"), name="batch_once"),
        ),
        migrations.AddConstraint(
            model_name="docsnapshot",
            constraint=models.UniqueConstraint(fields=("doc", "version"), name="snapshot_once"),
        ),
    ]
