"""Partners who are paid to one account: what isn't paid yet is judged again when that changes."""
