"""Stand-ins for what lies beyond our network edge; they speak the real wire on loopback."""
