"""Accounts: the system administrator opens and ends them, the security administrator gives roles (三员)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.core.rights import Verb, may
from duban.people import accounts as verbs
from duban.people.models import Staff
from duban.people.queries import account, tokens_of
from duban.people.queries import accounts as accounts_like
from duban.people.tokens import revoke

from .. import words
from ..access import StaffRequest, staff_page
from ..deeds import sent
from ..desk.forms import StaffForm, text
from ..doing import done, status_of
from ..once import slip
from ..units import unit_choices, unit_code, unit_named

SHOWN = 200


class AccountForm(StaffForm):
    """A new account. Roles are the security administrator's to give."""

    username = text(_("用户名"))
    display_name = text(_("姓名"))
    unit = text(_("单位"))
    email = text(_("电子邮箱"))
    phone = text(_("电话"))
    password = text(_("初始密码"))

    def clean(self) -> dict[str, Any]:
        """A unit's code, also where its name was typed; no password means none."""
        fields = self.cleaned_data
        fields["unit"] = unit_code(fields.get("unit") or "")
        fields["username"] = (fields.get("username") or "").strip()
        fields["password"] = fields.get("password") or None
        return fields


class ResetForm(StaffForm):
    """A new password for somebody who lost theirs."""

    password = text(_("新密码"))


class MoveForm(StaffForm):
    """Another unit."""

    unit = text(_("单位"))

    def clean(self) -> dict[str, Any]:
        """A unit's code, also where its name was typed."""
        self.cleaned_data["unit"] = unit_code(self.cleaned_data.get("unit") or "")
        return self.cleaned_data


class RolesForm(StaffForm):
    """Exactly these roles."""

    roles = forms.MultipleChoiceField(
        label=_("角色"),
        required=False,
        choices=[(role, word) for role, word in words.ROLES.items()],
        error_messages={"invalid_choice": _("请从列出的角色里选，至少选一个。")},
    )


DEEDS: Mapping[str, tuple[type[StaffForm], Callable[..., object], str | Promise]] = {
    "password": (ResetForm, verbs.set_password, _("密码已重置，请当面交给本人，并请他登录后改掉。")),
    "unit": (MoveForm, verbs.move_unit, _("已调到新单位。")),
    "roles": (RolesForm, verbs.change_roles, _("角色已改，马上生效。")),
    "end": (StaffForm, verbs.deactivate, _("账号已停用，令牌一并作废。")),
    "open": (StaffForm, verbs.reactivate, _("账号已重新启用。")),
}
"""What an administrator may do to an account: the form, the verb, what is said afterwards."""


@require_GET
@staff_page(Verb.MANAGE_ACCOUNTS, Verb.MANAGE_RIGHTS)
def accounts(request: StaffRequest) -> HttpResponse:
    """`/settings/accounts?unit=&role=&q=`"""
    unit, role = unit_code(request.GET.get("unit", "")), request.GET.get("role", "")
    wanted = request.GET.get("q", "").strip()
    found = accounts_like(unit=unit, role=role, text=wanted)
    context = {
        "found": found[:SHOWN],
        "more": max(0, len(found) - SHOWN),
        "unit_name": unit_named(unit) if unit else "",
        "role": role,
        "wanted": wanted,
        "units": unit_choices(),
        "roles": [(key, words.role(key)) for key in words.ROLES],
        "may_open": may(request.user.actor, Verb.MANAGE_ACCOUNTS),
    }
    return render(request, "office/accounts.html", context)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@staff_page(Verb.MANAGE_ACCOUNTS)
def account_new(request: StaffRequest) -> HttpResponse:
    """`/settings/accounts/new`"""
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now, actor, fields = timezone.now(), request.user.actor, form.cleaned_data
        deed = lambda: verbs.create_account(**fields, actor=actor, now=now)  # noqa: E731
        if sent(request, form, deed, now, _("账号已开。授予角色以后才能办事，请安全管理员来授。")):
            return HttpResponseRedirect(f"{reverse('accounts')}?q={fields['username']}")
    context = {"form": form, "units": unit_choices(), "once": slip(request)}
    return render(request, "office/account_new.html", context, status=status_of(form))


@require_GET
@staff_page(Verb.MANAGE_ACCOUNTS, Verb.MANAGE_RIGHTS)
def account_page(request: StaffRequest, staff: int) -> HttpResponse:
    """`/settings/accounts/<id>`: one account, and what this administrator may do to it."""
    return _draw(request, account(staff))


@sensitive_post_parameters("password")
@require_POST
@staff_page(Verb.MANAGE_ACCOUNTS, Verb.MANAGE_RIGHTS)
def account_deed(request: StaffRequest, staff: int, deed: str) -> HttpResponse:
    """POST `/settings/accounts/<id>/<deed>`: password, unit, roles, end, open, tokens."""
    if deed not in DEEDS:
        raise Http404(deed)
    held, now, actor = account(staff), timezone.now(), request.user.actor
    bound, verb, told = DEEDS[deed]
    form = bound(request.POST)
    if form.is_valid() and done(form, lambda: verb(staff=staff, **form.cleaned_data, actor=actor, now=now)):
        messages.success(request, str(told))
        return HttpResponseRedirect(reverse("account", args=[staff]))
    return _draw(request, held, form, deed)


@require_POST
@staff_page(Verb.MANAGE_ACCOUNTS)
def token_end(request: StaffRequest, staff: int, token: int) -> HttpResponse:
    """POST `/settings/accounts/<id>/tokens/<token>/end`: revoke somebody's token."""
    if any(one.pk == token for one in tokens_of(staff)):
        revoke(token=token, actor=request.user.actor, now=timezone.now())
        messages.success(request, gettext("令牌已作废。"))
    return HttpResponseRedirect(reverse("account", args=[staff]))


def _draw(request: StaffRequest, held: Staff, form: StaffForm | None = None, deed: str = "") -> HttpResponse:
    """The account's page, with the form that came back in its place."""
    drawn: dict[str, StaffForm] = {
        "password": ResetForm(auto_id="reset_%s"),
        "unit": MoveForm(auto_id="move_%s", initial={"unit": held.unit.name}),
        "roles": RolesForm(initial={"roles": held.roles}),
    }
    if form is not None and deed in drawn:
        form.auto_id = drawn[deed].auto_id
        drawn[deed] = form
    actor = request.user.actor
    context = {
        "account": held,
        "forms": drawn,
        "failed": form,
        "chosen": drawn["roles"]["roles"].value() or [],
        "own": held.pk == request.user.pk,
        "may_manage": may(actor, Verb.MANAGE_ACCOUNTS),
        "may_reset": verbs.resettable(held),
        "kept": verbs.kept_offices(held, actor),
        "may_give": may(actor, Verb.MANAGE_RIGHTS),
        "roles": [(key, words.role(key)) for key in words.ROLES],
        "tokens": [one for one in tokens_of(held.pk) if one.revoked_at is None],
        "units": unit_choices(),
    }
    return render(request, "office/account.html", context, status=status_of(form) if form else 200)
