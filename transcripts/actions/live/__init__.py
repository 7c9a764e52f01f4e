"""Live recording: from an open socket to rows."""
