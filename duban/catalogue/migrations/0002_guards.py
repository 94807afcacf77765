"""Install the triggers that keep published editions as they are."""

from django.db import migrations

from duban.catalogue import guards


def install(apps, schema_editor):
    guards.install(schema_editor.connection)


def drop(apps, schema_editor):
    guards.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]
    operations = [migrations.RunPython(install, drop)]
