"""From byte chunks to rows of cells, in bounded memory."""
