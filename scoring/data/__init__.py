"""Tables that ship with the code, each with its sources and dates."""
