"""What lies in urn and box says which row it is, and is refused to change; what a ballot stands on is frozen with it."""

import json

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from duban.journal import guards

FINAL = ("evaluation_invitation", "evaluation_verdict", "evaluation_callback")
KEPT = ("evaluation_ballot", "evaluation_voter", "evaluation_cosigner", "evaluation_paperentry")
FROZEN: tuple[tuple[str, str, tuple[str, ...], str], ...] = (
    # table, name, columns (none: all), of which rows (none: all)
    ("evaluation_slip", "frozen", (), ""),  # rows go when the urn is emptied
    (
        "evaluation_ballot",
        "frozen",
        ("matter_id", "round", "opened_at", "opened_by_id", "closes_at", "quorum_percent", "roll"),
        "",
    ),
    ("evaluation_ballot", "counted", ("papers_counted", "counted_at"), "OLD.papers_counted IS NOT NULL"),
    ("evaluation_ballot", "closed", (), "OLD.closed_at IS NOT NULL"),
    ("evaluation_voter", "frozen", ("ballot_id", "citizen_id", "code", "code_index"), ""),
    ("evaluation_voter", "voted", (), "OLD.voted"),
    ("evaluation_paperentry", "frozen", ("ballot_id", "place", "by_id", "at"), ""),
    ("evaluation_paperentry", "discarded", (), "OLD.discarded_at IS NOT NULL"),
    ("evaluation_cosigner", "frozen", ("matter_id", "citizen_id"), ""),
    ("evaluation_cosigner", "joined", ("confirmed_at",), "OLD.confirmed_at IS NOT NULL"),
    ("evaluation_cosigner", "removed", ("removed_at", "removal_id"), "OLD.removed_at IS NOT NULL"),
)


def bind(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Seal anew what lies in running ballots: see `evaluation.urn`."""
    for slip in apps.get_model("evaluation", "Slip").objects.all():
        if ":" not in slip.grade:
            slip.grade = f"{slip.ballot_id}:{slip.pk}:{slip.grade}"
            slip.save(update_fields=["grade"])
    for entry in apps.get_model("evaluation", "PaperEntry").objects.filter(discarded_at=None):
        if entry.counts.startswith("{"):
            figures = json.loads(entry.counts)
            entry.counts = json.dumps([entry.ballot_id, entry.place, entry.by_id, figures])
            entry.save(update_fields=["counts"])


def leave(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Going back: slips and counts as the version before reads them."""
    for slip in apps.get_model("evaluation", "Slip").objects.all():
        slip.grade = slip.grade.rpartition(":")[2]
        slip.save(update_fields=["grade"])
    for entry in apps.get_model("evaluation", "PaperEntry").objects.filter(discarded_at=None):
        if entry.counts.startswith("["):
            entry.counts = json.dumps(json.loads(entry.counts)[-1])
            entry.save(update_fields=["counts"])


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.install(schema_editor.connection, FINAL)
    guards.keep(schema_editor.connection, KEPT)  # SQLite builds a changed table anew, without its triggers
    for table, name, columns, when in FROZEN:
        guards.freeze(schema_editor.connection, table, *columns, when=when, name=name)


def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.drop(schema_editor.connection, FINAL)
    for table, name, _columns, _when in FROZEN:
        guards.thaw(schema_editor.connection, table, name)


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0005_code_requests")]
    operations = [migrations.RunPython(bind, leave), migrations.RunPython(install, drop)]
