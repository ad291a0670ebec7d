"""Files of orders, of shops that send no webhooks."""
