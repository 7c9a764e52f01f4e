"""The durable recording of a take: every accepted byte reaches the disk, whatever else fails."""
