"""Voting codes sent once more, on a record that is only added to; closed ballots listed by when they were closed."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from duban.journal import guards

TABLES = ("evaluation_coderesending",)


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.install(schema_editor.connection, TABLES)


def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.drop(schema_editor.connection, TABLES)


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0006_ballot_seals'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='ballot',
            index=models.Index(condition=models.Q(('closed_at__isnull', False)), fields=['-closed_at', '-id'], name='ballot_ended'),
        ),
        migrations.CreateModel(
            name='CodeResending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resendings', to='evaluation.ballot')),
                ('voter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='resendings', to='evaluation.voter')),
            ],
        ),
        migrations.RunPython(install, drop),
    ]
