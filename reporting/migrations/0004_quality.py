"""What people say of numbers that look wrong."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ilp.core.months


class Migration(migrations.Migration):
    dependencies = [
        ("facilities", "0004_changed_whole"),
        ("reporting", "0003_total_plain"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", ilp.core.months.MonthField()),
                ("check_code", models.CharField(max_length=16)),
                ("subject", models.CharField(max_length=64)),
                ("numbers", models.CharField(max_length=64)),
                ("reason", models.CharField(max_length=200)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="facilities.facility",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["place", "month", "check_code", "subject", "numbers"],
                        name="confirmed_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="confirmed_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutsideFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", ilp.core.months.MonthField()),
                ("source", models.CharField(max_length=12)),
                ("element", models.CharField(max_length=24)),
                ("value", models.PositiveIntegerField()),
                ("at", models.DateTimeField(auto_now=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="facilities.facility",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["place", "month", "source", "element"], name="one_outside_figure"
                    )
                ],
            },
        ),
    ]
