"""Which column of a sheet is which field of a kind: by its header, by its content, and never by one of them
alone where both speak."""
