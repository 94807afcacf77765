"""What staff do to a matter: each verb with its page, its form, and the words around it.

One table, so that a page can draw exactly the verbs that are allowed next and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_noop as _
from django.utils.translation import pgettext_lazy as pgettext

from duban.core.rights import Actor, Verb
from duban.evaluation.permitted import allowed
from duban.evaluation.verbs.silence import call_back, close_unrated
from duban.evaluation.verbs.verdicts import give_verdict
from duban.matters.models import Matter
from duban.matters.opening import judge_of, judges_directive
from duban.matters.verbs.accepting import accept
from duban.matters.verbs.assigning import assign, hand_over, request_return, rule_return, sign_return
from duban.matters.verbs.assisting import ask_assist, recall_assist, reply_assist
from duban.matters.verbs.handling import complete, report_progress
from duban.matters.verbs.merging import merge, separate
from duban.matters.verbs.timing import request_extension, rule_extension, sign_extension

from ..together import forms as joint
from . import forms


@dataclass(frozen=True, slots=True)
class Act:
    """One verb as pages offer it. `slug` ends its address and names its template.

    `does` is the verb; the form's fields are its arguments. `tray` is where the office goes on afterwards.
    """

    verb: Verb
    slug: str
    label: str | Promise
    hint: str
    button: str | Promise
    done: str
    form: type[forms.StaffForm]
    does: Callable[..., object]
    tray: str = ""
    aside: bool = False  # never a page's main action


def offered(matter: Matter, actor: Actor, now: datetime) -> list[Act]:
    """The acts an account may do to a matter now, the likeliest first.

    The office of the leader who issued a directive judges it, as a petitioner judges a matter (domain section 2).
    """
    verbs = set(allowed(matter, actor, now))
    if judges_directive(matter, actor):
        verbs |= {Verb.GIVE_VERDICT} & set(allowed(matter, judge_of(matter, actor), now))
    return [act for act in ACTS if act.verb in verbs]


def actor_for(act: Act, matter: Matter, actor: Actor) -> Actor:
    """As whom an account does the act: the issuing office of a directive judges it in the petitioner's stead."""
    judges = act.verb is Verb.GIVE_VERDICT and judges_directive(matter, actor)
    return judge_of(matter, actor) if judges else actor


