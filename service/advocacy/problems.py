"""What can go wrong with advocates, referrals and rewards."""

from service.kit.problems import Problem

CONSTRAINTS: dict[str, type[Problem]] = {}
TURKISH: dict[str, str] = {}
