"""Attendance is marked instead of deleted; no paper, attendance, agenda item, alarm or seat is ever deleted."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from duban.journal import guards

TABLES = (
    "supervision_agendaitem",
    "supervision_alarm",
    "supervision_attendance",
    "supervision_paper",
    "supervision_seat",
)


def keep(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.keep(schema_editor.connection, TABLES)


def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.drop(schema_editor.connection, TABLES)


class Migration(migrations.Migration):
    dependencies = [("supervision", "0009_assignment_answers")]
    operations = [
        migrations.AddField(
            model_name="attendance",
            name="present",
            field=models.BooleanField(default=True),
        ),
        migrations.RunPython(keep, drop),
    ]
