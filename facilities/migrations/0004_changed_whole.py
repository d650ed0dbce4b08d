"""Which changes are of a place's own numbers only. What waits already counts as whole."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("facilities", "0003_facility_never_deleted")]

    operations = [
        migrations.AddField(
            "changedcell", "whole", models.BooleanField(db_default=True, default=True)
        ),
    ]
