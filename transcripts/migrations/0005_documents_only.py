"""Remove what documents replace."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("transcripts", "0004_take_over")]

    operations = [
        migrations.RemoveField(model_name="otherreading", name="segment"),
        migrations.RemoveField(model_name="segment", name="part"),
        migrations.RemoveField(model_name="segment", name="voice"),
        migrations.AlterField(model_name="otherreading", name="key", field=models.CharField(max_length=16)),
        migrations.AlterField(
            model_name="otherreading",
            name="transcript",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="other_readings",
                to="transcripts.transcript",
            ),
        ),
    ]
