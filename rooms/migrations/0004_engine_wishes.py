import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rooms", "0003_pronunciation"),
    ]

    operations = [
        migrations.CreateModel(
            name="EngineWish",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slot",
                    models.CharField(
                        choices=[
                            ("recognition", "recognition"),
                            ("translation", "translation"),
                            ("speech", "speech"),
                        ],
                        max_length=20,
                    ),
                ),
                ("language", models.CharField(blank=True, max_length=16)),
                ("chain", models.CharField(max_length=400)),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="engine_wishes",
                        to="rooms.event",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="engine_wishes",
                        to="rooms.organization",
                    ),
                ),
            ],
            options={
                "ordering": ("slot", "language", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("event__isnull", False), ("organization", None)),
                            models.Q(("event", None), ("organization__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_wish_of_one",
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "slot", "language"),
                        name="one_wish_of_an_organization",
                    ),
                    models.UniqueConstraint(
                        fields=("event", "slot", "language"), name="one_wish_of_an_event"
                    ),
                ],
            },
        ),
    ]
