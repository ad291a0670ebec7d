"""What advocacy brings along, and does when others' things change, for app.py."""


def subscribe() -> None:
    """Nothing of others is followed."""
