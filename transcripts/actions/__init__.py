"""Use cases: one file each, named in the user's words."""
