"""Co-signing and ballots: the petitioner, the voter, the terminal, the office: addresses."""

from __future__ import annotations

from django.urls import path

from . import cosigning, desk, resending, voting

urlpatterns = [
    path("matters/<str:number>/invitation", cosigning.invitation, name="invitation"),
    path("matters/<str:number>/ballot", voting.ballot, name="ballot"),
    path("matters/<str:number>/ballot/code", resending.ballot_code, name="ballot_code"),
    path("matters/<str:number>/ballot/result", voting.ballot_result, name="ballot_result"),
    path("cosign/<str:link>", cosigning.cosign, name="cosign"),
    path("cosign/<str:link>/code", cosigning.cosign_code, name="cosign_code"),
    path("desk/ballots", desk.desk_ballots, name="desk_ballots"),
    path("desk/ballots/<str:number>", desk.desk_ballot, name="desk_ballot"),
    path("desk/ballots/<str:number>/result", desk.desk_ballot_result, name="desk_ballot_result"),
    path("desk/ballots/<str:number>/<slug:deed>", desk.ballot_deed, name="ballot_deed"),
]
