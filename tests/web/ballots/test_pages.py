"""Inviting, co-signing, voting and counting, by the pages; bad input says what to mend and loses nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from duban.evaluation.models import Ballot, CodeRequest, CodeResending, CoSigner, PaperEntry, Slip, Voter
from duban.evaluation.reading import ended_ballots, invitation_of
from duban.evaluation.verbs.balloting import open_ballot
from duban.evaluation.verbs.cosigning import invite
from duban.evaluation.verbs.counting import close_ballot, close_due
from duban.matters.models import Matter
from duban.matters.opening import petitioner_of
from tests import city
from tests.city import at
from tests.stage import CROWD, Stage, build

from ..conftest import hidden, page

MORNING = at("2014-02-10 10:00")


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """In the middle of the ballots of the stage."""
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def stage(db: None) -> Stage:
    return build()


def petitioner(matter: Matter) -> Client:
    browser = Client()
    sent = browser.post("/track", {"no": matter.number, "code": matter.query_code})
    assert sent.status_code == 302
    return browser


def staff(stage: Stage, username: str) -> Client:
    browser = Client()
    browser.force_login(stage.staff[username])
    return browser


def voter_browser(ballot: Ballot, voter: Voter) -> Client:
    browser = Client()
    sent = browser.post(
        f"/matters/{ballot.matter.number}/ballot", {"code": f" {voter.code[:5]} {voter.code[5:]}"}
    )
    assert sent.status_code == 302
    return browser


def cast(browser: Client, path: str, grade: int) -> int:
    """Choose and confirm, as the page's form is drawn; the status of the answer."""
    fields = hidden(page(browser.get(path)))
    return browser.post(path, {**fields, "grade": str(grade), "sure": "1"}).status_code


def test_the_petitioner_invites_and_a_neighbour_joins(stage: Stage) -> None:
    matter = stage.handling(collective=True)
    browser = petitioner(matter)
    text = page(browser.get(f"/matters/{matter.number}"))
    assert "邀请联名" in text
    assert browser.post(f"/matters/{matter.number}/invitation").status_code == 302
    made = invitation_of(matter)
    assert made is not None
    shown = page(browser.get(f"/matters/{matter.number}/invitation"))
    assert f"/cosign/{made.token}" in shown
    assert "data:image/svg+xml" in shown
    neighbour = Client()
    text = page(neighbour.get(f"/cosign/{made.token}"))
    assert matter.title in text
    assert matter.body in text
    assert "罗" not in text.replace(matter.body, "")
    sent = neighbour.post(f"/cosign/{made.token}", CROWD[0].form())
    assert sent.headers["Location"] == f"/cosign/{made.token}/code"
    row = CodeRequest.objects.get()
    assert row.code not in page(neighbour.get(f"/cosign/{made.token}/code"))
    assert neighbour.post(f"/cosign/{made.token}/code", {"code": row.code}).status_code == 302
    assert "您已联名" in page(neighbour.get(f"/cosign/{made.token}"))
    assert "1 人联名，加上您一共 2 人" in page(browser.get(f"/matters/{matter.number}"))


def link(matter: Matter) -> str:
    return f"/cosign/{invite(matter=matter.number, actor=petitioner_of(matter), now=MORNING).token}"


def test_what_was_typed_stays_when_it_cannot_be_right(stage: Stage) -> None:
    path, browser = link(stage.handling(collective=True)), Client()
    response = browser.post(path, {**CROWD[0].form(), "mobile": "12345"})
    text = response.content.decode()
    assert response.status_code == 422
    assert CROWD[0].name in text
    assert "id_mobile-e" in text


def test_wrong_codes_are_counted_and_then_void(stage: Stage) -> None:
    path, browser = link(stage.handling(collective=True)), Client()
    browser.post(path, CROWD[0].form())
    right = CodeRequest.objects.get().code
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    for _ in range(5):
        assert browser.post(f"{path}/code", {"code": wrong}).status_code == 409
    response = browser.post(f"{path}/code", {"code": right})
    assert response.status_code == 409
    assert "已经作废" in response.content.decode()
    assert CoSigner.objects.get().confirmed_at is None
    assert browser.post(path, CROWD[0].form()).status_code == 302
    assert browser.post(f"{path}/code", {"code": right}).status_code == 302


