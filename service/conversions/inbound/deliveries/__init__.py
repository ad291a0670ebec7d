"""What has come in: read by a job, listed, replayed, and forgotten in time."""
