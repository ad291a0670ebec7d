"""From one cell to one value: each function takes what a sheet really holds, or raises `Unfit` with a
reason."""
