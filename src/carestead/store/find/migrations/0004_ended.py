"""An enrolment can end. Rebuilding a table drops SQLite's triggers: they are set again."""

from django.db import migrations, models

from carestead.store import append_only


def protect(apps, schema_editor):
    append_only.protect(schema_editor.connection, "find_decision")


def release(apps, schema_editor):
    append_only.release(schema_editor.connection, "find_decision")


class Migration(migrations.Migration):

    dependencies = [
        ('find', '0003_shown'),
    ]

    operations = [
        migrations.RunPython(release, protect),
        migrations.AddField(
            model_name='decision',
            name='end_kind',
            field=models.CharField(blank=True, choices=[('died', 'The person died'), ('moved', 'The person moved away'), ('opted-out', 'The person no longer wants it'), ('no-longer-needed', 'The person no longer needs it')], max_length=20),
        ),
        migrations.AddField(
            model_name='decision',
            name='receiver',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='enrolment',
            name='end_kind',
            field=models.CharField(blank=True, choices=[('died', 'The person died'), ('moved', 'The person moved away'), ('opted-out', 'The person no longer wants it'), ('no-longer-needed', 'The person no longer needs it')], max_length=20),
        ),
        migrations.AddField(
            model_name='enrolment',
            name='receiver',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name='decision',
            name='state',
            field=models.CharField(choices=[('accepted', 'Enrolled'), ('deferred', 'Deferred'), ('declined', 'Declined'), ('ended', 'No longer enrolled')], max_length=10),
        ),
        migrations.AlterField(
            model_name='enrolment',
            name='state',
            field=models.CharField(choices=[('accepted', 'Enrolled'), ('deferred', 'Deferred'), ('declined', 'Declined'), ('ended', 'No longer enrolled')], max_length=10),
        ),
        migrations.RunPython(protect, release),
    ]
