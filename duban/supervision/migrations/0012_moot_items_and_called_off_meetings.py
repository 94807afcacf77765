"""An item ends with its matter's closing; a meeting convened in error is called off, with a reason."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery

ITEM = [("open", "待议"), ("decided", "已决定"), ("dropped", "已撤下"), ("moot", "随销号终结")]
MEETING = [("convened", "已召集"), ("closed", "已结束"), ("off", "已取消")]


def settle(apps, schema_editor):
    """Items left open by closings before the rule."""
    items = apps.get_model("supervision", "DocketItem").objects.filter(
        state="open", matter__closed_at__isnull=False
    )
    closings = apps.get_model("matters", "Matter").objects.filter(pk=OuterRef("matter"))
    items.update(state="moot", settled_at=Subquery(closings.values("closed_at")))


class Migration(migrations.Migration):
    dependencies = [("supervision", "0011_order_promise"), ("matters", "0006_guards")]
    operations = [
        migrations.AddField(
            model_name="meeting", name="called_off_reason", field=models.TextField(blank=True)
        ),
        migrations.AlterField(
            model_name="docketitem",
            name="state",
            field=models.CharField(choices=ITEM, default="open", max_length=8),
        ),
        migrations.AlterField(
            model_name="meeting",
            name="state",
            field=models.CharField(choices=MEETING, default="convened", max_length=8),
        ),
        migrations.RunPython(settle, migrations.RunPython.noop),
    ]
