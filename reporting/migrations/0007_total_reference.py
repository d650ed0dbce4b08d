"""Each total is of a place that there is: looked at once a statement, as for visits."""


import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('facilities', '0004_changed_whole'),
        ('reporting', '0006_entry'),
    ]

    operations = [
        migrations.AlterField(
            model_name='total',
            name='place',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='facilities.facility'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='total',
            trigger=pgtrigger.compiler.Trigger(name='references_on_insert', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE is_orphan boolean;', func="\nEXECUTE $check$\n    SELECT EXISTS (\n        SELECT\n        FROM (SELECT DISTINCT place_id AS id FROM written WHERE place_id IS NOT NULL) AS asked\n        WHERE NOT EXISTS (SELECT FROM facilities_facility AS target WHERE target.id = asked.id)\n    )\n$check$ INTO is_orphan;\nIF is_orphan THEN\n    RAISE foreign_key_violation USING MESSAGE = 'place_id refers to no row of facilities_facility';\nEND IF;\n\nRETURN NULL;", hash='516a5a4d5eec3c57cd2bee25c24f9e6f99697cbb', level='STATEMENT', operation='INSERT', pgid='pgtrigger_references_on_insert_4c01d', referencing='REFERENCING NEW TABLE AS written ', table='reporting_total', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='total',
            trigger=pgtrigger.compiler.Trigger(name='references_on_update', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE is_orphan boolean;', func="\nEXECUTE $check$\n    SELECT EXISTS (\n        SELECT\n        FROM (SELECT DISTINCT place_id AS id FROM written WHERE place_id IS NOT NULL) AS asked\n        WHERE NOT EXISTS (SELECT FROM facilities_facility AS target WHERE target.id = asked.id)\n    )\n$check$ INTO is_orphan;\nIF is_orphan THEN\n    RAISE foreign_key_violation USING MESSAGE = 'place_id refers to no row of facilities_facility';\nEND IF;\n\nRETURN NULL;", hash='52e24c213aaf6934bfc80d0bcd4793772e3cd49f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_references_on_update_83c18', referencing='REFERENCING NEW TABLE AS written ', table='reporting_total', when='AFTER')),
        ),
    ]
