"""What the domain's constraints mean, and its problems' titles in Turkish, for app.py."""

from service.discovery.search import problems as search
from service.kit.problems import Problem

CONSTRAINTS: dict[str, type[Problem]] = {**search.CONSTRAINTS}
TURKISH = {**search.TURKISH}
