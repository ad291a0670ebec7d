"""The intake of files: from the bytes a brand team uploads to typed rows, with what could not be read listed.

`reading` turns bytes into rows of cells, `cells` turns one cell into a value, `columns` decides which
column is which field, `parsing` puts the three together. Which fields exist is said by the domains, which
register their kinds (`kinds`).
"""
