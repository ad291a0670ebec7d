"""What can go wrong with voucher pools and their codes."""

from service.kit.problems import BadRequest, Conflict, NotFound, Problem


class UnknownPool(NotFound):
    title = "Voucher pool not found"
    slug = "voucher-pool-not-found"


class UnknownVoucher(NotFound):
    title = "Voucher not found"
    slug = "voucher-not-found"


class PoolEmpty(Conflict):
    """No code of the pool is free. `pool_id`; `free`: 0. Import more, then ask again."""

    title = "The voucher pool has no free code"
    slug = "voucher-pool-empty"


class PoolClosed(Conflict):
    """The pool gives no codes: it was closed, or its end has passed. `pool_id`; `pool_status`: closed or
    expired."""

    title = "The voucher pool gives no codes"
    slug = "voucher-pool-closed"


class VoucherVoid(Conflict):
    """The code was voided. `voucher_id`; `reason`."""

    title = "The voucher is void"
    slug = "voucher-void"


class VoucherExpired(Conflict):
    """The code's end lies before the time of use. `voucher_id`; `expires_at`."""

    title = "The voucher has expired"
    slug = "voucher-expired"


class VoucherUsed(Conflict):
    """The code was used for another order. `voucher_id`."""

    title = "The voucher was used before"
    slug = "voucher-used"


class VoucherNotGiven(Conflict):
    """Nobody has been given the code, so there is nobody to give another one. `voucher_id`;
    `voucher_status`."""

    title = "The voucher was given to nobody"
    slug = "voucher-not-given"


class CodeTaken(Conflict):
    """The same codes are being imported by somebody else at this moment."""

    title = "The code is in a pool already"
    slug = "voucher-code-taken"


class CodesUnreadable(BadRequest):
    """The file is no text, or holds no line."""

    title = "Unreadable codes"
    slug = "unreadable-codes"


CONSTRAINTS: dict[str, type[Problem]] = {
    "vouchers_code": CodeTaken,
    "vouchers_pool_fkey": UnknownPool,
}
TURKISH = {
    "Voucher pool not found": "Hediye çeki havuzu bulunamadı",
    "Voucher not found": "Hediye çeki bulunamadı",
    "The voucher pool has no free code": "Hediye çeki havuzunda boş kod kalmadı",
    "The voucher pool gives no codes": "Hediye çeki havuzu kod vermiyor",
    "The voucher is void": "Hediye çeki geçersiz kılınmış",
    "The voucher has expired": "Hediye çekinin süresi dolmuş",
    "The voucher was used before": "Hediye çeki daha önce kullanılmış",
    "The voucher was given to nobody": "Hediye çeki kimseye verilmemiş",
    "The code is in a pool already": "Kod zaten bir havuzda",
    "Unreadable codes": "Kodlar okunamadı",
}
