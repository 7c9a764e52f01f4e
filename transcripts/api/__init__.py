"""REST under /api/v1: authorise, parse, call one action, answer. One file per thing."""
