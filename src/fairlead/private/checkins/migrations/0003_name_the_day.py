from django.db import migrations


def _name_the_day(apps, schema_editor):
    """Check-ins that were fixed before stay where they are: they were put there by hand."""
    check_in, follow_up = apps.get_model("checkins", "CheckIn"), apps.get_model("checkins", "FollowUp")
    for row in check_in.objects.all():
        row.day, row.time, row.by_hand = row.at.date(), row.at.time(), True
        row.save(update_fields=["day", "time", "by_hand"])
        follow_up.objects.get_or_create(case_id=row.case_id, defaults={"time": row.time})


class Migration(migrations.Migration):
    dependencies = [
        ("checkins", "0002_ninety_days"),
    ]

    operations = [
        migrations.RunPython(_name_the_day, migrations.RunPython.noop),
    ]
