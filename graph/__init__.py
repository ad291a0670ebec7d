"""Pure functions on graphs and audience sets: no HTTP, no SQL, no service."""
