"""What people read for the codes of surveys (GET /v1/labels)."""

from service.accounts.labels.registry import register

register(
    "nps_band",
    {
        "promoter": ("Destekleyen (9–10)", "Promoter (9-10)"),
        "passive": ("Pasif (7–8)", "Passive (7-8)"),
        "detractor": ("Kötüleyen (0–6)", "Detractor (0-6)"),
    },
)
register("survey_status", {"open": ("Açık", "Open"), "closed": ("Kapalı", "Closed")})
