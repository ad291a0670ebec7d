"""What can be wrong with an Idempotency-Key, apart from its use for another request."""

from service.kit.problems import BadRequest, Conflict


class BadKey(BadRequest):
    title = "Unreadable Idempotency-Key"
    slug = "bad-idempotency-key"


class StillRunning(Conflict):
    title = "The request with this Idempotency-Key is still running"
    slug = "idempotency-key-in-use"


class AnswerGone(Conflict):
    title = "The request was carried out, its answer is not kept any more"
    slug = "idempotent-answer-gone"
