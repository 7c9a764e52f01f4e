"""The rows. One file per thing; changes to a single row are methods here."""

from .api_token import ApiToken
from .job import Job, JobPart
from .leased import Leased, LeaseLostError
from .membership import Membership
from .recording import Recording
from .segment import Segment
from .speaker import Speaker
from .transcript import Transcript
from .upload import Upload
from .user import User

__all__ = [
    "ApiToken",
    "Job",
    "JobPart",
    "LeaseLostError",
    "Leased",
    "Membership",
    "Recording",
    "Segment",
    "Speaker",
    "Transcript",
    "Upload",
    "User",
]
