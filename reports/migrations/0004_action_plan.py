import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FAULTS = [
    ("disk", "There is no room on the server's disk. It is tried again as soon as there is."),
    ("time", "It took too long."),
    ("memory", "It needed too much memory."),
    ("lost", "The work was interrupted each time."),
    ("other", "Something went wrong while it was built."),
]
STATES = [
    ("queued", "Waiting"),
    ("building", "Being built"),
    ("ready", "Ready"),
    ("failed", "Failed"),
    ("canceled", "Cancelled"),
    ("expired", "File removed"),
]
STATUSES = [("open", "Not begun"), ("doing", "Being worked on"), ("done", "Finished"), ("dropped", "Dropped")]


class Migration(migrations.Migration):
    """Reports may be cancelled, expire and wait between attempts; an assessment has an action plan.

    The new columns have their defaults in the database, so that the version before goes on writing rows beside this one.
    """

    dependencies = [
        ("reports", "0003_workspace"),
        ("surveys", "0001_assessments_answers_snapshots"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="batch",
            field=models.BooleanField(db_default=False, default=False, verbose_name="one of many"),
        ),
        migrations.AddField(
            model_name="report",
            name="fault",
            field=models.CharField(
                blank=True, choices=FAULTS, db_default="", default="", max_length=6, verbose_name="fault"
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="next_try_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="next attempt"),
        ),
        migrations.AlterField(
            model_name="report",
            name="state",
            field=models.CharField(choices=STATES, default="queued", max_length=8, verbose_name="state"),
        ),
        migrations.CreateModel(
            name="PlanStep",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("item", models.CharField(blank=True, max_length=40, verbose_name="item")),
                ("title", models.CharField(blank=True, max_length=300, verbose_name="what is to be done")),
                ("before", models.CharField(blank=True, max_length=400, verbose_name="answer now")),
                ("after", models.CharField(blank=True, max_length=400, verbose_name="answer aimed at")),
                ("why", models.CharField(blank=True, max_length=500, verbose_name="why")),
                ("owner_text", models.CharField(blank=True, max_length=100, verbose_name="responsible")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                (
                    "status",
                    models.CharField(choices=STATUSES, default="open", max_length=7, verbose_name="status"),
                ),
                ("evidence", models.CharField(blank=True, max_length=1000, verbose_name="evidence")),
                ("place", models.PositiveIntegerField(verbose_name="place")),
                ("added_at", models.DateTimeField(verbose_name="added")),
                ("changed_at", models.DateTimeField(verbose_name="changed")),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plan_steps",
                        to="surveys.assessment",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "step of the action plan",
                "verbose_name_plural": "steps of the action plan",
                "ordering": ["assessment", "place", "added_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("item", ""), _negated=True),
                        fields=("assessment", "item"),
                        name="one_plan_step_an_item",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("item", ""), _negated=True),
                            models.Q(("title", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_plan_step_says_what_it_is",
                    ),
                ],
            },
        ),
    ]
