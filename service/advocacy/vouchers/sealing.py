"""A code sealed, and the keyed hash by which two of one spelling are seen."""

import hashlib
import hmac
from uuid import UUID

from service.advocacy.vouchers import codes
from service.kit import keys
from service.kit.secrets import Vault


class Sealer:
    """Seals and opens the codes of a workspace; made once for many."""

    def __init__(self, workspace_id: UUID) -> None:
        self._vault = Vault(keys.key("seal vouchers"))
        self._key = keys.key(f"voucher codes {workspace_id}")

    def seal(self, voucher_id: UUID, code: str) -> bytes:
        """The code, readable by this installation only, and only in this voucher's row."""
        return self._vault.seal(code.encode(), voucher_id.bytes)

    def opened(self, voucher_id: UUID, sealed: bytes) -> str:
        """What was sealed. Raises Unsealable."""
        return self._vault.open(sealed, voucher_id.bytes).decode()

    def code_key(self, folded: str) -> bytes:
        """A keyed hash of a folded code: equal for equal codes, and no code can be tried without the key."""
        return hmac.digest(self._key, folded.encode(), hashlib.sha256)


def code_key(workspace_id: UUID, code: str) -> bytes:
    """The hash of one code, in any spelling."""
    return Sealer(workspace_id).code_key(codes.folded(code))
