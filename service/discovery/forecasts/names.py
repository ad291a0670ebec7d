"""What people read for the codes of forecasts (GET /v1/labels)."""

from service.accounts.labels.registry import register

register(
    "forecast_basis",
    {
        "own_history": ("Kendi geçmişi", "Own history"),
        "account_average": ("Sağlayıcının ortalaması", "A vendor's average"),
    },
)
register(
    "forecast_reason",
    {
        "no_history": ("Geçmiş veri yok", "There is no history"),
        "too_few_samples": ("Aralık için veri az", "Too few cases for an interval"),
        "no_interval": ("Ortalamanın aralığı bilinmiyor", "The average comes without an interval"),
        "zero_base": ("Paydası sıfır", "Nothing to divide by"),
        "unbounded": ("Üst sınır yok", "There is no upper end"),
        "no_audience_set": ("Bazılarının takipçileri bilinmiyor", "Some followers are not known"),
    },
)
