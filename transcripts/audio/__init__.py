"""Sound files: what is in them, their samples, their shape on screen, and the pieces to recognise."""
