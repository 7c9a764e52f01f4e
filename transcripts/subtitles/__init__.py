"""What leaves the product: cues built from words, and one file per format."""