ACTS: tuple[Act, ...] = (
    Act(
        Verb.REPLY_ASSIST, "assist-reply", pgettext("verb", "回复协办"), _("告诉主办单位办了什么"), pgettext("verb", "回复主办单位"),
        _("已回复主办单位。"), joint.AssistReplyForm, reply_assist,
    ),
    Act(
        Verb.ACCEPT, "acceptance", pgettext("verb", "受理并承诺"), _("先联系来件人，再从清单选标准"), pgettext("verb", "受理并承诺"),
        _("已受理，承诺已经告知来件人。"), forms.AcceptanceForm, accept,
    ),
    Act(
        Verb.COMPLETE, "completion", pgettext("verb", "写办结说明"), _("写明做了什么，请诉求人评价"), pgettext("verb", "提交办结说明"),
        _("办结说明已提交，已请诉求人评价。"), forms.CompletionForm, complete,
    ),
    Act(
        Verb.REPORT_PROGRESS, "progress", pgettext("verb", "报进展"), _("诉求人看得到，不动期限"), pgettext("verb", "告诉诉求人"),
        _("进展已经告诉诉求人。"), forms.ProgressForm, report_progress,
    ),
    Act(
        Verb.SIGN_RETURN, "return-signature", pgettext("verb", "签退单申请"), _("签字后由督查室裁定"), pgettext("verb", "签字"),
        _("退单申请已签字。"), forms.NoForm, sign_return,
    ),
    Act(
        Verb.SIGN_EXTENSION, "extension-signature", pgettext("verb", "签延期申请"), _("签字后由督查室裁定"), pgettext("verb", "签字"),
        _("延期申请已签字。"), forms.NoForm, sign_extension,
    ),
    Act(
        Verb.REQUEST_RETURN, "return-request", pgettext("verb", "申请退单"), _("期限内有效，须写明应交谁"), pgettext("verb", "提出退单申请"),
        _("退单申请已提出。裁定之前期限照走。"), forms.ReturnForm, request_return,
    ),
    Act(
        Verb.REQUEST_EXTENSION, "extension-request", pgettext("verb", "申请延期"), _("到期前提出，由督查室裁定"), pgettext("verb", "提出延期申请"),
        _("延期申请已提出。裁定之前原期限照走。"), forms.ExtensionForm, request_extension,
    ),
    Act(
        Verb.HAND_OVER, "handler", pgettext("verb", "换经办人"), _("交给本单位另一个人"), pgettext("verb", "交给他办"),
        _("已换经办人，期限不变。"), forms.HandOverForm, hand_over,
    ),
    Act(
        Verb.ASSIGN, "assignment", pgettext("verb", "交办"), _("交给责任单位，受理时限从交办起算"), pgettext("verb", "交办"),
        _("已交办。"), forms.AssignmentForm, assign, tray="to_assign",
    ),
    Act(
        Verb.RULE_RETURN, "return-ruling", pgettext("verb", "裁定退单"), _("同意就改交，不同意就由原单位办"), pgettext("verb", "裁定"),
        _("退单已裁定。"), forms.ReturnRulingForm, rule_return, tray="returns",
    ),
    Act(
        Verb.RULE_EXTENSION, "extension-ruling", pgettext("verb", "裁定延期"), _("结果会告诉诉求人"), pgettext("verb", "裁定"),
        _("延期已裁定，并告诉诉求人。"), forms.RulingForm, rule_extension, tray="extensions",
    ),
    Act(
        Verb.CALL_BACK, "callback", pgettext("verb", "记回访"), _("电话里的话不能代替评价"), pgettext("verb", "记下回访"),
        _("回访已记下。"), forms.CallbackForm, call_back,
    ),
    Act(
        Verb.CLOSE_UNRATED, "unrated-closure", pgettext("verb", "按未评价结案"), _("不计入满意率"), pgettext("verb", "按未评价结案"),
        _("已按未评价结案。"), forms.NoForm, close_unrated, tray="silent",
    ),
    Act(
        Verb.GIVE_VERDICT, "verdict", pgettext("verb", "评价"), _("领导指示由交办的领导办公室评价"), pgettext("verb", "提交评价"),
        _("评价已提交。"), forms.JudgementForm, give_verdict,
    ),
    Act(
        Verb.ASK_ASSIST, "assist-request", pgettext("verb", "请求协办"), _("请别的单位出一份力，主办不变"), pgettext("verb", "请它协办"),
        _("已请该单位协办。"), joint.AssistRequestForm, ask_assist, aside=True,
    ),
    Act(
        Verb.RECALL_ASSIST, "assist-recall", pgettext("verb", "撤回协办"), _("不再需要时撤回，写明原因"), pgettext("verb", "撤回协办"),
        _("协办已撤回。"), joint.AssistRecallForm, recall_assist, aside=True,
    ),
    Act(
        Verb.MERGE, "merger", pgettext("verb", "并案"), _("同一件事并到一起办，评价仍各自作出"), pgettext("verb", "并入"),
        _("已并案，并告诉诉求人。"), joint.MergerForm, merge, aside=True,
    ),
    Act(
        Verb.SEPARATE, "separation", pgettext("verb", "拆案"), _("不是同一件事，拆出来单独办"), pgettext("verb", "拆出来"),
        _("已拆出，单独办理。"), joint.SeparationForm, separate, aside=True,
    ),
)  # fmt: skip
"""In the order pages offer them: the first allowed one is the page's main action."""

BY_SLUG: Mapping[str, Act] = {act.slug: act for act in ACTS}
