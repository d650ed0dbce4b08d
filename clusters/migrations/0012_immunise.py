"""Doses given to pupils: a column that may be empty is added without writing any row anew."""

import django.contrib.postgres.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clusters', '0011_sick_child'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='school',
            name='before_update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='school',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='school',
            name='bias',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), null=True, size=None, verbose_name='Imunisasi anak sekolah (BIAS)'),
        ),
        migrations.AddField(
            model_name='schoolevent',
            name='bias',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), null=True, size=None, verbose_name='Imunisasi anak sekolah (BIAS)'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='school',
            trigger=pgtrigger.compiler.Trigger(name='before_update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."age_days" IS DISTINCT FROM (NEW."age_days") OR OLD."age_months" IS DISTINCT FROM (NEW."age_months") OR OLD."bias" IS DISTINCT FROM (NEW."bias") OR OLD."cancelled_at" IS DISTINCT FROM (NEW."cancelled_at") OR OLD."caries" IS DISTINCT FROM (NEW."caries") OR OLD."ckg" IS DISTINCT FROM (NEW."ckg") OR OLD."diastole" IS DISTINCT FROM (NEW."diastole") OR OLD."education" IS DISTINCT FROM (NEW."education") OR OLD."extra" IS DISTINCT FROM (NEW."extra") OR OLD."facility_id" IS DISTINCT FROM (NEW."facility_id") OR OLD."followed_up" IS DISTINCT FROM (NEW."followed_up") OR OLD."glucose" IS DISTINCT FROM (NEW."glucose") OR OLD."grade" IS DISTINCT FROM (NEW."grade") OR OLD."hb" IS DISTINCT FROM (NEW."hb") OR OLD."hearing_ok" IS DISTINCT FROM (NEW."hearing_ok") OR OLD."height" IS DISTINCT FROM (NEW."height") OR OLD."home_id" IS DISTINCT FROM (NEW."home_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."referred" IS DISTINCT FROM (NEW."referred") OR OLD."reproductive" IS DISTINCT FROM (NEW."reproductive") OR OLD."seen_on" IS DISTINCT FROM (NEW."seen_on") OR OLD."sex" IS DISTINCT FROM (NEW."sex") OR OLD."sight_ok" IS DISTINCT FROM (NEW."sight_ok") OR OLD."smoker" IS DISTINCT FROM (NEW."smoker") OR OLD."srq" IS DISTINCT FROM (NEW."srq") OR OLD."systole" IS DISTINCT FROM (NEW."systole") OR OLD."tablets" IS DISTINCT FROM (NEW."tablets") OR OLD."tablets_taken" IS DISTINCT FROM (NEW."tablets_taken") OR OLD."tb_signs" IS DISTINCT FROM (NEW."tb_signs") OR OLD."weight" IS DISTINCT FROM (NEW."weight"))', func='INSERT INTO "clusters_schoolevent" ("age_days", "age_months", "bias", "cancelled_at", "caries", "ckg", "diastole", "education", "extra", "facility_id", "followed_up", "glucose", "grade", "hb", "hearing_ok", "height", "home_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "referred", "reproductive", "seen_on", "sex", "sight_ok", "smoker", "srq", "systole", "tablets", "tablets_taken", "tb_signs", "weight") VALUES (OLD."age_days", OLD."age_months", OLD."bias", OLD."cancelled_at", OLD."caries", OLD."ckg", OLD."diastole", OLD."education", OLD."extra", OLD."facility_id", OLD."followed_up", OLD."glucose", OLD."grade", OLD."hb", OLD."hearing_ok", OLD."height", OLD."home_id", OLD."id", OLD."person_id", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."referred", OLD."reproductive", OLD."seen_on", OLD."sex", OLD."sight_ok", OLD."smoker", OLD."srq", OLD."systole", OLD."tablets", OLD."tablets_taken", OLD."tb_signs", OLD."weight"); RETURN NULL;', hash='b91eec4ed22ac4b79c061a400dabc6af4c278fef', operation='UPDATE', pgid='pgtrigger_before_update_update_e248e', table='clusters_school', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='school',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "clusters_schoolevent" ("age_days", "age_months", "bias", "cancelled_at", "caries", "ckg", "diastole", "education", "extra", "facility_id", "followed_up", "glucose", "grade", "hb", "hearing_ok", "height", "home_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "referred", "reproductive", "seen_on", "sex", "sight_ok", "smoker", "srq", "systole", "tablets", "tablets_taken", "tb_signs", "weight") VALUES (OLD."age_days", OLD."age_months", OLD."bias", OLD."cancelled_at", OLD."caries", OLD."ckg", OLD."diastole", OLD."education", OLD."extra", OLD."facility_id", OLD."followed_up", OLD."glucose", OLD."grade", OLD."hb", OLD."hearing_ok", OLD."height", OLD."home_id", OLD."id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."referred", OLD."reproductive", OLD."seen_on", OLD."sex", OLD."sight_ok", OLD."smoker", OLD."srq", OLD."systole", OLD."tablets", OLD."tablets_taken", OLD."tb_signs", OLD."weight"); RETURN NULL;', hash='9ba68e61cc8388380d8ac25df9d344138f2864cf', operation='DELETE', pgid='pgtrigger_delete_delete_fd7f1', table='clusters_school', when='AFTER')),
        ),
    ]
