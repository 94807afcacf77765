"""Ballots of collective matters: the roll, the urn, the votes, and the two counts of the paper box (domain rule 10).

**Secrecy.** Who voted is known, because one person has one vote; how is not, because nothing ties the two. A `Slip`
in the urn has a random id, a sealed grade, and neither time nor voter. When the ballot closes, all slips and all
papers become `Vote` rows at once, in the order of fresh random ids, and the urn is emptied. A vote does not even say by
which route it came: a lone paper voter could be read off it. Of the paper box only the two people's agreement and the number of papers stay.

What this does not hide: until the closing, PostgreSQL stamps the slip and the row of its voter with one transaction
number, so somebody with the database *and* the installation's master key could match them, and afterwards only with
copies of the database files (or write-ahead logs) made before. SQLite keeps slips in the order of their random ids, but its write-ahead log shows
for a while what was written together. A person who holds both database and key must be trusted; either alone does not suffice.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from duban.core.ballot import Outcome, Route, votes_needed
from duban.core.kinds import Grade
from duban.people.fields import SealedTextField

VOTER_PURPOSE = "voter.code"
SLIP_PURPOSE = "slip.grade"
PAPER_PURPOSE = "paper.counts"


class Ballot(models.Model):
    """One ballot (群众测评) of one round. Roll and quorum are frozen when it opens; the figures stand once it is closed.

    `papers_counted` are the papers found in the box, once two people agreed on them.
    """

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="ballots")
    round = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    closes_at = models.DateTimeField()
    quorum_percent = models.PositiveSmallIntegerField()
    roll = models.PositiveIntegerField()
    papers_counted = models.PositiveIntegerField(null=True)
    counted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, blank=True, choices=[(one.value, one.value) for one in Outcome])
    votes = models.PositiveIntegerField(null=True)
    dissatisfied = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(closed_at=None), name="ballot_one_open_a_matter"
            ),
            models.CheckConstraint(
                name="ballot_closed_with_figures",
                condition=Q(closed_at=None, outcome="", votes=None, dissatisfied=None)
                | Q(closed_at__isnull=False, votes__isnull=False, dissatisfied__isnull=False)
                & ~Q(outcome=""),
            ),
        ]
        indexes = [
            models.Index(fields=["closes_at"], name="ballot_running", condition=Q(closed_at=None)),
            models.Index(
                fields=["-closed_at", "-id"], name="ballot_ended", condition=Q(closed_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} #{self.round}"

    @property
    def votes_needed(self) -> int:
        """The quorum as a number of people."""
        return votes_needed(self.roll, self.quorum_percent)


class Voter(models.Model):
    """Somebody on a frozen roll (选民册), their one-time code, and that they have voted: never when, never how."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="voters")
    citizen = models.ForeignKey("people.Citizen", on_delete=models.PROTECT, related_name="+")
    code = SealedTextField(purpose=VOTER_PURPOSE)
    code_index = models.CharField(max_length=64)
    voted = models.BooleanField(default=False)
    route = models.CharField(max_length=8, blank=True, choices=[(one.value, one.value) for one in Route])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "citizen"], name="voter_once_a_ballot"),
            models.UniqueConstraint(fields=["ballot", "code_index"], name="voter_own_code"),
            models.CheckConstraint(
                name="voter_by_one_route", condition=Q(voted=False, route="") | Q(voted=True) & ~Q(route="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id}: {self.citizen_id}"


class CodeResending(models.Model):
    """Somebody asked for a voting code once more, by mobile. Append-only. `voter` is whose code is sent; None where nothing
    is: whether a row has one is the only difference between asking in vain and not.
    """

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="resendings")
    voter = models.ForeignKey(Voter, on_delete=models.PROTECT, null=True, related_name="resendings")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.ballot_id}: {self.at}"


class Slip(models.Model):
    """A vote cast online, sealed in the urn until the ballot closes. Nothing ties it to its voter."""

    id = models.BigIntegerField(primary_key=True)  # random
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="slips")
    grade = SealedTextField(purpose=SLIP_PURPOSE)

    def __str__(self) -> str:
        return f"{self.ballot_id}"


class Vote(models.Model):
    """One counted vote of a closed ballot. Append-only; no time, no voter, no order, no route."""

    id = models.BigIntegerField(primary_key=True)  # random
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="counted")
    grade = models.PositiveSmallIntegerField(choices=[(grade.value, grade.name) for grade in Grade])

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(grade__gte=1, grade__lte=5), name="vote_grade_known"),
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id}: {self.grade}"


class PaperEntry(models.Model):
    """One person's count of the paper box. Its figures stay sealed, and are blanked once they have been compared and used."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="paper_entries")
    place = models.PositiveSmallIntegerField()  # 1 or 2
    by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    counts = SealedTextField(purpose=PAPER_PURPOSE)
    discarded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ballot", "place"], condition=Q(discarded_at=None), name="paper_two_entries"
            ),
            models.UniqueConstraint(
                fields=["ballot", "by"], condition=Q(discarded_at=None), name="paper_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id}: {self.place}"
