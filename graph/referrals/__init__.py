"""Referrals: who brought whom, what it brings, how fast it goes on, and who only pretends."""
