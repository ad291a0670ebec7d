"""What mentions do when others' things change, for app.py."""

from service.mentions.disclosure import names as names  # registers what people read


def subscribe() -> None:
    """Nothing below tells mentions anything yet that they have to follow."""
