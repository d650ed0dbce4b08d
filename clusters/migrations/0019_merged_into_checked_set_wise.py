"""The person a record was merged into is looked up once a statement, as its home is (ADR 14)."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clusters', '0018_upload_whole'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='person',
            name='references_on_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='person',
            name='references_on_update',
        ),
        migrations.AlterField(
            model_name='person',
            name='merged_into',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='aliases', to='clusters.person'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='references_on_insert', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE is_orphan boolean;', func="\nEXECUTE $check$\n    SELECT EXISTS (\n        SELECT\n        FROM (SELECT DISTINCT home_id AS id FROM written WHERE home_id IS NOT NULL) AS asked\n        WHERE NOT EXISTS (SELECT FROM facilities_facility AS target WHERE target.id = asked.id)\n    )\n$check$ INTO is_orphan;\nIF is_orphan THEN\n    RAISE foreign_key_violation USING MESSAGE = 'home_id refers to no row of facilities_facility';\nEND IF;\n\nEXECUTE $check$\n    SELECT EXISTS (\n        SELECT\n        FROM (SELECT DISTINCT merged_into_id AS id FROM written WHERE merged_into_id IS NOT NULL) AS asked\n        WHERE NOT EXISTS (SELECT FROM clusters_person AS target WHERE target.id = asked.id)\n    )\n$check$ INTO is_orphan;\nIF is_orphan THEN\n    RAISE foreign_key_violation USING MESSAGE = 'merged_into_id refers to no row of clusters_person';\nEND IF;\n\nRETURN NULL;", hash='57d1f8dee73d5af5bbb5bf1d4df4f2cdb2f7fb95', level='STATEMENT', operation='INSERT', pgid='pgtrigger_references_on_insert_707b1', referencing='REFERENCING NEW TABLE AS written ', table='clusters_person', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='references_on_update', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE is_orphan boolean;', func="\nEXECUTE $check$\n    SELECT EXISTS (\n        SELECT\n        FROM (SELECT DISTINCT home_id AS id FROM written WHERE home_id IS NOT NULL) AS asked\n        WHERE NOT EXISTS (SELECT FROM facilities_facility AS target WHERE target.id = asked.id)\n    )\n$check$ INTO is_orphan;\nIF is_orphan THEN\n    RAISE foreign_key_violation USING MESSAGE = 'home_id refers to no row of facilities_facility';\nEND IF;\n\nEXECUTE $check$\n    SELECT EXISTS (\n        SELECT\n        FROM (SELECT DISTINCT merged_into_id AS id FROM written WHERE merged_into_id IS NOT NULL) AS asked\n        WHERE NOT EXISTS (SELECT FROM clusters_person AS target WHERE target.id = asked.id)\n    )\n$check$ INTO is_orphan;\nIF is_orphan THEN\n    RAISE foreign_key_violation USING MESSAGE = 'merged_into_id refers to no row of clusters_person';\nEND IF;\n\nRETURN NULL;", hash='56cedf667bb354e9e0b1d3c53ea02be01ec7c86b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_references_on_update_614a5', referencing='REFERENCING NEW TABLE AS written ', table='clusters_person', when='AFTER')),
        ),
    ]
