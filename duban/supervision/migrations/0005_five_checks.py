"""Enter the first versions of the five checklists, and let the database keep what checks have found."""

from datetime import UTC, datetime

from django.db import migrations

from duban.journal import guards
from duban.supervision.planting import FIVE

BEGINNING = datetime(2013, 12, 8, 16, tzinfo=UTC)  # 2013-12-09 in Shanghai, when operation began
FINAL = (
    "supervision_checklist",
    "supervision_finding",
    "supervision_annotation",
    "supervision_checkevidence",
)
KEPT = ("supervision_checkrun", "supervision_checkitem")


def enter(apps, schema_editor):
    Checklist = apps.get_model("supervision", "Checklist")
    Checklist.objects.bulk_create(
        [
            Checklist(
                key=one.key.value,
                place=place,
                title=one.title,
                purpose=one.purpose,
                items=list(one.items),
                version=1,
                since=BEGINNING,
                by="system",
            )
            for place, one in enumerate(FIVE, 1)
        ]
    )


def remove(apps, schema_editor):
    apps.get_model("supervision", "Checklist").objects.all().delete()


def guard(apps, schema_editor):
    guards.install(schema_editor.connection, FINAL)
    guards.keep(schema_editor.connection, KEPT)


def unguard(apps, schema_editor):
    guards.drop(schema_editor.connection, FINAL + KEPT)


class Migration(migrations.Migration):
    dependencies = [("supervision", "0004_checks"), ("journal", "0003_vocabulary")]
    operations = [migrations.RunPython(enter, remove), migrations.RunPython(guard, unguard)]
