import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ilp.core.months


class Migration(migrations.Migration):

    dependencies = [
        ('facilities', '0006_letterhead'),
        ('reporting', '0018_needs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Baseline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('indicator', models.CharField(max_length=12)),
                ('since', ilp.core.months.MonthField()),
                ('reason', models.CharField(max_length=200)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='facilities.facility')),
            ],
            options={
                'indexes': [models.Index(fields=['indicator', 'district'], name='baseline_of')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='baseline_says_why'), models.CheckConstraint(condition=models.Q(('indicator', ''), _negated=True), name='baseline_of_an_indicator')],
            },
        ),
    ]
