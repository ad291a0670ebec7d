"""Audience sets."""
