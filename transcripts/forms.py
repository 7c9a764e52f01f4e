"""Forms of the pages about people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from .models import User


class FirstAccountForm(forms.Form):
    """The first account of a new server; its owner becomes the administrator."""

    name = forms.CharField(
        label="Your name", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label="Email", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        help_text="At least 10 characters, and not one that many people use.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label="Password again",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        password, again = given.get("password"), given.get("password_again")
        if password and again and password != again:
            self.add_error("password_again", "The two passwords are not the same.")
        if password:
            self._check_strength(password, User(name=given.get("name", ""), email=given.get("email", "")))
        return given

    def _check_strength(self, password: str, person: User) -> None:
        try:
            validate_password(password, person)
        except forms.ValidationError as error:
            self.add_error("password", error)


class NameForm(forms.Form):
    name = forms.CharField(
        max_length=150,
        required=False,
        help_text="What other people see. Your email address stands in while this is empty.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
