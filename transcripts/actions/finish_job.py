"""Put the parts together: speakers, language, cost, and what could not be done."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from .. import conf
from ..errors import VoxwebError
from ..models import Job, JobPart, Transcript
from ..speech.capabilities import price_usd
from ..timing.words import Word
from .failure import settle_failure
from .lease import keep_lease
from .merge.texts import Said
from .name_speakers import Voice, link_voices
from .plan_text import PlannedText, plan_text
from .put_back import NEW_TEXT
from .replace_text import Replaced, write_planned
from .write_segments import hearing_of

PLANS_AHEAD = 3
"""How often a merge is worked out anew because somebody wrote meanwhile, before they have to wait for it."""


def finish_job(job: Job) -> None:
    """Run the last stage of a claimed job. Whatever parts succeeded are kept, also when others failed.

    Raises LeaseLostError.
    """
    parts = list(JobPart.objects.filter(job=job).order_by("index"))
    done = [part for part in parts if part.state == JobPart.State.DONE]
    failed = next((part for part in parts if part.state != JobPart.State.DONE), None)
    with keep_lease(job):
        numbers = link_voices(done, job.options.get("speaker_count"))
    theirs = [_said(part.index, segment, numbers) for part in done for segment in part.result["segments"]]
    # A pass that failed, or heard nothing, takes no text away that was there before; a notice says so.
    if job.options.get("keep_old_text") and (failed is not None or not theirs):
        _end(job, done, failed)
    else:
        _end_with_text(job, done, failed, theirs)
    if failed is None:
        shutil.rmtree(conf.transcript_folder(job.transcript.code) / "chunks", ignore_errors=True)


def _end_with_text(job: Job, done: Sequence[JobPart], failed: JobPart | None, theirs: Sequence[Said]) -> None:
    """Work the merge out while people can save, and again where they did; the last time nobody can."""
    hearing = hearing_of(job)
    for _ in range(PLANS_AHEAD):
        with keep_lease(job):
            planned = plan_text(hearing, theirs, is_complete=failed is None)
        if _end(job, done, failed, planned):
            return
    with transaction.atomic():
        Transcript.objects.select_for_update().get(pk=job.transcript_id)
        _end(job, done, failed, plan_text(hearing, theirs, is_complete=failed is None))


def _end(
    job: Job, done: Sequence[JobPart], failed: JobPart | None, planned: PlannedText | None = None
) -> bool:
    """Write all that the pass brings at once; False, writing nothing, where its plan is out of date."""
    with transaction.atomic():
        Transcript.objects.select_for_update().get(pk=job.transcript_id)
        if planned is not None:
            replaced = write_planned(planned)
            if replaced is None:
                return False
            job.notices = [*job.notices, *_new_text_notice(replaced)]
        if failed is None or not job.options.get("keep_old_text"):
            _note_language(job, done)
        _close(job, done, failed)
    return True


def _said(part: int, segment: Mapping[str, Any], numbers: Mapping[Voice, int]) -> Said:
    label = segment["voice"] or ""
    return Said(
        part,
        segment["start_ms"],
        segment["end_ms"],
        segment["text"],
        [Word(*word) for word in segment["words"]],
        segment["timing_method"],
        voice=str(numbers[part, label]) if label else None,
        label=label,
        doubts=segment.get("doubts", ()),
    )


def _new_text_notice(replaced: Replaced) -> list[dict[str, str]]:
    """Where there was a text before: what became of people's changes, and which version to go back to."""
    if replaced.before is None:
        return []
    kept = {0: "", 1: " The passage that people had changed kept its changes."}.get(
        replaced.passages, f" {replaced.passages:,} passages that people had changed kept their changes."
    )
    message = f"This is the new transcription.{kept}"
    return [{"code": NEW_TEXT, "message": message, "version": str(replaced.before.version)}]


def _note_language(job: Job, done: Sequence[JobPart]) -> None:
    heard = Counter(part.result["language"] for part in done if part.result["language"])
    language = heard.most_common(1)[0][0] if heard else job.options.get("language") or ""
    Transcript.objects.filter(pk=job.transcript_id).update(language=language)


def _close(job: Job, done: Sequence[JobPart], failed: JobPart | None) -> None:
    job.write(
        state=Job.State.FAILED if failed else Job.State.DONE,
        lease_until=None,
        finished_at=timezone.now(),
        done_ms=job.total_ms,
        error_code=failed.error_code if failed else "",
        error_message=failed.error_message if failed else "",
        usage=_usage(job, done),
        notices=_notices(job, done),
    )
    ready = failed is None or (job.options.get("keep_old_text") and job.transcript.segments.exists())
    job.transcript.move_to_state(Transcript.State.READY if ready else Transcript.State.FAILED)


def _usage(job: Job, done: Sequence[JobPart]) -> dict[str, Any]:
    """Sums over the parts; audio seconds are our own where the service does not say."""
    total: dict[str, Any] = {
        name: sum(part.result["usage"][name] for part in done)
        for name in ("prompt_tokens", "completion_tokens", "total_tokens")
    }
    seconds = sum(
        part.result["usage"]["audio_seconds"] or (part.end_ms - part.start_ms) / 1000 for part in done
    )
    cost_usd = price_usd(conf.model_capabilities(job.options["model"]), seconds)
    return {
        **total,
        "audio_seconds": seconds,
        "cost_usd": None if cost_usd is None else str(cost_usd),
        "calls": sum(part.calls for part in done),
    }


def _notices(job: Job, done: Sequence[JobPart]) -> list[dict[str, str]]:
    """Every notice once; a recording without any speech is told as one too."""
    told = [*job.notices, *(notice for part in done for notice in part.result["notices"])]
    notices = {notice["code"]: notice for notice in told}
    if done and not any(part.result["segments"] for part in done):
        message = "No speech was heard in this recording. If there is some, try another language or model."
        if job.options.get("keep_old_text"):
            message = "The new transcription heard no speech, so the text stays as it was."
        notices["no_speech"] = {"code": "no_speech", "message": message}
    return list(notices.values())


def settle_job_failure(job: Job, error: VoxwebError) -> None:
    """A stage of the job itself failed: try again later, or end it with the reason. Nothing is deleted."""
    if settle_failure(job, error):
        return
    has_text = job.transcript.segments.exists()
    job.transcript.move_to_state(Transcript.State.READY if has_text else Transcript.State.FAILED)
