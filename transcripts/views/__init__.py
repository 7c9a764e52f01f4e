"""Pages: authorise, parse, call one action, render."""
