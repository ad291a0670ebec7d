"""Running elci: the whole process tree (`serving`), or whatever runs already (`attached`)."""

from service.serve.attach import Attached, attached
from service.serve.tree import ServeError, database, serving

__all__ = ["Attached", "ServeError", "attached", "database", "serving"]
