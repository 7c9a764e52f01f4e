"""From the file of a running take to a realtime service and back to captions."""