def shown(text: str) -> str:
    """A page without what changes from one drawing to the next."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)


def test_no_page_tells_who_has_cosigned(stage: Stage) -> None:
    matter = stage.handling(collective=True)
    stage.cosign(matter, CROWD[0])
    path, seen = link(matter), set()
    for n, one in enumerate((CROWD[0], CROWD[1], city.LUO)):
        browser = Client(REMOTE_ADDR=f"6.6.6.{n}")
        asked = browser.post(path, one.form())
        waits = browser.get(f"{path}/code")
        tried = browser.post(f"{path}/code", {"code": "------"})
        seen.add(
            (
                (asked.status_code, asked.headers["Location"], waits.status_code, tried.status_code),
                (shown(waits.content.decode()), shown(tried.content.decode())),
            )
        )
    assert len(seen) == 1


def test_a_client_asks_and_tries_only_so_often(stage: Stage) -> None:
    path = link(stage.handling(collective=True))
    browser = Client(REMOTE_ADDR="6.6.6.6")
    for _ in range(5):
        assert browser.post(path, CROWD[0].form()).status_code == 302
    response = browser.post(path, CROWD[0].form())
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "900"
    assert CROWD[0].id_number in response.content.decode()
    assert Client(REMOTE_ADDR="7.7.7.7").post(path, CROWD[0].form()).status_code == 302


NAMED = "罗家祥反映水压不足"
TOLD = "我是罗家祥，电话13874300001，蓄水池容量有限。"


def named(stage: Stage, title: str = NAMED) -> Ballot:
    """A ballot about a matter whose texts name the petitioner."""
    matter = stage.handling(collective=True, title=title, body=TOLD, place="村口罗家祥家")
    for one in CROWD[:2]:
        stage.cosign(matter, one)
    stage.complete(matter, statement="已到罗家祥家接通水管。")
    return open_ballot(matter=matter.number, actor=stage["office"], now=at("2014-02-09 09:00"))


def test_strangers_do_not_read_who_asks(stage: Stage) -> None:
    ballot = named(stage)
    stage.clerks_elsewhere()
    matter, voter = ballot.matter, ballot.voters.latest("id")
    invited = link_of(matter)
    path, inside = f"/matters/{matter.number}/ballot", f"/desk/ballots/{matter.number}"
    asker = Client()
    clerk, neighbour = staff(stage, "clerk2"), voter_browser(ballot, voter)
    pages = [
        page(asker.get(invited)),
        page(clerk.get("/desk/ballots")),
        page(clerk.get(inside)),
        page(neighbour.get(path)),
        page(neighbour.post(path, {**hidden(page(neighbour.get(path))), "grade": "4"}, follow=True)),
    ]
    close_ballot(matter=matter.number, actor=stage["office"], now=at("2014-02-17 09:00"))
    pages += [page(clerk.get(f"{inside}/result")), page(voter_browser(ballot, voter).get(f"{path}/result"))]
    for text in pages:
        assert "罗**反映水压不足" in text
        assert "罗家祥" not in text
        assert "13874300001" not in text
    assert "已到罗**家" in pages[3]


def test_the_code_page_names_nobody_either(stage: Stage) -> None:
    matter = stage.handling(collective=True, title=NAMED, body=TOLD)
    browser, path = Client(), link(matter)
    browser.post(path, CROWD[0].form())
    text = page(browser.get(f"{path}/code"))
    assert "罗**反映水压不足" in text
    assert "罗家祥" not in text


def test_the_petitioner_reads_the_own_words(stage: Stage) -> None:
    ballot = named(stage)
    text = page(petitioner(ballot.matter).get(f"/matters/{ballot.matter.number}/ballot"))
    assert NAMED in text
    assert "已到罗家祥家" in text


def test_many_ballots_cost_a_clerk_no_more(stage: Stage) -> None:
    costs = []
    for n in range(2):
        named(stage, f"{NAMED}（{n}）")
        browser = staff(stage, "clerk")
        browser.get("/desk/ballots")
        with CaptureQueriesContext(connection) as seen:
            assert "罗家祥" not in page(browser.get("/desk/ballots"))
        costs.append(len(seen))
    assert costs[0] == costs[1]


def link_of(matter: Matter) -> str:
    made = invitation_of(matter)
    assert made is not None
    return f"/cosign/{made.token}"


def test_voting_asks_twice_and_counts_once(stage: Stage) -> None:
    ballot = stage.balloting()
    voter = ballot.voters.latest("id")
    path, browser = f"/matters/{ballot.matter.number}/ballot", voter_browser(ballot, voter)
    text = page(browser.get(path))
    assert ballot.matter.title in text
    assert "更换漏水接头" in text  # the statement it is about
    mine = {"voter": hidden(text)["voter"]}
    asked = browser.post(path, {"grade": "4", "once": "slip", **mine}, follow=True)
    assert asked.status_code == 200
    assert browser.post(path, mine).status_code == 422
    assert "投出这一票" in asked.content.decode()
    assert not Slip.objects.exists()
    for _ in range(2):  # a double click
        assert browser.post(path, {"grade": "4", "sure": "1", "once": "slip", **mine}).status_code == 302
    assert Slip.objects.count() == 1
    assert "您已经投过票了" in page(browser.get(path))
    again = browser.post(path, {"grade": "1", "sure": "1", "once": "another", **mine})
    assert again.status_code == 409
    assert Slip.objects.count() == 1


def test_a_code_stays_good_until_it_is_used(stage: Stage) -> None:
    ballot = stage.balloting()
    voter = ballot.voters.latest("id")
    path = f"/matters/{ballot.matter.number}/ballot"
    lost = voter_browser(ballot, voter)
    lost.post(path, {**hidden(page(lost.get(path))), "grade": "4"})  # and the phone is lost
    browser = voter_browser(ballot, voter)
    assert cast(browser, path, 4) == 302
    assert Slip.objects.count() == 1


def test_the_petitioner_needs_no_second_code(stage: Stage) -> None:
    ballot = stage.balloting()
    path, browser = f"/matters/{ballot.matter.number}/ballot", petitioner(ballot.matter)
    assert "去投票" in page(browser.get(f"/matters/{ballot.matter.number}"))
    assert cast(browser, path, 5) == 302
    assert ballot.voters.get(citizen=ballot.matter.petitioner).voted


def test_a_family_votes_on_one_phone(stage: Stage) -> None:
    ballot = stage.balloting()
    path, browser = f"/matters/{ballot.matter.number}/ballot", petitioner(ballot.matter)
    cast(browser, path, 5)
    assert "投票码" in page(browser.get(f"{path}?another=1"))
    browser.post(path, {"code": ballot.voters.latest("id").code})
    assert cast(browser, path, 2) == 302
    assert Slip.objects.count() == 2


def test_a_wrong_code_and_an_unknown_number_look_alike(stage: Stage) -> None:
    number = stage.balloting().matter.number
    said = []
    for asked in (number, "20140120-9999-9"):
        response = Client().post(f"/matters/{asked}/ballot", {"code": "0000000000"})
        assert response.status_code == 404
        said.append(response.content.decode().replace(asked, "").split("<main")[1].split("csrfmiddleware")[0])
    assert said[0] == said[1]
    for _ in range(4):
        Client().post(f"/matters/{number}/ballot", {"code": "0000000000"})
    assert Client().post(f"/matters/{number}/ballot", {"code": "0000000000"}).status_code == 429


def test_a_lost_code_is_asked_for_again_without_telling_whose_it_is(stage: Stage) -> None:
    ballot = stage.balloting()
    said = set()
    for n, (number, mobile) in enumerate(
        (
            (ballot.matter.number, CROWD[0].mobile),
            (ballot.matter.number, "13974399999"),
            ("20140120-9999-9", CROWD[0].mobile),
        )
    ):
        browser = Client(REMOTE_ADDR=f"6.6.6.{n}")
        path = f"/matters/{number}/ballot"
        assert f'href="{path}/code"' in page(browser.get(path))
        assert "联名或者挂号时登记的那个手机" in page(browser.get(f"{path}/code"))
        sent = browser.post(f"{path}/code", {"mobile": mobile})
        assert (sent.status_code, sent.headers["Location"]) == (302, f"{path}?another=1")
        said.add(shown(browser.get(sent.headers["Location"]).content.decode()).replace(number, ""))
    assert len(said) == 1
    assert "还没有投票，投票码几分钟内就会发到手机" in said.pop()
    assert [one.voter.citizen.mobile for one in CodeResending.objects.exclude(voter=None)] == [
        CROWD[0].mobile
    ]


def test_who_looks_at_anothers_ballot_is_led_back_to_the_codes(stage: Stage) -> None:
    """On a shared telephone somebody has entered a code already; whoever asks for theirs is led to enter it."""
    ballot = stage.balloting()
    browser = voter_browser(ballot, ballot.voters.latest("id"))
    path = f"/matters/{ballot.matter.number}/ballot"
    led = browser.post(f"{path}/code", {"mobile": CROWD[0].mobile}, follow=True)
    assert 'name="code"' in page(led)


def test_a_mobile_that_cannot_be_right_stays_and_too_often_is_said(stage: Stage) -> None:
    path, browser = f"/matters/{stage.balloting().matter.number}/ballot/code", Client()
    wrong = browser.post(path, {"mobile": "1387430"})
    assert wrong.status_code == 422
    assert 'value="1387430"' in wrong.content.decode()
    assert 'id="id_mobile-e"' in wrong.content.decode()
    for _ in range(5):
        assert browser.post(path, {"mobile": "13974399999"}).status_code == 302
    often = browser.post(path, {"mobile": "13974399999"})
    assert (often.status_code, often.headers["Retry-After"]) == (429, "900")
    assert 'value="13974399999"' in often.content.decode()


def test_an_official_asks_for_nobodys_code(stage: Stage) -> None:
    path = f"/matters/{stage.balloting().matter.number}/ballot/code"
    browser = staff(stage, "clerk")
    assert "不能代人投票" in page(browser.get(path))
    assert 'name="mobile"' not in page(browser.get(path))
    assert browser.post(path, {"mobile": CROWD[0].mobile}).status_code == 403
    assert not CodeResending.objects.exists()


def test_after_the_end_the_sheet_spells_the_arithmetic(stage: Stage, clock: time_machine.Traveller) -> None:
    ballot = stage.balloting(*CROWD[:3])
    first = ballot.voters.latest("id")
    browser = voter_browser(ballot, first)
    path = f"/matters/{ballot.matter.number}/ballot"
    assert browser.get(f"{path}/result").headers["Location"] == path
    for grade in (5, 4, 2, 1):
        stage.vote(ballot, grade)
    clock.move_to(at("2014-02-17 09:00"))
    assert "正在计票" in page(petitioner(ballot.matter).get(f"/matters/{ballot.matter.number}"))
    close_due(at("2014-02-17 00:00"))
    browser = voter_browser(ballot, first)  # the session of a week ago has ended; the code has not
    for reader in (browser, petitioner(ballot.matter)):
        text = page(reader.get(f"{path}/result"))
        assert "不满意 2 票 × 3 = 6，大于总票数 4：不予销号" in text
    inside = page(staff(stage, "handler").get(f"/desk/ballots/{ballot.matter.number}/result"))
    assert "不予销号" in inside
    assert "看结果单" in page(browser.get(path))


def test_the_office_opens_with_a_pasted_roll(stage: Stage) -> None:
    matter = stage.completed_for_many(CROWD[0])
    browser = staff(stage, "office")
    assert matter.title in page(browser.get("/desk/ballots"))
    path = f"/desk/ballots/{matter.number}"
    one, two = CROWD[1:3]
    lines = [
        f"{one.name} {one.id_number} {one.mobile}",
        f"{two.name} 43310119700230001X {two.mobile}",
        f"{one.name} {one.id_number} {one.mobile}",
    ]
    response = browser.post(f"{path}/opening", {"extra": "\n".join(lines), "closes_on": "2014-02-20"})
    text = response.content.decode()
    assert response.status_code == 422
    assert "第 2 行：" in text
    assert "第 3 行：身份证号与第 1 行重复" in text
    assert two.mobile in text
    assert browser.get(f"{path}/opening").headers["Location"] == path
    opened = browser.post(f"{path}/opening", {"extra": lines[0], "closes_on": "2014-02-20"})
    assert opened.headers["Location"] == path
    text = page(browser.get(path))
    assert "选民册 3 人" in text
    assert "433101************" in text
    assert one.name not in text
    assert browser.post(f"{path}/closing").status_code == 409


def test_the_next_roll_is_shown_beside_the_last_before_it_is_opened(
    stage: Stage, clock: time_machine.Traveller
) -> None:
    ballot = stage.balloting(*CROWD[:3])
    number = ballot.matter.number
    for _ in range(4):
        stage.vote(ballot, 1)
    close_ballot(matter=number, actor=stage["office"], now=at("2014-02-10 11:00"))
    stage.complete(stage.again(ballot.matter), "2014-02-18 10:00")
    clock.move_to(at("2014-02-18 11:00"))
    browser, path = staff(stage, "office"), f"/desk/ballots/{number}"
    text = page(browser.get(path))
    assert "上次选民册 4 人，本次 4 人：不再列入 0 人，新列入 0 人" in text
    assert "4. 乡**" in text
    typed = {"extra": "", "leaving": "3 ４", "leaving_reason": "已迁出本村", "closes_on": ""}
    wrong = browser.post(f"{path}/opening", {**typed, "leaving": "三"})
    assert (wrong.status_code, 'id="id_leaving-e"' in page(wrong)) == (422, True)
    assert browser.post(f"{path}/opening", {**typed, "leaving": "9"}).status_code == 422
    assert browser.post(f"{path}/opening", {**typed, "leaving_reason": ""}).status_code == 422
    seen = page(browser.post(f"{path}/opening", typed))
    said = "上次选民册 4 人，本次 2 人：不再列入 2 人，新列入 0 人。 不再列入的理由：已迁出本村"
    assert said in seen
    assert ballot.matter.ballots.count() == 1
    changed = page(browser.post(f"{path}/opening", {**typed, "change": "1"}))
    assert re.search(r'id="id_leaving"[^>]*value="3 ４"', changed)
    assert browser.post(f"{path}/opening", {**typed, "sure": "1"}).status_code == 302
    again = ballot.matter.ballots.latest("id")
    assert again.roll == 2
    for _ in range(2):
        stage.vote(again, 5, now="2014-02-18 11:05")
    close_ballot(matter=number, actor=stage["office"], now=at("2014-02-18 11:10"))
    assert said in page(browser.get(f"{path}/result"))


def test_opened_at_night_the_codes_wait_for_the_morning(stage: Stage, clock: time_machine.Traveller) -> None:
    matter = stage.completed_for_many(CROWD[0])
    clock.move_to(at("2014-02-09 23:56"))
    browser, path = staff(stage, "office"), f"/desk/ballots/{matter.number}"
    said = page(browser.post(f"{path}/opening", {"extra": ""}, follow=True))
    assert "投票码正在发给" not in said
    assert "投票码从2月10日 07:00起发给选民册上的每一个人" in said
    assert "夜间免打扰，投票码从2月10日 07:00起发出" in page(browser.get(path))
    clock.move_to(at("2014-02-10 07:00"))
    assert "夜间免打扰" not in page(staff(stage, "office").get(path))


def test_nobody_on_the_roll_says_what_to_do(stage: Stage) -> None:
    matter = stage.completed_for_many()
    response = staff(stage, "office").post(f"/desk/ballots/{matter.number}/opening", {"extra": ""})
    assert response.status_code == 409
    assert "邀请大家联名" in response.content.decode()


def test_the_terminal_hands_out_and_two_people_count(stage: Stage, clock: time_machine.Traveller) -> None:
    ballot = stage.balloting()
    stage.clerks_elsewhere()
    one, two = staff(stage, "clerk2"), staff(stage, "clerk3")
    path = f"/desk/ballots/{ballot.matter.number}"
    assert ballot.matter.title in page(one.get("/desk/ballots"))
    unknown = one.post(f"{path}/papers", {"id_number": city.TENG.id_number})
    assert unknown.status_code == 422
    assert 'id="id_id_number-e"' in unknown.content.decode()
    assert city.TENG.id_number in unknown.content.decode()
    assert "选民册上没有这个人" in unknown.content.decode()
    for person in CROWD[:2]:
        assert one.post(f"{path}/papers", {"id_number": person.id_number}).status_code == 302
    twice = one.post(f"{path}/papers", {"id_number": CROWD[0].id_number})
    assert twice.status_code == 409
    assert "这位投票人已领纸票" in twice.content.decode()
    early = one.post(f"{path}/count", boxed_form(grade_5="2", sure="1"))
    assert early.status_code == 409
    assert "票箱要到投票的最后一天，2月16日" in early.content.decode()
    text = page(one.get(path))
    assert "票箱从2月16日，投票的最后一天起可以清点" in text
    assert 'name="grade_5"' not in text
    clock.move_to(at("2014-02-16 10:00"))
    one, two = staff(stage, "clerk2"), staff(stage, "clerk3")
    look = page(one.post(f"{path}/count", boxed_form(grade_5="2")))
    assert "这是第一遍。录入以后不再发纸票" in look
    assert one.post(f"{path}/count", boxed_form(grade_5="两")).status_code == 422
    assert "比发出的 2 张纸票还多" in one.post(f"{path}/count", boxed_form(grade_5="3")).content.decode()
    assert one.post(f"{path}/count", boxed_form(grade_5="2", sure="1")).status_code == 302
    assert "请另一个人用自己的账号" in page(one.get(path))
    waiting = voter_browser(ballot, ballot.voters.get(voted=False))
    assert "票箱已经开始清点，不再发纸票" in page(waiting.get(f"/matters/{ballot.matter.number}/ballot"))
    assert "grade_5" in page(two.get(path))
    differed = two.post(f"{path}/count", boxed_form(grade_5="１", grade_1="1", sure="1"), follow=True)
    assert "两遍都作废" in differed.content.decode()
    for browser in (two, one):
        browser.post(f"{path}/count", boxed_form(grade_5="2", sure="1"))
    assert "票箱清点完毕" in page(one.get(path))
    stage.vote(ballot, 4, now="2014-02-16 10:00")
    office = staff(stage, "office")
    assert "结束测评并计票" in page(office.get(path))
    assert office.post(f"{path}/closing").status_code == 302
    text = page(office.get(f"{path}/result"))
    assert "发出 2 张，收回 2 张" in text
    assert "此前两个人点的不一样，作废 1 次，都已重新清点" in text
    assert "至少 2 人投票（选民册 3 人的 50%），投了 3 人：有效" in text
    assert "两个人点的不一样，两次都作废" in page(
        petitioner(ballot.matter).get(f"/matters/{ballot.matter.number}")
    )
    assert "麻**" in text
    assert "秧**" in text


def boxed_form(**typed: str) -> dict[str, str]:
    """A count as it is typed: zeros where nothing else is said."""
    return {f"grade_{n}": "0" for n in range(5, 0, -1)} | typed


def test_a_count_is_typed_in_full_and_looked_at_before_it_counts(stage: Stage) -> None:
    ballot = stage.balloting()
    stage.clerks_elsewhere()
    stage.vote(ballot, 5)
    browser, path = staff(stage, "clerk2"), f"/desk/ballots/{ballot.matter.number}"
    for one in CROWD[:2]:
        browser.post(f"{path}/papers", {"id_number": one.id_number})
    for sure in ({}, {"sure": "1"}):
        empty = browser.post(f"{path}/count", {**{f"grade_{n}": "" for n in range(1, 6)}, **sure})
        assert empty.status_code == 422
        assert page(empty).count('class="error" id="id_grade_') == 5
        assert browser.post(f"{path}/count", {"grade_5": "1", **sure}).status_code == 422
    assert not PaperEntry.objects.exists()
    seen = browser.post(f"{path}/count", boxed_form(grade_4="１", once="slip"))
    assert seen.status_code == 200
    assert "您录入的是" in page(seen)
    assert "发出 2 张，您点到 1 张，没有交回的 1 张不算投票" in page(seen)
    assert not PaperEntry.objects.exists()
    changed = page(browser.post(f"{path}/count", boxed_form(grade_4="1", change="1", once="slip")))
    assert re.search(r'id="id_grade_4"[^>]*value="1"', changed)
    assert "您录入的是" not in changed
    for _ in range(2):  # a double click
        sure = browser.post(f"{path}/count", boxed_form(grade_4="1", sure="1", once="slip"))
        assert sure.status_code == 302
    assert PaperEntry.objects.count() == 1


def test_closed_ballots_are_found_with_what_came_of_them(stage: Stage) -> None:
    first, second = stage.balloting(title="先结束的事"), stage.balloting(*CROWD[3:5], title="后结束的事")
    browser = staff(stage, "office")
    for n, ballot in enumerate((first, second)):
        for voter in ballot.voters.all():
            stage.vote(ballot, 5 if n else 1, voter=voter.pk)
        close_ballot(matter=ballot.matter.number, actor=stage["office"], now=at(f"2014-02-10 09:0{n}"))
    assert "先结束的事" not in page(browser.get("/desk/ballots")).split('id="waiting"')[0]
    text = page(browser.get("/desk/ballots?state=closed"))
    assert 0 < text.index("后结束的事") < text.index("先结束的事")
    assert f"/result?ballot={second.pk}" in text
    assert "通过，予以销号" in text
    assert "没有通过，不予销号" in text
    one = ended_ballots(stage["office"], limit=1)
    assert [found.pk for found in one.items] == [second.pk]
    two = ended_ballots(stage["office"], after=one.next or "", limit=1)
    assert ([found.pk for found in two.items], two.next) == ([first.pk], None)
    assert browser.get("/desk/ballots?state=closed&after=nonsense").status_code == 422


def test_a_clerk_of_the_judged_unit_is_told_who_does_it(stage: Stage) -> None:
    ballot = stage.balloting()
    browser, path = staff(stage, "clerk"), f"/desk/ballots/{ballot.matter.number}"
    text = page(browser.get(path))
    assert "纸票由其他单位的终端或督查室的终端发放和清点" in text
    assert "第一步：发纸票" not in text
    assert "已投票" in text
    assert "乡**" not in text
    for deed, form in (("papers", {"id_number": CROWD[0].id_number}), ("count", boxed_form(grade_5="1"))):
        response = browser.post(f"{path}/{deed}", form)
        assert response.status_code == 409
        assert "请到其他单位的终端，或者督查室的终端办理" in response.content.decode()
    assert not ballot.voters.filter(voted=True).exists()


def test_paper_pending_is_told_and_keeps_it_open(stage: Stage, clock: time_machine.Traveller) -> None:
    ballot = stage.balloting()
    stage.clerks_elsewhere()
    path = f"/desk/ballots/{ballot.matter.number}"
    staff(stage, "clerk2").post(f"{path}/papers", {"id_number": CROWD[0].id_number})
    clock.move_to(at("2014-02-17 09:00"))
    office = staff(stage, "office")
    assert "还没有清点完" in page(office.get(path))
    assert "等清点纸票" in page(office.get("/desk/ballots"))
    assert office.post(f"{path}/closing").status_code == 409


def test_the_unit_sees_the_turnout_and_no_roll(stage: Stage) -> None:
    ballot = stage.balloting()
    text = page(staff(stage, "handler").get(f"/desk/ballots/{ballot.matter.number}"))
    assert "已投票" in text
    assert 'id="roll"' not in text
    assert "乡**" not in text


def test_the_office_removes_a_cosigner(stage: Stage) -> None:
    matter = stage.completed_for_many(*CROWD[:2])
    row = CoSigner.objects.earliest("id")
    browser, path = staff(stage, "office"), f"/desk/ballots/{matter.number}/removal"
    assert browser.post(path, {"cosigner": row.pk, "reason": ""}).status_code == 422
    assert browser.post(path, {"cosigner": row.pk, "reason": "不是本村人"}).status_code == 302
    assert "联名人 1 位" in page(browser.get(f"/desk/ballots/{matter.number}"))


def test_a_roll_of_any_length_costs_the_same(stage: Stage, django_assert_num_queries: object) -> None:
    costs = []
    for people in (2, 9):
        ballot = stage.balloting(*CROWD[:people], title=f"{people} 个人的事")
        browser = staff(stage, "office")
        browser.get(f"/desk/ballots/{ballot.matter.number}")
        with CaptureQueriesContext(connection) as seen:
            browser.get(f"/desk/ballots/{ballot.matter.number}")
        costs.append(len(seen))
    assert costs[0] == costs[1]


def test_what_the_office_typed_stays_when_it_cannot_be_done(stage: Stage) -> None:
    matter = stage.completed_for_many(CROWD[0], CROWD[1])
    row = CoSigner.objects.order_by("id")[0]
    office, address = staff(stage, "office"), f"/desk/ballots/{matter.number}"
    long = "甲" * 3000
    refused = office.post(f"{address}/removal", {"cosigner": row.pk, "reason": long})
    assert refused.status_code == 422
    assert f'value="{long}"' in page(refused)
    assert 'id="id_reason-e"' in page(refused)
    lines = "\n".join(f"{one.name} {one.id_number} {one.mobile}" for one in CROWD[2:4])
    assert office.post(f"{address}/opening", {"extra": lines}).status_code == 302
    late = office.post(f"{address}/opening", {"extra": lines})
    assert late.status_code == 409
    assert f"{CROWD[2].name} {CROWD[2].id_number}" in page(late)
    gone = office.post(f"{address}/removal", {"cosigner": row.pk, "reason": "不是本村人"})
    assert gone.status_code == 409
    assert 'value="不是本村人"' in page(gone)
