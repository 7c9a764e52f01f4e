"""The operator's view of accounts and transcripts; text and sound stay with their owners."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from .models import Job, Transcript, User


class UserForm(forms.ModelForm):  # type: ignore[type-arg]
    new_password = forms.CharField(
        required=False, widget=forms.PasswordInput, help_text="Empty keeps the old one."
    )

    class Meta:
        model = User
        fields = ("email", "name", "is_active", "is_staff", "is_superuser")


@admin.register(User)
class UserAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = UserForm
    list_display = ("email", "name", "is_active", "is_staff", "date_joined")
    search_fields = ("email", "name")

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        password = form.cleaned_data["new_password"]
        if password:
            obj.set_password(password)
        elif not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)


@admin.register(Transcript)
class TranscriptAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("code", "owner", "state", "origin", "created_at")
    list_filter = ("state", "origin")
    fields = ("owner", "state", "origin", "created_at", "trashed_at")
    readonly_fields = ("state", "origin", "created_at")
    raw_id_fields = ("owner",)


@admin.register(Job)
class JobAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("pk", "state", "stage", "attempt", "tries", "error_code", "created_at")
    list_filter = ("state", "stage", "error_code")
    readonly_fields = [field.name for field in Job._meta.fields]
