"""How much of a file is held in memory at once, and what is refused. All sizes in bytes unless said
otherwise."""

MAX_LINE = 4 * 2**20
"""Characters of one line, and bytes of one JSON record: a report of one account with its posts takes about
1 MiB."""

MAX_FIELD = 131_072
"""Characters of one CSV field (the csv module's own default); beyond it, a quote was opened and not
closed."""

MAX_COLUMNS = 512

MAX_DEPTH = 12
"""Levels of nesting in a JSON record that become column names; what lies deeper stays one cell."""

SAMPLE_BYTES = 2**18
"""What format, encoding and delimiter are decided on."""

SAMPLE_ROWS = 500
"""What the columns are decided on."""

MAX_WORKBOOK = 64 * 2**20
"""An XLSX file as uploaded."""

MAX_WORKBOOK_UNPACKED = 512 * 2**20
"""All parts of an XLSX file, unpacked, as its zip directory says; no part is read beyond what the directory
says."""

MAX_SHARED_STRINGS = 128 * 2**20
"""The workbook's string table: the one part that is kept in memory as a whole."""

MAX_WORKBOOK_PARTS = 2_000

BATCH_ROWS = 2_000
"""Rows that are parsed, and handed on, together."""
