"""What takes a delivery: checked over its raw bytes, stored, answered. Reading it is a job's."""
