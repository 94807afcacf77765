"""Taking personal data out of free text (domain rule 15). Pure functions; when in doubt they take out more.

Every sign is first brought to one narrow spelling, sign by sign, so that full-width digits, Chinese numerals,
dashes and blanks between digits hide nothing, and what is found can be cut out of the text as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from duban.core import numbers
from duban.core.disclosing import ID, ID_SHAPE, MOBILE, MOBILE_SHAPE
from duban.core.identity import id_check_digit
from duban.core.typed import sign_for_sign

NAME, PHONE = "〔姓名〕", "〔电话〕"
CARD, PLATE, DOOR, CONTACT = "〔号码〕", "〔车牌〕", "〔门牌〕", "〔联系方式〕"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the petitioner and must not stand in a published text, however it is spelled."""

    names: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    mobiles: tuple[str, ...] = ()


NOBODY = Known()


@dataclass(frozen=True, slots=True)
class Find:
    """A piece of a text that looks personal: where it stands, and what is put in its place."""

    start: int
    end: int
    mask: str


def redact(text: str, known: Known = NOBODY) -> str:
    """The text with names, ID numbers, telephones, cards, plates and house numbers replaced by 〔…〕."""
    parts, at = [], 0
    for find in finds(text, known):
        parts += [text[at : find.start], find.mask]
        at = find.end
    return "".join([*parts, text[at:]])


def find_personal(text: str, known: Known = NOBODY) -> list[str]:
    """The pieces of a text that still look personal, as they stand there, in order."""
    return [text[find.start : find.end] for find in finds(text, known)]


def township_of(place: str) -> str:
    """A place down to its township or street office, which is as near as the public is told; else nothing."""
    found = _TOWNSHIP.match("".join(place.split()))
    return found.group(1) if found else ""


def finds(text: str, known: Known = NOBODY) -> list[Find]:
    """Everything personal in a text, in order, without overlap: of two that overlap one mask covers both."""
    plain = sign_for_sign(text)
    found = sorted(_all(plain, known), key=lambda find: (find.start, -find.end))
    merged: list[Find] = []
    for find in found:
        if merged and find.start < merged[-1].end:
            before = merged[-1]
            merged[-1] = Find(before.start, max(before.end, find.end), before.mask)
        else:
            merged.append(find)
    return merged


def _all(plain: str, known: Known) -> Iterator[Find]:
    yield from _known_names(plain, known.names)
    for run in _RUN.finditer(plain):
        mask = _of_digits(run.group(), known)
        if mask:
            yield Find(run.start(), run.end(), mask)
    for pattern, mask in _PATTERNS:
        for found in pattern.finditer(plain):
            group = 1 if pattern.groups else 0
            yield Find(found.start(group), found.end(group), mask)


def _known_names(plain: str, names: Iterable[str]) -> Iterator[Find]:
    for name in names:
        letters = [re.escape(char) for char in sign_for_sign(name) if not char.isspace() and char != "·"]
        if len(letters) < 2:
            continue
        for found in re.finditer(_GAP.join(letters), plain):
            yield Find(found.start(), found.end(), NAME)


def _of_digits(run: str, known: Known) -> str:
    """What a run of digits with separators is, or nothing when it is a date, a matter's number or a sum."""
    digits = re.sub(r"[^0-9X]", "", run)
    bare = digits.replace("X", "")
    if len(bare) < 7 or _DATES.fullmatch(run.strip()) or _is_number(run.strip()):
        return ""
    if any(one in digits for one in known.ids) or _holds_id(digits, contiguous=run == digits):
        return ID
    if len(bare) >= 15:
        return CARD
    if any(one in bare for one in known.mobiles) or _MOBILE.search(bare):
        return MOBILE
    if _LANDLINE.fullmatch(bare) and not _is_day(bare):
        return PHONE
    return ""


def _holds_id(digits: str, *, contiguous: bool) -> bool:
    """Whether an ID number stands in the digits: by its check digit anywhere, by its shape where written in one."""
    for start in range(len(digits) - 17):
        piece = digits[start : start + 18]
        if _ID.fullmatch(piece) and (piece[17] == id_check_digit(piece[:17]) or contiguous):
            return True
    return False


