"""Enter the calendar 2004–2027 (see announced) and the one revision row."""

from django.db import migrations

from duban.catalogue import announced


def enter(apps, schema_editor):
    apps.get_model("catalogue", "Revision").objects.get_or_create(id=1, defaults={"number": 1})
    CalendarYear = apps.get_model("catalogue", "CalendarYear")
    CalendarDay = apps.get_model("catalogue", "CalendarDay")
    CalendarYear.objects.bulk_create(
        [CalendarYear(year=one.year, status=one.status.value, source=one.source) for one in announced.years()]
    )
    CalendarDay.objects.bulk_create(
        [CalendarDay(day=one.day, kind=one.kind.value, name=one.name) for one in announced.days()]
    )


def remove(apps, schema_editor):
    for name in ("CalendarDay", "CalendarYear", "Revision"):
        apps.get_model("catalogue", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_guards")]
    operations = [migrations.RunPython(enter, remove)]
