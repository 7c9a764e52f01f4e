"""Every address of the product."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from .views import account, library, library_changes, upload_page, welcome

urlpatterns: list[URLPattern | URLResolver] = [
    # lists
    path("", library.library, name="library"),
    path("shared", library.shared, name="shared"),
    path("trash", library.trash, name="trash"),
    path("t/<slug:code>/row", library.transcript_row, name="transcript_row"),
    path("t/<slug:code>/rename", library_changes.rename, name="rename"),
    path("t/<slug:code>/trash", library_changes.move_to_trash, name="move_to_trash"),
    path("t/<slug:code>/restore", library_changes.restore, name="restore"),
    # bringing recordings in
    path("upload", upload_page.upload_page, name="upload"),
    # people
    path("welcome", welcome.welcome, name="welcome"),
    path("account", account.account, name="account"),
    path("account/tokens", account.create_token, name="create_token"),
    path("account/tokens/<int:pk>/delete", account.delete_token, name="delete_token"),
    path("account/sign-out-everywhere", account.log_out_everywhere, name="log_out_everywhere"),
]
