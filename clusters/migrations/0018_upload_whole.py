"""Whether an upload was accepted as a whole or not at all; no upload before was."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clusters', '0017_upload_undo'),
    ]

    operations = [
        migrations.AddField(
            model_name='upload',
            name='whole',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddConstraint(
            model_name='upload',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'done'), ('whole', True), _negated=True), ('rejected', 0), _connector='OR'), name='upload_whole_or_not_at_all'),
        ),
    ]
