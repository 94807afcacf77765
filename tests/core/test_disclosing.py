"""Figures that tell who somebody is: found and masked, however they are spelled."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.core.disclosing import ID, MOBILE, holds_name, holds_personal_figures, mask_figures
from duban.core.identity import id_check_digit

from .year_2014 import QUICK, odd_text

WORDS = st.text("已到乡亲甲家，更换水管。电话号码〔〕*", max_size=10)
GAPS = st.sampled_from(["", " ", "-", "－", "　", "\u200b", " - ", "—", ".", "·", "\n"])
WIDE = {ord(str(n)): 0xFF10 + n for n in range(10)}
CHINESE = {ord(str(n)): "〇一二三四五六七八九"[n] for n in range(10)}


@st.composite
def ids(draw: st.DrawFn) -> str:
    born = draw(st.dates(date(1920, 1, 1), date(2013, 12, 31)))
    first = f"433101{born:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return first + id_check_digit(first)


MOBILES = st.integers(13 * 10**9, 20 * 10**9 - 1).map(str)


@st.composite
def told(draw: st.DrawFn) -> str:
    """A few words with somebody's figures among them, typed as people type."""
    parts = [draw(WORDS)]
    for number in draw(st.lists(st.one_of(ids(), MOBILES), min_size=1, max_size=3)):
        spelled = number.translate(draw(st.sampled_from([{}, WIDE, CHINESE])))
        parts += ["".join(sign + draw(GAPS) for sign in spelled[:-1]) + spelled[-1], "，", draw(WORDS)]
    return "".join(parts)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("已到乡亲甲家，电话13974300100", f"已到乡亲甲家，电话{MOBILE}"),
        ("138 7430 0001 和 139-7430-0002", f"{MOBILE} 和 {MOBILE}"),
        ("13874300001 13974300002", f"{MOBILE} {MOBILE}"),
        ("13874300001、13974300002", f"{MOBILE}、{MOBILE}"),
        ("１３８７４３００００１", MOBILE),
        ("一三八七四三零零零零一", MOBILE),
        ("+86 138-7430-0001", f"+{MOBILE}"),
        ("8613874300001", MOBILE),
        ("身份证43310119650312001X。", f"身份证{ID}。"),
        ("身份证43310119650312001x", f"身份证{ID}"),
        ("433101 19650312 0018", ID),
        ("４３３１０１１９６５０３１２００１８", ID),
        ("抄错的号 433101196513120018", f"抄错的号 {ID}"),
        # what is nobody's
        ("", ""),
        ("办公室电话 0743-8222333", "办公室电话 0743-8222333"),
        ("投入 120000 元，34 名保洁员", "投入 120000 元，34 名保洁员"),
        ("编号 20140208-0205-6，2014-02-10 14:30 办结", "编号 20140208-0205-6，2014-02-10 14:30 办结"),
        ("2014-02-10 2014-02-11 两天", "2014-02-10 2014-02-11 两天"),
        ("合同 623000201400135792468", "合同 623000201400135792468"),  # too long for either
        ("罗**，138****0001，433101************", "罗**，138****0001，433101************"),
    ],
)
def test_masking(text: str, masked: str) -> None:
    assert mask_figures(text) == masked


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("联系电话 138 7430 0001", True),
        ("13874300001 13974300002", True),
        ("一三八七四三零零零零一", True),
        ("身份证 43310119650312001X", True),
        ("电话 0743-8222333", True),
        ("电话 0743 - 822 2333", True),
        ("0743-8222333 0743-8222444", True),
        ("0743-8222333\n0743-8222444", True),
        ("办 3 0743-8222333", True),
        ("（0743）8222333、（0743）8222444", True),
        ("零七四三 八二二二三三三", True),
        ("13874300001\n13974300002", True),
        ("1 13874300001", True),
        ("433101196503120018 13874300001", True),
        ("138\t\t7430     0001", True),
        ("433101     19650312     0018", True),
        ("已于 2014-02-10 办结，编号 20140208-0205-6", False),
        ("2014-02-10 2014-02-11 两天", False),
        ("2014-02-10 2014-02-11 30 户", False),
        ("并入 20140208-0205-6 2014-02-10 办结", False),
        ("20140208-0205-6\n20140209-0206-7", False),
        ("第 1 期\n2014-02-10\n8 户", False),
    ],
)
def test_holding(text: str, holds: bool) -> None:
    assert holds_personal_figures(text) is holds


@pytest.mark.parametrize(
    ("text", "name", "there"),
    [
        ("罗家祥的事已办", "罗家祥", True),
        ("罗 家\n祥的事已办", "罗家祥", True),
        ("Maria Garcia 的事由另案处理", "Maria Garcia", True),
        ("MARIA  GARCIA", "Maria Garcia", True),
        ("MariaGarcia", "Maria Garcia", True),
        ("阿依古丽的事", "阿依·古丽", True),
        ("罗家的事", "罗家祥", False),
        ("谁的事都一样", "", False),
        ("谁的事都一样", "  ", False),
    ],
)
def test_a_name_in_a_text(text: str, name: str, there: bool) -> None:
    assert holds_name(text, name) is there


@given(told())
def test_no_figure_passes(text: str) -> None:
    left = mask_figures(text)
    assert not re.search(r"\d", unicodedata.normalize("NFKC", left))
    assert not set("〇一二三四五六七八九") & set(left)
    assert holds_personal_figures(text)
    assert not holds_personal_figures(left)


@QUICK
@given(st.one_of(odd_text, st.text("0123456789一Xx -.()〔〕*，", max_size=60), told()))
def test_masking_is_settled_after_once_and_leaves_the_rest(text: str) -> None:
    once = mask_figures(text)
    assert mask_figures(once) == once
    if not re.search(r"\d", unicodedata.normalize("NFKC", text.translate({ord("一"): "1"}))):
        assert once == text
