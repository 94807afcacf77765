"""Co-signing and ballots: the petitioner, the voter, the terminal, the office: who may, and what is sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.city import person

NEWCOMER = person("龙大妈", "19620214", 21, "13974300021")
ADDED = person("向大伯", "19550505", 22, "13974300022")
MINUTE = timedelta(minutes=1)

PAGES = """
# Co-signing and voting: the link and the voting code are keys of their own; without one, every number looks the same
#                                                                any mine othr   clrk hndl head hnd2 offc memb publ lead insp sysa seca audi
GET  invitation                                many             code   ok code   code code code code code code code code code code code code
POST invitation                                many             code done code   code code code code code code code code code code code code
GET  invitation                                unknown          code code code   code code code code code code code code code code code code
GET  cosign                                    many               ok   ok   ok     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
POST cosign                                    many             done done done   done done done done done done done done done done done done
GET  cosign                                    unknown           404  404  404    404  404  404  404  404  404  404  404  404  404  404  404
GET  cosign_code                               many               on   on   on     on   on   on   on   on   on   on   on   on   on   on   on
POST cosign_code                               many             done done done   done done done done done done done done done done done done
GET  ballot                                    balloting          ok   ok   ok     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  ballot                                    unknown            ok   ok   ok     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
POST ballot                                    balloting        done done done    403  403  403  403  403  403  403  403  403  403  403  403
GET  ballot_code                               balloting          ok   ok   ok     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  ballot_code                               unknown            ok   ok   ok     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
POST ballot_code                               balloting        done done done    403  403  403  403  403  403  403  403  403  403  403  403
POST ballot_code                               unknown          done done done    403  403  403  403  403  403  403  403  403  403  403  403
GET  ballot_result                             balloted           on   ok   on     on   on   on   on   on   on   on   on   on   on   on   on
GET  ballot_result                             balloting          on   on   on     on   on   on   on   on   on   on   on   on   on   on   on

