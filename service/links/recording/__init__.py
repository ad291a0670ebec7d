"""How a click gets from an answered redirect to the database: never lost at `disk` and `os`, never twice."""
