"""The speech API: one client for the hosted service, a server of one's own and the embedded engine."""
