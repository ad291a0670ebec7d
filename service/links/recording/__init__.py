"""How a click gets from an answered redirect into the database: never lost at `disk` and `os`, never twice."""
