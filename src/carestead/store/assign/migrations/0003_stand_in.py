"""Who leaves says who stands in for them; an offer says by which code it was made."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assign", "0002_ledger")]

    operations = [
        migrations.AddField("departure", "stand_in_code", models.CharField(blank=True, default="", max_length=50), preserve_default=False),
        migrations.AddField("departure", "followed_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("handover", "offered_by_code", models.CharField(blank=True, default="", max_length=110), preserve_default=False),
    ]