# Ballots inside: the office opens and closes, the terminal hands out papers and counts the box; where its own unit is
# judged (`balloting`) it is told to keep its hands off, where another is (`balloting-there`) it may
#                                                                any mine othr   clrk hndl head hnd2 offc memb publ lead insp sysa seca audi
GET  desk_ballots                              -                  in   in   in     ok  403  403  403   ok  403  403  403  403  403  403  403
GET  desk_ballot                               many               in   in   in    404   ok   ok  404   ok   ok  403   ok  403  403  403  403
GET  desk_ballot                               balloting          in   in   in     ok   ok   ok  404   ok   ok  403   ok  403  403  403  403
GET  desk_ballot                               completed          in   in   in    404  404  404  404  404  404  403  404  403  403  403  403
GET  desk_ballot_result                        balloted           in   in   in     ok   ok   ok  404   ok   ok  403   ok  403  403  403  403
GET  desk_ballot_result                        balloting          in   in   in    404  404  404  404  404  404  403  404  403  403  403  403
GET  ballot_deed:opening                       many               in   in   in    404  403  403  403   on  403  403  403  403  403  403  403
POST ballot_deed:opening                       many               in   in   in    404  403  403  403 done  403  403  403  403  403  403  403
POST ballot_deed:closing                       all-voted          in   in   in    404  403  403  403 done  403  403  403  403  403  403  403
POST ballot_deed:papers                        balloting          in   in   in    409  403  403  403  403  403  403  403  403  403  403  403
POST ballot_deed:papers                        balloting-there    in   in   in   done  403  403  403  403  403  403  403  403  403  403  403
POST ballot_deed:count                         balloting          in   in   in    409  403  403  403  403  403  403  403  403  403  403  403
POST ballot_deed:count                         counting-there     in   in   in   done  403  403  403  403  403  403  403  403  403  403  403
POST ballot_deed:removal                       many               in   in   in    404  403  403  403 done  403  403  403  403  403  403  403
"""

CALLS = """
#                                                                any mine othr   clrk hndl head hnd2 offc memb publ lead insp sysa seca audi
POST matters/{number}/invitation               many              404   ok  404    403  403  403  403  403  403  403  403  403  403  403  403
GET  matters/{number}/ballots/current          balloting         404   ok  404    403  403  403  403  403  403  403  403  403  403  403  403
GET  matters/{number}/ballots/current          unknown           404  404  404    403  403  403  403  403  403  403  403  403  403  403  403
POST matters/{number}/ballots/current/votes    balloting         404   ok  404    403  403  403  403  403  403  403  403  403  403  403  403
POST matters/{number}/ballots/current/code     balloting          ok   ok   ok    403  403  403  403  403  403  403  403  403  403  403  403
POST matters/{number}/ballots/current/code     unknown            ok   ok   ok    403  403  403  403  403  403  403  403  403  403  403  403
GET  cosignatures/{link}                       many               ok   ok   ok     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  cosignatures/{link}                       unknown           404  404  404    404  404  404  404  404  404  404  404  404  404  404  404
POST cosignatures/{link}                       many               ok   ok   ok     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
POST cosignatures/{link}/confirmation          many               ok   ok   ok     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  desk/ballots                              -                 401  401  401     ok  403  403  403   ok  403  403  403  403  403  403  403
GET  desk/ballots/waiting                      -                 401  401  401    403  403  403  403   ok  403  403  403  403  403  403  403
GET  desk/matters/{number}/ballots             many              401  401  401    404   ok   ok  404   ok   ok  404   ok  404  404  404  404
GET  desk/matters/{number}/ballots             balloting         401  401  401     ok   ok   ok  404   ok   ok  404   ok  404  404  404  404
GET  desk/matters/{number}/ballot              many              401  401  401    404   ok   ok  404   ok   ok  404   ok  404  404  404  404
GET  desk/matters/{number}/ballot              balloting         401  401  401     ok   ok   ok  404   ok   ok  404   ok  404  404  404  404
POST desk/matters/{number}/ballot              many              401  401  401    404  403  403  404   ok  403  404  403  404  404  404  404
POST desk/matters/{number}/ballot-closing      all-voted         401  401  401    404  403  403  404   ok  403  404  403  404  404  404  404
POST desk/matters/{number}/ballot-paper        balloting         401  401  401    409  403  403  404  403  403  404  403  404  404  404  404
POST desk/matters/{number}/ballot-paper        balloting-there   401  401  401     ok  404  404  403  403  403  404  403  404  404  404  404
POST desk/matters/{number}/ballot-count        balloting         401  401  401    409  403  403  404  403  403  404  403  404  404  404  404
POST desk/matters/{number}/ballot-count        counting-there    401  401  401     ok  404  404  403  403  403  404  403  404  404  404  404
POST desk/matters/{number}/cosigners/{cosigner}/removal many     401  401  401    404  403  403  404   ok  403  404  403  404  404  404  404
"""


def _many(scene: Any, situation: str, unit: str = "zhaiyang") -> Any:
    """Completed, with two co-signers, and a third who waits for the code."""
    from tests.stage import CROWD

    stage, title = scene.stage, f"坪朗村三组都没有水（{situation}）"
    given = stage.register(scene.shown(60 * MINUTE), title=title, publish=True, collective=True, unit=unit)
    scene.matters[situation], scene.codes[situation] = given.matter, given.query_code
    handler, standard = {"zhaiyang": ("handler", "water"), "chengguan": ("handler2", "street")}[unit]
    actor, picked = stage[handler], stage.standards[standard].pk
    matter = stage.accept(given.matter, scene.shown(55 * MINUTE), actor=actor, standard=picked)
    for one in CROWD[:2]:
        stage.cosign(matter, one, scene.shown(50 * MINUTE))
    _pending(scene, situation)
    return stage.complete(matter, scene.shown(30 * MINUTE), actor=actor)


def _pending(scene: Any, situation: str) -> dict[str, Any]:
    """Asks for a code, and gives what it is confirmed with."""
    from duban.core.rights import ANYONE
    from duban.evaluation.verbs.cosigning import request_code
    from tests.city import at
    from tests.stage import CROWD

    asked = request_code(
        link=scene.matters[situation].invitation.token,
        client="test",
        actor=ANYONE,
        now=at(scene.shown(10 * MINUTE)),
        **CROWD[2].form(),
    )
    return {"token": asked.token, "code": asked.request.code}


def _balloting(scene: Any, situation: str, unit: str = "zhaiyang") -> Any:
    """A ballot runs; one of the three has taken a paper at the terminal of a third unit."""
    from duban.evaluation.verbs.balloting import open_ballot
    from duban.evaluation.verbs.paper import hand_out_paper
    from duban.people.models import Staff, Unit
    from tests.stage import cards

    matter, stage = _many(scene, situation, unit), scene.stage
    ballot = open_ballot(matter=matter.number, actor=stage["office"], now=scene.now)
    third = Unit.objects.get(code="zhujian")
    clerk, _new = Staff.objects.get_or_create(
        username="clerk3", defaults={"display_name": "秧阿果", "unit": third, "roles": ["clerk"]}
    )
    taken = cards(ballot.voters.latest("id").pk)
    hand_out_paper(matter=matter.number, id_numbers=taken, actor=clerk.actor, now=scene.now)
    return ballot


def _balloting_there(scene: Any, situation: str) -> Any:
    """The same about a matter of another unit than the clerk's."""
    return _balloting(scene, situation, "chengguan")


