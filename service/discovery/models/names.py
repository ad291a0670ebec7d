"""What people read for the codes of models (GET /v1/labels)."""

from service.accounts.labels.registry import register

register(
    "model_state",
    {
        "trained": ("Eğitildi", "Trained"),
        "shadow": ("Gölgede", "Shadow"),
        "promoted": ("Kullanımda", "Promoted"),
        "retired": ("Emekli", "Retired"),
    },
)
register(
    "model_reason",
    {
        "too_few_outcomes": ("Tamamlanmış iş birliği yetersiz", "Too few finished collaborations"),
        "no_gain": ("Soğuk başlangıçtan yeterince iyi değil", "Not enough better than the cold start"),
        "by_chance": ("Fark rastlantı olabilir", "The difference may be chance"),
        "badly_calibrated": ("Olasılıkları iyi ayarlanmamış", "Badly calibrated"),
    },
)
