"""What marketplaces' panels report of their own sales: totals that are never mixed with orders."""
