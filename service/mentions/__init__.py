"""What people say of brands: intake, sentiment, alerts, disclosure."""
