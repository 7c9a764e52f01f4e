"""Every address of the product."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from .api.root import api, nothing_here
from .views import (
    account,
    captions,
    history,
    library,
    library_changes,
    other_readings,
    record,
    transcribe_again,
    transcript,
    transcript_changes,
    upload_page,
    welcome,
)

urlpatterns: list[URLPattern | URLResolver] = [
    # lists
    path("", library.library, name="library"),
    path("shared", library.shared, name="shared"),
    path("trash", library.trash, name="trash"),
    path("t/<slug:code>/row", library.transcript_row, name="transcript_row"),
    path("t/<slug:code>/rename", library_changes.rename, name="rename"),
    path("t/<slug:code>/trash", library_changes.move_to_trash, name="move_to_trash"),
    path("t/<slug:code>/restore", library_changes.restore, name="restore"),
    # one transcript
    path("t/<slug:code>", transcript.transcript, name="transcript"),
    path("t/<slug:code>/parts", transcript.transcript_parts, name="transcript_parts"),
    path("t/<slug:code>/tail", transcript.transcript_tail, name="transcript_tail"),
    path("t/<slug:code>/captions", captions.captions, name="captions"),
    path("t/<slug:code>/readings/<int:pk>", other_readings.choose_reading, name="choose_reading"),
    path("t/<slug:code>/jobs/<int:pk>/put-back", transcribe_again.put_old_text_back, name="put_back"),
    path("t/<slug:code>/history", history.history, name="history"),
    path("t/<slug:code>/history/change", history.history_change, name="history_change"),
    path("t/<slug:code>/history/passages/<str:key>", history.history_passage, name="history_passage"),
    path("t/<slug:code>/compare", history.compare_versions, name="compare_versions"),
    path("t/<slug:code>/again", transcribe_again.transcribe_again, name="transcribe_again"),
    path("t/<slug:code>/speakers/<int:pk>", transcript_changes.name_speaker, name="name_speaker"),
    path("t/<slug:code>/people", transcript_changes.add_person, name="add_person"),
    path("t/<slug:code>/people/<int:pk>", transcript_changes.change_person, name="change_person"),
    path("t/<slug:code>/jobs/<int:pk>/cancel", transcript_changes.cancel, name="cancel_job"),
    path("t/<slug:code>/jobs/<int:pk>/retry", transcript_changes.retry, name="retry_job"),
    # bringing recordings in
    path("record", record.record_page, name="record"),
    path("upload", upload_page.upload_page, name="upload"),
    # people
    path("welcome", welcome.welcome, name="welcome"),
    path("account", account.account, name="account"),
    path("account/tokens", account.create_token, name="create_token"),
    path("account/tokens/<int:pk>/delete", account.delete_token, name="delete_token"),
    path("account/sign-out-everywhere", account.log_out_everywhere, name="log_out_everywhere"),
    # programs
    path("api/v1/", api.urls),
    re_path("^api/", nothing_here),
]
