"""A directive keeps the unit it was issued from; for those there are it is the issuer's unit of today."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    matters = apps.get_model("matters", "Matter")
    units = dict(apps.get_model("people", "Staff").objects.values_list("pk", "unit__code"))
    issuers = matters.objects.exclude(issuer=None).values_list("issuer", flat=True).distinct()
    for issuer in list(issuers.order_by("issuer")):
        matters.objects.filter(issuer=issuer).update(issuer_unit=units[issuer])


class Migration(migrations.Migration):
    dependencies = [("matters", "0006_guards"), ("people", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="matter",
            name="issuer_unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.unit",
                to_field="code",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
