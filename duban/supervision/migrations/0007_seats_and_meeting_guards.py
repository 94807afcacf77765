"""The five seats of the joint meeting, nobody on them yet; and no decision, deferral or ground is ever deleted."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from duban.journal import guards

SEATS = ("市委专职副书记", "常务副市长", "组织部长", "纪委书记", "市委办主任")
TABLES = (
    "supervision_decision",
    "supervision_deferral",
    "supervision_docketground",
    "supervision_docketitem",
    "supervision_meeting",
)


def plant(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    seat = apps.get_model("supervision", "Seat")
    seat.objects.bulk_create([seat(title=title, place=place) for place, title in enumerate(SEATS, 1)])
    guards.keep(schema_editor.connection, TABLES)


def uproot(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.drop(schema_editor.connection, TABLES)
    apps.get_model("supervision", "Seat").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("supervision", "0006_joint_meeting")]
    operations = [migrations.RunPython(plant, uproot)]
