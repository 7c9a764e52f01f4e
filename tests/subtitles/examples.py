"""Small documents to write down by hand."""

from __future__ import annotations

from transcripts.subtitles.document import Document, ExportSegment, ExportWord


def segment(
    text: str,
    start_ms: int = 0,
    end_ms: int = 3000,
    speaker: str | None = None,
    words: tuple[ExportWord, ...] = (),
) -> ExportSegment:
    return ExportSegment(start_ms, end_ms, speaker, text, words)


def document(*segments: ExportSegment, title: str = "", language: str | None = "en") -> Document:
    return Document(title, language, segments)


INTERVIEW = document(
    segment("The harbour was quiet that morning, and nobody expected what came next.", 0, 4200, "Anna"),
    segment("And then the bell rang?", 4600, 6200, "Bert"),
    segment("Yes.", 6400, 6700, "Anna"),
    segment("Everybody ran down to the water.", 6900, 9000, "Anna"),
    title="Harbour interview",
)
