"""Settings: what an account may set, its own password and its own tokens for programs."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.utils.translation import pgettext_lazy as pgettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from duban.core.rights import Verb, may
from duban.people.accounts import set_password
from duban.people.queries import tokens_of
from duban.people.tokens import issue, revoke

from ..access import StaffRequest, staff_page
from ..desk.forms import StaffForm, text
from ..doing import done
from ..wording import told_code


@dataclass(frozen=True, slots=True)
class Door:
    """An entry of the settings page. `verbs`: one of them opens it; none: every account."""

    page: str
    label: str
    hint: str
    verbs: tuple[Verb, ...] = ()


DOORS = (
    Door("calendar", _("工作日历"), _("放假和调休；改动后在办期限会重算"), (Verb.AMEND_CALENDAR,)),
    Door("policy", _("时限和次数"), _("受理、退单、回访等各项数字，留有每一版"), (Verb.AMEND_POLICY,)),
    Door(
        "scores", _("分值"), _("绩效账、作风账每一项的分值，先试算再保存，留有每一版"), (Verb.AMEND_SCORES,)
    ),
    Door("routing", _("自动交办规则"), _("按地点、类别、关键词直接交到单位"), (Verb.AMEND_ROUTES,)),
    Door("editions", _("办理标准清单"), _("起草改动，发布新版，旧版留存"), (Verb.AMEND_CATALOGUE,)),
    Door(
        "accounts", _("账号"), _("开户、停用、重置密码、授予角色"), (Verb.MANAGE_ACCOUNTS, Verb.MANAGE_RIGHTS)
    ),
    Door("audit", _("审计日志"), _("谁在什么时候做了什么，查看实名的理由也在这里"), (Verb.READ_AUDIT,)),
    Door("password", _("我的密码"), _("改自己的密码")),
    Door("tokens", _("我的接口令牌"), _("给程序用的钥匙，只显示一次")),
)


class PasswordForm(StaffForm):
    """The present password, and the new one twice."""

    present = text(pgettext("field", "现在的密码"))
    password = text(pgettext("field", "新密码"))
    again = text(pgettext("field", "新密码再输一次"))


@require_GET
@staff_page()
def settings(request: StaffRequest) -> HttpResponse:
    """`/settings`: what this account may set."""
    actor = request.user.actor
    doors = [door for door in DOORS if not door.verbs or any(may(actor, verb) for verb in door.verbs)]
    return render(request, "office/settings.html", {"doors": doors})


@sensitive_post_parameters("present", "password", "again")
@require_http_methods(["GET", "POST"])
@staff_page()
def password(request: StaffRequest) -> HttpResponse:
    """`/settings/password`: one's own; sessions elsewhere end."""
    form, user = PasswordForm(request.POST or None), request.user
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if not user.check_password(fields["present"]):
            form.add_error("present", told_code("password_present_wrong"))
        elif fields["password"] != fields["again"]:
            form.add_error("again", told_code("password_differs"))
        else:
            now, new = timezone.now(), fields["password"]
            if done(form, lambda: set_password(staff=user.pk, password=new, actor=user.actor, now=now)):
                user.refresh_from_db()
                update_session_auth_hash(request, user)
                messages.success(request, gettext("密码已改。"))
                return HttpResponseRedirect(reverse("settings"))
    return render(request, "office/password.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@staff_page()
def tokens(request: StaffRequest) -> HttpResponse:
    """`/settings/tokens`: one's own tokens; a new one is shown once, on the answer that made it."""
    user, now, fresh = request.user, timezone.now(), ""
    if request.method == "POST":
        ending = request.POST.get("revoke", "")
        if not ending:
            fresh = issue(username=user.username, actor=user.actor, now=now)
        else:
            for token in tokens_of(user.pk):
                if str(token.pk) == ending:
                    revoke(token=token.pk, actor=user.actor, now=now)
            messages.success(request, gettext("令牌已作废。"))
            return HttpResponseRedirect(reverse("tokens"))
    return render(request, "office/tokens.html", {"fresh": fresh, "tokens": tokens_of(user.pk)})
