"""An order keeps the promise that was in force when it was issued; those issued before get it from the matter."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.deletion import PROTECT

from duban.journal import guards

TABLES = ("supervision_order",)


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The addressed unit's last promise before it was issued."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # its index is built after these updates
    promises = apps.get_model("matters", "Commitment").objects
    for order in apps.get_model("supervision", "Order").objects.exclude(matter=None):
        made = promises.filter(matter=order.matter_id, unit=order.unit_id, accepted_at__lte=order.issued_at)
        promise = made.order_by("-id").first()
        if promise is not None:
            order.commitment, order.promised_until = promise, promise.due_at
            order.save(update_fields=["commitment", "promised_until"])


def guard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.keep(schema_editor.connection, TABLES)  # SQLite may build the table anew, without its triggers


class Migration(migrations.Migration):
    dependencies = [("matters", "0006_guards"), ("supervision", "0010_attendance_and_guards")]
    operations = [
        migrations.AddField(
            model_name="order",
            name="commitment",
            field=models.ForeignKey(
                null=True, on_delete=PROTECT, related_name="+", to="matters.commitment"
            ),
        ),
        migrations.AddField(model_name="order", name="promised_until", field=models.DateTimeField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
