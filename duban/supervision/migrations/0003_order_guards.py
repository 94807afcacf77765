"""The database refuses to delete an order, a reply or a numbering, on both engines."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from duban.journal import guards

TABLES = ("supervision_order", "supervision_orderreply", "supervision_orderserial")


def keep(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.keep(schema_editor.connection, TABLES)


def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.drop(schema_editor.connection, TABLES)


class Migration(migrations.Migration):
    dependencies = [("supervision", "0002_answers_and_orders")]
    operations = [migrations.RunPython(keep, drop)]
