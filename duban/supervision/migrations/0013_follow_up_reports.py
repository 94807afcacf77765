"""The unit a decision asked something of reports what it did; what it reported is never changed or deleted."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from duban.journal import guards

TABLES = ("supervision_followupreport",)


def guard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.install(schema_editor.connection, TABLES)


def unguard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.drop(schema_editor.connection, TABLES)


def _key(to: str, related_name: str) -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=to)


class Migration(migrations.Migration):
    dependencies = [
        ("supervision", "0012_moot_items_and_called_off_meetings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            model_name="decision",
            name="follow_up_reported_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="FollowUpReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                ("by", _key(settings.AUTH_USER_MODEL, "+")),
                ("decision", _key("supervision.decision", "reports")),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.RunPython(guard, unguard),
    ]
