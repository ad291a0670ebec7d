"""Pure scores: arrays in, scores with their terms out. No HTTP, no SQL, no service."""
