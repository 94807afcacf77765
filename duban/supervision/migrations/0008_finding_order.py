"""A sampled matter leads to the order that followed from its finding, instead of naming it."""

from django.db import migrations, models
from django.db.models.deletion import PROTECT

from duban.journal import guards

TABLES = ("supervision_checkitem",)


def guard(apps, schema_editor):
    guards.keep(schema_editor.connection, TABLES)  # SQLite builds the table anew, without its triggers


class Migration(migrations.Migration):
    dependencies = [("supervision", "0007_seats_and_meeting_guards")]
    operations = [
        migrations.RemoveField(model_name="checkitem", name="order_id"),
        migrations.RemoveField(model_name="checkitem", name="order_key"),
        migrations.AddField(
            model_name="checkitem",
            name="order",
            field=models.OneToOneField(
                null=True, on_delete=PROTECT, related_name="check_item", to="supervision.order"
            ),
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
