"""Of which service a milestone's visit is: a column that may be empty, no row is written anew."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clusters', '0012_immunise'),
    ]

    operations = [
        migrations.AddField(
            model_name='milestone',
            name='visit_service',
            field=models.CharField(max_length=20, null=True),
        ),
    ]
