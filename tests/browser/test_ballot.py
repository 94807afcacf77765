"""A matter of twelve people, at phone size: they co-sign, and vote on the phone or on paper; nobody learns who voted what."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from duban.people.models import Staff
from tests.browser import walking
from tests.browser.days import Days
from tests.browser.walking import link, press, said
from tests.city import LUO, WU, Cast, Person
from tests.stage import CROWD

if TYPE_CHECKING:
    from playwright.sync_api import Page

Open = Callable[..., "Page"]
COSIGN, PASTED = CROWD[:4], [*CROWD[4:], WU]  # with 罗家祥 himself: twelve
ONLINE = {LUO: 5, CROWD[0]: 5, CROWD[1]: 4, CROWD[2]: 2, CROWD[4]: 3, CROWD[5]: 1}
ON_PAPER = [CROWD[3], *CROWD[6:], WU]
BOX = {"grade_5": "2", "grade_4": "2", "grade_3": "0", "grade_2": "2", "grade_1": "0"}


def test_twelve_people_vote_online_and_on_paper(
    window: Open, signed_in: Open, city: Cast, days: Days
) -> None:
    luo, handler, office = window(), signed_in("handler"), signed_in("office")
    slip = walking.register(luo, place="坪朗村", collective=True)
    walking.accept(handler, slip)
    phones = {LUO: luo, **{one: window() for one in CROWD}}
    joined = invite(luo, slip)
    for one in COSIGN:
        cosign(phones[one], joined, one, days)
    luo.reload()
    assert "现在有 4 人联名，加上您一共 5 人" in luo.inner_text("main")
    walking.complete(handler, slip, "更换漏水接头 4 处，加装 5 吨临时水箱，12 户全部来水。")

    there = f"/desk/ballots/{slip.number}"
    open_ballot(office, slip)
    days.turn()
    codes = {one: days.code_of(one) for one in phones}
    assert len(set(codes.values())) == 11
    for voted, (one, grade) in enumerate(ONLINE.items(), 1):
        page = phones[one]
        enter(page, slip, codes[one])
        assert f"已投票 {voted - 1} 人" in turnout(page)  # how many is to be seen, and nothing else
        choose(page, grade)
        again = choose_elsewhere(page, grade) if one is CROWD[0] else None
        press(page, "投出这一票")
        said(page, "您的一票已经投进票箱")
        if voted == 1:
            page.go_back()  # to the question whether one is sure: no error page of the browser's
            assert "您已经投过票了" in page.inner_text("main")
        if again:
            press(again, "投出这一票")
            assert "您已经投过票了" in again.inner_text("main")

    own = signed_in("clerk")
    clerks = clerk_elsewhere(signed_in, city, "clerk2"), clerk_elsewhere(signed_in, city, "clerk3")
    for page in (own, *clerks):
        page.goto("/desk/ballots")
        link(page, walking.WATER["title"]).click()
    assert "承办、协办这件事的单位，以前承办过的也一样，不经手" in own.inner_text("main")
    assert own.locator("main form").count() == 0
    assert "乡**" not in own.inner_text("main")
    hand_out(clerks[0], ON_PAPER[:1])
    assert "投票的最后一天起可以清点" in clerks[0].inner_text("main")
    assert clerks[0].locator("main [name=grade_5]").count() == 0
    hand_out(clerks[0], ON_PAPER[1:])  # with this everybody has voted or holds a paper
    refused = phones[CROWD[3]]
    enter(refused, slip, codes[CROWD[3]])
    assert "您已在终端领了纸票，不能再在网上投票" in refused.inner_text("main")
    assert refused.locator("input[name=grade]").count() == 0
    walking.fill(clerks[0], id_number=CROWD[2].id_number)  # and the other way about
    press(clerks[0], "发一张纸票")
    assert "已经投过票" in clerks[0].inner_text("[role=alert]")
    assert clerks[0].input_value("main [name=id_number]") == CROWD[2].id_number

    luo.goto(f"/matters/{slip.number}/ballot/result")
    assert luo.url.endswith("/ballot")
    for page in (luo, handler, office, *clerks):
        page.goto(f"/matters/{slip.number}" if page is luo else there)
        assert "已投票 6 人" in turnout(page)
        assert "纸票待清点 6 张" in turnout(page)
        assert not re.search(r"满意 ?\d+ ?票|\d+ 票", page.inner_text("main"))
    assert handler.goto(f"{there}/result").status == 404  # type: ignore[union-attr]

    count(clerks[0], BOX)
    said(clerks[0], "第一遍已记下")
    clerks[1].reload()
    assert "2" not in "".join(clerks[1].input_value(f"main [name={name}]") for name in BOX)
    count(clerks[1], BOX | {"grade_5": "1", "grade_1": "1"})
    said(clerks[1], "两个人点的不一样，两遍都作废")
    for page, words in zip(clerks, ("第一遍已记下", "两遍一致"), strict=True):
        page.goto(there)
        count(page, BOX)
        said(page, words)

    office.goto(there)
    press(office, "结束测评并计票")
    said(office, "测评已经结束")
    link(office, "通过，予以销号").click()
    sheet = office.inner_text("main")
    assert "不满意 4 票 × 3 = 12，不大于总票数 12：予以销号" in sheet
    assert "发出 6 张，收回 6 张" in sheet
    assert "至少 6 人投票（选民册 12 人的 50%），投了 12 人：有效" in sheet
    assert "作废 1 次，都已重新清点" in sheet
    grades = [cell.inner_text().split()[-1] for cell in office.locator("tbody td.n").all()]
    assert grades == ["4", "3", "1", "3", "1"]

    walking.follow(luo, slip)
    assert walking.status(luo) == "办结销号"
    link(luo, "看结果单").click()
    assert "不满意 4 票 × 3 = 12，不大于总票数 12：予以销号" in luo.inner_text("main")
    days.turn()
    assert "12 票中 4 票不满意" in days.last_told(CROWD[9].mobile)
    handler.goto(f"/desk/matters/{slip.number}")
    assert walking.status(handler) == "办结销号"
    assert_nobody_is_seen_through(luo, luo.url, f"/matters/{slip.number}")
    assert_nobody_is_seen_through(handler, handler.url, there, f"{there}/result")
    assert_nobody_is_seen_through(office, f"/desk/matters/{slip.number}", f"{there}/result", there)
    assert office.locator(".roll li", has_text="已在网上投票").count() == 6
    assert office.locator(".roll li", has_text="已领纸票").count() == 6
    assert_nobody_is_seen_through(clerks[0], f"{there}/result", there)


def invite(luo: Page, slip: walking.Slip) -> str:
    """The petitioner makes the link; it."""
    walking.follow(luo, slip)
    link(luo, "邀请联名").click()
    press(luo, "生成联名链接")
    return luo.locator("dd.token").inner_text()


def cosign(phone: Page, joined: str, one: Person, days: Days) -> None:
    """A neighbour opens the link on their own phone, and types the code that comes."""
    phone.goto(joined)
    assert LUO.name not in phone.inner_text("main")
    walking.fill(phone, **one.form())
    press(phone, "发验证码")
    days.turn()
    walking.fill(phone, code=days.code_of(one))
    press(phone, "确认联名")
    said(phone, "您已联名")


def open_ballot(office: Page, slip: walking.Slip) -> None:
    """The office pastes the rest of the roll: one line twice, and then right."""
    office.goto("/desk/ballots")
    link(office, walking.WATER["title"]).click()
    lines = [" ".join(one.form().values()) for one in PASTED]
    walking.fill(office, extra="\n".join([*lines, lines[1]]), closes_on="2014-01-15")
    press(office, "定下选民册，开始测评")
    assert "第 8 行：身份证号与第 2 行重复" in office.inner_text("[role=alert]")
    assert office.input_value("main [name=extra]").split("\n") == [*lines, lines[1]]
    assert office.input_value("main [name=closes_on]") == "2014-01-15"
    walking.fill(office, extra="\n".join(lines))
    press(office, "定下选民册，开始测评")
    said(office, "测评已经开始")
    assert "选民册 12 人" in office.inner_text("main")
    assert slip.number in office.inner_text("main")


def enter(phone: Page, slip: walking.Slip, code: str) -> None:
    """Open the ballot with the code of the message."""
    phone.goto(f"/matters/{slip.number}/ballot?another=1")
    walking.fill(phone, code=code)
    press(phone, "去投票")


def choose(phone: Page, grade: int) -> None:
    """Choose a grade, up to the question whether one is sure."""
    walking.choose(phone, "grade", str(grade))
    press(phone, "下一步：确认")


def choose_elsewhere(phone: Page, grade: int) -> Page:
    """The same in a second tab; it."""
    tab = phone.context.new_page()
    tab.goto(phone.url.partition("?")[0])
    choose(tab, grade)
    return tab


def turnout(page: Page) -> str:
    """The figures below the bar, in one line."""
    return " ".join(page.locator(".census__list").last.inner_text().split())


def clerk_elsewhere(signed_in: Open, city: Cast, username: str) -> Page:
    """Who sits at the terminal of a unit that has nothing to do with the matter, signed in."""
    Staff.objects.create(
        username=username,
        display_name="麻阿妹",
        unit=city.handler2.unit,
        roles=["clerk"],
        password=city.clerk.password,
    )
    return signed_in(username)


def hand_out(clerk: Page, people: list[Person]) -> None:
    """Papers for people who stand at the terminal with their card."""
    for one in people:
        walking.fill(clerk, id_number=one.id_number)
        press(clerk, "发一张纸票")
        said(clerk, "纸票已记下")


def count(clerk: Page, box: dict[str, str]) -> None:
    """Enter how many papers of each grade lie in the box."""
    walking.fill(clerk, **box)
    press(clerk, "下一步：核对")
    press(clerk, "确认，录入这一遍")


def assert_nobody_is_seen_through(page: Page, *paths: str) -> None:
    """No line of the pages that names one of the roll says what anybody voted."""
    for path in paths:
        page.goto(path)
        for line in page.inner_text("main").splitlines():
            named = "**" in line or any(one.name in line for one in (LUO, *CROWD, WU))
            assert not (named and "满意" in line), line
        for row in page.locator(".roll li").all():
            assert re.search(r"(已在网上投票|已领纸票|还没有投)$", row.inner_text().strip())
