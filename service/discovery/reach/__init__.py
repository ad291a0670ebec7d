"""Who is reached once, by whom: the inputs of every question about reach, overlap, and reach itself."""
