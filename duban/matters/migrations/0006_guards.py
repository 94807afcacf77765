"""The database refuses to delete a matter, what was promised and stated of it, and what was asked, on both engines.

Remarks and photos are not among them: a free text can be erased beside a journal that keeps its digest.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from duban.journal import guards

TABLES = (
    "matters_matter",
    "matters_commitment",
    "matters_statement",
    "matters_returnrequest",
    "matters_extension",
    "matters_assist",
)


def keep(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.keep(schema_editor.connection, TABLES)


def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.drop(schema_editor.connection, TABLES)


class Migration(migrations.Migration):
    dependencies = [("matters", "0005_remark_parts")]
    operations = [migrations.RunPython(keep, drop)]
