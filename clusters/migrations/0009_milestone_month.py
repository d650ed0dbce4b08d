"""A month's milestones of a service are found by index: without it each roll-up read them all."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("clusters", "0008_lives")]

    operations = [
        AddIndexConcurrently(
            model_name="milestone",
            index=models.Index(fields=["service", "on"], name="milestone_month"),
        ),
    ]
