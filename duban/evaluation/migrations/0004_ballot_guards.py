"""The database refuses to change or delete a vote, and to delete what a ballot rests on, on both engines."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from duban.journal import guards

VOTES = ("evaluation_vote",)
KEPT = ("evaluation_ballot", "evaluation_voter", "evaluation_cosigner", "evaluation_paperentry")


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.install(schema_editor.connection, VOTES)
    guards.keep(schema_editor.connection, KEPT)


def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.drop(schema_editor.connection, VOTES + KEPT)


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0003_ballots")]
    operations = [migrations.RunPython(install, drop)]