def _is_number(run: str) -> bool:
    """Whether the run is a matter's number as we print it: too short for an ID number, too long for a mobile."""
    return _NUMBER.fullmatch(run) is not None and numbers.normalise(run) == run


def _is_day(digits: str) -> bool:
    """Whether eight digits are a day, 20140407."""
    if len(digits) != 8:
        return False
    try:
        return 1900 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year <= 2100
    except ValueError:
        return False


_SEPARATOR = r"[\s\-.·•,，、/()*|]"
_GAP = rf"{_SEPARATOR}{{0,4}}"
_RUN = re.compile(rf"[0-9](?:{_SEPARATOR}{{0,4}}[0-9])*(?:{_SEPARATOR}{{0,4}}X(?![A-Z]))?")
_ID = re.compile(ID_SHAPE)
_NUMBER = re.compile(r"20[0-9]{6}-[0-9]{4,8}-[0-9]")
_MOBILE = re.compile(MOBILE_SHAPE)
_LANDLINE = re.compile(r"(?:(?:86)?0[1-9][0-9]{1,2})?[2-8][0-9]{6,7}|400[0-9]{7}|800[0-9]{7}")
_DAY = r"(?:19|20)[0-9]{2}([-./])(?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12][0-9]|3[01])"
_DATES = re.compile(_DAY + r"(?:[\s\-,，、]+" + _DAY.replace("([-./])", "[-./]") + r")*")
_COUNT = r"(?:[0-9]{1,5}|十[0-9]?|[0-9]十[0-9]?)"
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤滕麻符印隆"
)
_PLATES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_TOWNSHIP = re.compile(r"(?:.*?[省州市县])?([一-龥]{1,6}?(?:乡|镇|街道)(?:办事处)?)")
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            rf"(?:我叫|名叫|我是|姓名|联系人|户主|申请人|当事人|诉求人|举报人|监护人|残疾人)[是为:： ]{{0,2}}"
            rf"([{_SURNAMES}][一-龥]{{1,2}})(?=[\s,，。;；、:：(（]|$)"
        ),
        NAME,
    ),
    (re.compile(rf"([{_SURNAMES}][一-龥]{{1,2}})(?=先生|女士|同志|小姐|大爷|大妈|老人家)"), NAME),
    (re.compile(rf"(?:村民|居民|业主|村支书|保洁员|低保户)([{_SURNAMES}][一-龥]{{1,2}})(?=[\s,，。;；、(（]|$)"), NAME),
    (re.compile(rf"[{_PLATES}]\s?[A-Z][\s·•.\-]{{0,2}}(?=[A-Z0-9\s]*[0-9])[A-HJ-NP-Z0-9]{{5,6}}(?![A-Z0-9])"), PLATE),
    (re.compile(r"[A-Z0-9._%+\-]+@[A-Z0-9.\-]+\.[A-Z]{2,}"), CONTACT),
    (re.compile(r"(?:QQ|微信号?|邮箱)[号是为:： ]{0,3}([A-Z0-9_\-]{5,20})"), CONTACT),
    # a house number behind a street or a place; chains such as 3栋2单元501室 also by themselves
    (re.compile(rf"(?<=[路街巷道里村寨院坪园区弄场组])\s?({_COUNT}\s?号(?!线|文|令)(?:\s?{_COUNT}\s?(?:栋|幢|座|单元|号楼|楼|层|室|号|户))*)"), DOOR),
    (re.compile(rf"{_COUNT}\s?(?:号楼|栋|幢|号院)(?:\s?{_COUNT}\s?(?:单元|楼|层|室|号|户)?)*"), DOOR),
    (re.compile(rf"{_COUNT}\s?单元(?:\s?{_COUNT}\s?(?:楼|层|室|号|户)?)*"), DOOR),
    (re.compile(rf"(?<=[村寨])\s?(第?{_COUNT}组(?:\s?{_COUNT}\s?号)?)"), DOOR),
)  # fmt: skip
