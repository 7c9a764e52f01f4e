"""Who changed what and when, named versions, and the way back to any of them."""
