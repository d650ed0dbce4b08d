"""Totals without what each written row pays for: ADR 20. The place is checked again from 0007 on.

Nothing is rewritten and nothing waits. Pages keep room, so that a changed row stays on its page.
"""

import django.db.models.deletion
from django.contrib.postgres.operations import RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("facilities", "0004_changed_whole"),
        ("reporting", "0002_local_indicator"),
    ]

    operations = [
        RemoveIndexConcurrently("total", "total_of_place"),
        migrations.AlterField(
            "total",
            "place",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="facilities.facility",
            ),
        ),
        migrations.RunSQL(
            "ALTER TABLE reporting_total SET (fillfactor = 80)",
            "ALTER TABLE reporting_total RESET (fillfactor)",
        ),
    ]
