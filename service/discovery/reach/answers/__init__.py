"""Answers about large lists: computed by a job, kept for the same question on the same audiences."""
