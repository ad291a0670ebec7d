"""What codes and verdicts are called, for people."""

from service.accounts.labels.registry import register
from service.mentions.disclosure.words import CODES, VERDICTS

STATUSES = {
    "open": ("Açık", "Open"),
    "confirmed": ("Onaylandı", "Confirmed"),
    "dismissed": ("Reddedildi", "Dismissed"),
}

register("disclosure_code", CODES)
register("disclosure_verdict", VERDICTS)
register("disclosure_status", STATUSES)
