"""Agent strings that tell one device from others at an address. Pure.

Browsers have frozen what they say: every Chrome on Android is an `Android 10; K`, iPhones in Safari and
desktops of a version are all alike (https://www.chromium.org/updates/ua-reduction/). Colleagues behind one
address share such a string by chance; what names a model, as browsers inside apps do, two hardly share.
"""

import re
from typing import Final

# Read by PostgreSQL as well as by Python.
TELLING: Final = r"Android [0-9.]+; (?!K\)|Mobile;|Tablet;)|iP(?:hone|ad|od)[0-9]+,[0-9]+"
_TELLING: Final = re.compile(TELLING)


def tells_device(agent: str) -> bool:
    """Whether a string names a model.

    >>> tells_device("Mozilla/5.0 (Linux; Android 13; SM-A536B) Chrome/125.0.0.0")
    True
    >>> tells_device("Mozilla/5.0 (Linux; Android 10; K) Chrome/125.0.0.0 Mobile Safari/537.36")
    False
    """
    return _TELLING.search(agent) is not None
