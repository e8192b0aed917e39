"""The database refuses to change what is only added to."""

from django.db import migrations

from carestead.store import append_only

TABLES = ("care_careevent",)


def protect(apps, schema_editor):
    append_only.protect(schema_editor.connection, *TABLES)


def release(apps, schema_editor):
    append_only.release(schema_editor.connection, *TABLES)


class Migration(migrations.Migration):
    dependencies = [("care", "0001_initial")]
    operations = [migrations.RunPython(protect, release)]