def _counting_there(scene: Any, situation: str) -> Any:
    """There everybody else has voted, so that the box can be counted."""
    ballot = _balloting(scene, situation, "chengguan")
    for grade in (5, 4):
        scene.stage.vote(ballot, grade, scene.shown(MINUTE))
    return ballot


def _all_voted(scene: Any, situation: str) -> Any:
    from duban.evaluation.verbs.balloting import open_ballot

    matter = _many(scene, situation)
    ballot = open_ballot(matter=matter.number, actor=scene.stage["office"], now=scene.now)
    for grade in (5, 4, 1):
        scene.stage.vote(ballot, grade, scene.shown(MINUTE))
    return ballot


def _balloted(scene: Any, situation: str) -> None:
    from duban.evaluation.verbs.counting import close_ballot

    ballot = _all_voted(scene, situation)
    close_ballot(matter=ballot.matter.number, actor=scene.stage["office"], now=scene.now)


def _code(scene: Any) -> dict[str, Any]:
    return {"code": scene.matters["balloting"].ballots.get().voters.filter(voted=False).latest("id").code}


def _voter(scene: Any) -> Any:
    return scene.matters["balloting"].ballots.get().voters.filter(voted=False).latest("id")


def _mobile(scene: Any) -> str:
    from tests.stage import CROWD

    return CROWD[0].mobile


def _cosigner(scene: Any) -> int:
    return int(scene.matters["many"].cosigners.exclude(confirmed_at=None).earliest("id").pk)


FORMS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "cosign": lambda scene: NEWCOMER.form(),
    "ballot": _code,
    "ballot_code": lambda scene: {"mobile": _mobile(scene)},
    "ballot_deed:opening": lambda scene: {
        "extra": f"{ADDED.name} {ADDED.id_number} {ADDED.mobile}",
        "closes_on": "2014-01-27",
    },
    "ballot_deed:papers": lambda scene: {"id_number": _voter(scene).citizen.id_number},
    "ballot_deed:count": lambda scene: (
        {"sure": "1", "grade_5": "1"} | {f"grade_{n}": "0" for n in range(1, 5)}
    ),
    "ballot_deed:removal": lambda scene: {"cosigner": _cosigner(scene), "reason": "不是本村人"},
}
"""Forms of its pages, by page (and verb): see `bodies.FORMS`."""

BODIES: dict[str, Callable[[Any], dict[str, Any]]] = {
    "matters/{number}/ballots/current/votes": lambda scene: {"grade": 4},
    "matters/{number}/ballots/current/code": lambda scene: {"mobile": _mobile(scene)},
    "cosignatures/{link}": lambda scene: NEWCOMER.form(),
    "cosignatures/{link}/confirmation": lambda scene: _pending(scene, "many"),
    "desk/matters/{number}/ballot": lambda scene: {"extra": [ADDED.form()], "closes_on": "2014-01-27"},
    "desk/matters/{number}/ballot-paper": lambda scene: {"id_numbers": [_voter(scene).citizen.id_number]},
    "desk/matters/{number}/ballot-count": lambda scene: {"grades": {"5": 1, "4": 0, "3": 0, "2": 0, "1": 0}},
    "desk/matters/{number}/cosigners/{cosigner}/removal": lambda scene: {"reason": "不是本村人"},
}
"""JSON of its calls: see `bodies.CALLS`."""

GROWN: dict[str, Callable[..., object]] = {
    "many": _many,
    "balloting": _balloting,
    "balloting-there": _balloting_there,
    "counting-there": _counting_there,
    "all-voted": _all_voted,
    "balloted": _balloted,
}
"""Situations its rows ask for: see `scene`."""

PLACES: dict[str, Callable[[Any, str], object]] = {
    "link": lambda scene, situation: (
        scene.matters["many"].invitation.token if situation == "many" else "nobodys"
    ),
    "cosigner": lambda scene, situation: _cosigner(scene),
}
"""What stands in the places of its addresses, from the scene and the situation: see `visiting.PLACES`."""
