"""What a proposal showed is kept with the decision. Rebuilding a table drops SQLite's triggers: they are set again."""

from django.db import migrations, models

from carestead.store import append_only


def protect(apps, schema_editor):
    append_only.protect(schema_editor.connection, "find_decision")


def release(apps, schema_editor):
    append_only.release(schema_editor.connection, "find_decision")


COLUMNS = (
    ("shown_on", lambda: models.DateField(blank=True, null=True)),
    ("shown_cohorts", lambda: models.TextField(blank=True, default="")),
    ("shown_reasons", lambda: models.TextField(blank=True, default="")),
)


class Migration(migrations.Migration):
    atomic = True
    dependencies = [("find", "0002_append_only")]
    operations = [
        migrations.RunPython(release, protect),
        *(
            migrations.AddField(model, name, make(), preserve_default=name == "shown_on")
            for model in ("enrolment", "decision")
            for name, make in COLUMNS
        ),
        migrations.RunPython(protect, release),
    ]
