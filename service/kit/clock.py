"""Time comes from one place: the database, through the SQL function `elci_now()`.

It is the database's clock plus the setting `app.clock_offset`, which only tests make; so windows and holds
do not depend on a worker's clock.
"""

from datetime import datetime

from service.kit.db import Connection, sql


@sql("select elci_now()")
async def now(db: Connection) -> datetime: ...
