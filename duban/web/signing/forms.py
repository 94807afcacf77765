"""The sign-in form."""

from __future__ import annotations

from django import forms

from duban.people.accounts import LONGEST_PASSWORD


class SignInForm(forms.Form):
    """User name and password; whether they are right is the verb's question."""

    username = forms.CharField(max_length=40)
    password = forms.CharField(max_length=LONGEST_PASSWORD, strip=False)
