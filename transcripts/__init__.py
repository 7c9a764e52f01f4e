"""voxweb: record, transcribe, correct and caption speech on a server of one's own."""
