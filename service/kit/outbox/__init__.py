"""What must leave the house if and only if a transaction commits: mail, webhooks."""

from service.kit.outbox.putting import put
from service.kit.outbox.store import forget, subjects
from service.kit.outbox.topics import Again, Dead, Message, topic

__all__ = ["Again", "Dead", "Message", "forget", "put", "subjects", "topic"]
