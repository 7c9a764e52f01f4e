"""WebSockets: authorise, parse, call, translate."""
