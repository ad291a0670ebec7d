"""What can go wrong with advocates, referrals and rewards."""

from service.advocacy.vouchers.problems import CONSTRAINTS as VOUCHERS_CONSTRAINTS
from service.advocacy.vouchers.problems import TURKISH as VOUCHERS_TURKISH
from service.kit.problems import Problem

CONSTRAINTS: dict[str, type[Problem]] = {**VOUCHERS_CONSTRAINTS}
TURKISH: dict[str, str] = {**VOUCHERS_TURKISH}
