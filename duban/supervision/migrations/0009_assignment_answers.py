"""An assignment answers the alarms of the office's own clock."""

from django.db import migrations, models

ANSWERS = [
    ("order", "督办件"),
    ("assignment", "交办"),
    ("ruling", "裁定"),
    ("callback", "回访"),
    ("decision", "联席会议决定"),
    ("note", "批注"),
]


class Migration(migrations.Migration):
    dependencies = [("supervision", "0008_finding_order")]
    operations = [
        migrations.AlterField(
            model_name="alarm",
            name="answer",
            field=models.CharField(blank=True, choices=ANSWERS, max_length=10),
        )
    ]
