"""The rows. One file per thing; changes to a single row are methods here."""

from .api_token import ApiToken
from .hearing import HeardSegment, Hearing
from .job import Job, JobPart
from .leased import Leased, LeaseLostError
from .mark import Mark
from .membership import Membership
from .other_reading import OtherReading
from .preference import Preference
from .recording import Recording
from .revision import Revision
from .segment import Segment
from .speaker import Speaker
from .take import Take
from .transcript import Transcript
from .transcript_doc import DocSnapshot, StepBatch, TranscriptDoc
from .upload import Upload
from .user import User

__all__ = [
    "ApiToken",
    "DocSnapshot",
    "HeardSegment",
    "Hearing",
    "Job",
    "JobPart",
    "LeaseLostError",
    "Leased",
    "Mark",
    "Membership",
    "OtherReading",
    "Preference",
    "Recording",
    "Revision",
    "Segment",
    "Speaker",
    "StepBatch",
    "Take",
    "Transcript",
    "TranscriptDoc",
    "Upload",
    "User",
]
