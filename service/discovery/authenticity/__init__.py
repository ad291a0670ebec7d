"""What authenticity is judged by, read for all candidates at once."""
