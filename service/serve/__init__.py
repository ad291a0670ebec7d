"""Running elci: the whole process tree (`serving`), whatever runs already (`attached`), one for an errand."""

from service.serve.alone import standalone
from service.serve.attach import Attached, attached
from service.serve.tree import ServeError, database, serving

__all__ = ["Attached", "ServeError", "attached", "database", "serving", "standalone"]
