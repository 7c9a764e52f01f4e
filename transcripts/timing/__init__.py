"""The moment of every word: word tables, alignment to audio, re-alignment after edits."""
