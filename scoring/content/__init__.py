"""Content fit: texts as vectors of one space, their likeness to a brief, and the terms that both share."""
