"""The reach of a shortlist: who is expected to see the planned posts, each person once."""
