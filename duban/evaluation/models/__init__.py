"""How matters are judged, one file a subject."""

from .ballots import Ballot, CodeResending, PaperEntry, Slip, Vote, Voter
from .cosigning import CodeRequest, CoSigner, Invitation
from .verdicts import Callback, Verdict

__all__ = [
    "Ballot",
    "Callback",
    "CoSigner",
    "CodeRequest",
    "CodeResending",
    "Invitation",
    "PaperEntry",
    "Slip",
    "Verdict",
    "Vote",
    "Voter",
]
