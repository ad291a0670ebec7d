"""How a click gets from an answered redirect into the database: at `disk` and `os` never lost, never twice."""
