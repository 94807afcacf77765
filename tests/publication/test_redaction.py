"""Nothing personal leaves, also not out of free text (domain rule 15)."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.core.identity import id_check_digit
from duban.publication.redaction import Known, find_personal, redact, township_of

LUO = Known(names=("罗家祥",), ids=("433101196503120018",), mobiles=("13800001234",))
WORDS = st.text("因蓄水池容量有限以及部分水管损坏饮水困难，。请解决联系我", max_size=12)
GAP = st.sampled_from(["", " ", "-", "－", "　", "​", " - ", "—", ".", "·"])


@st.composite
def ids(draw: st.DrawFn) -> str:
    born = draw(st.dates(date(1920, 1, 1), date(2013, 12, 31)))
    seventeen = f"433101{born:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return seventeen + id_check_digit(seventeen)


MOBILES = st.integers(13 * 10**9, 20 * 10**9 - 1).map(str)


def spell(draw: st.DrawFn, number: str) -> str:
    """The number as somebody might type it: wide digits, separators anywhere."""
    wide = draw(st.booleans())
    signs = [chr(ord(c) + 0xFEE0) if wide else c for c in number]
    return "".join(sign + draw(GAP) for sign in signs[:-1]) + signs[-1]


@st.composite
def hidden(draw: st.DrawFn) -> tuple[str, str]:
    number = draw(st.one_of(ids(), MOBILES))
    return number, draw(WORDS) + spell(draw, number) + draw(WORDS)


@given(hidden())
def test_no_id_number_and_no_mobile_survives(case: tuple[str, str]) -> None:
    _, text = case
    left = unicodedata.normalize("NFKC", redact(text))
    assert not re.search(r"\d{5}", re.sub(r"[^\dXx]", "", left)), (text, left)
    assert find_personal(redact(text)) == []
    assert find_personal(text) != []


@given(st.text())
def test_redacting_twice_changes_nothing_and_leaves_nothing(text: str) -> None:
    once = redact(text, LUO)
    assert redact(once, LUO) == once
    assert find_personal(once, LUO) == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("我叫罗家祥，电话13800001234", "我叫〔姓名〕，电话〔手机号〕"),
        ("罗 家 祥反映", "〔姓名〕反映"),
        ("罗，家、祥反映", "〔姓名〕反映"),
        ("罗*家*祥反映", "〔姓名〕反映"),
        ("身份证43310119650312001X", "身份证〔身份证号〕"),
        ("身份证 433101 1965 0312 0018 在此", "身份证 〔身份证号〕 在此"),
        ("４３３１０１１９６５０３１２００１８", "〔身份证号〕"),
        ("一三八零零零零一二三四", "〔手机号〕"),
        ("+86 138-0000-1234", "+〔手机号〕"),
        ("座机0743-8222333", "座机〔电话〕"),
        ("工资卡6222 0213 0700 1234 567", "工资卡〔号码〕"),
        ("湘U·12345占道", "〔车牌〕占道"),
        ("湘u a8888停在门口", "〔车牌〕停在门口"),
        ("住人民北路12号3栋2单元501室", "住人民北路〔门牌〕"),
        ("世纪花园7栋3单元", "世纪花园〔门牌〕"),
        ("坪朗村3组水管", "坪朗村〔门牌〕水管"),
        ("联系人：龙建国，微信号 abc_1234", "联系人：〔姓名〕，微信号 〔联系方式〕"),
        ("邮箱 luo@example.cn", "邮箱 〔联系方式〕"),
        ("村民石有福，家里断水", "村民〔姓名〕，家里断水"),
    ],
)
def test_what_is_taken_out(text: str, left: str) -> None:
    assert redact(text, LUO) == left


@pytest.mark.parametrize(
    "text",
    [
        "34名保洁员每人每月400元提高到600元",
        "2014-01-29 至 2014-02-10",
        "2014年1月7日登记，1月12日送到",
        "编号20140129-0163-7",
        "投入1500000元，新建水池3座",
        "国发〔2013〕5号文件",
        "3路公交、12号线",
        "本月9号停水，10号恢复",
        "乾州街道、峒河街道",
        "20140407",
    ],
)
def test_what_stays(text: str) -> None:
    if text.startswith("编号"):
        from duban.core.numbers import number_of

        text = "编号" + number_of(date(2014, 1, 29), 163)
    assert redact(text, LUO) == text


@pytest.mark.parametrize(
    ("place", "township"),
    [
        ("寨阳乡坪朗村3组", "寨阳乡"),
        ("吉首市寨阳乡坪朗村", "寨阳乡"),
        ("镇溪街道办事处人民路12号", "镇溪街道办事处"),
        ("乾州街道世纪花园", "乾州街道"),
        ("人民北路", ""),
        ("", ""),
    ],
)
def test_a_place_is_told_down_to_its_township(place: str, township: str) -> None:
    assert township_of(place) == township
