"""The overlap of a shortlist: who shares how many people with whom."""
