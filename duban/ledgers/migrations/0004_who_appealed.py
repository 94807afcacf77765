"""Who appealed: until now always the official of the entry."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery


def name(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    entry = apps.get_model("ledgers", "LedgerEntry").objects.filter(pk=OuterRef("entry"))
    apps.get_model("ledgers", "Appeal").objects.update(by=Subquery(entry.values("staff")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("ledgers", "0003_ledger_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            model_name="appeal",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(name, migrations.RunPython.noop),
    ]
