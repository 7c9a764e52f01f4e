"""Recordings from the web: one address in, one file on disk out, and no way into private networks."""
