"""What people read for the codes of graphs (GET /v1/labels)."""

from service.accounts.labels.registry import register

register(
    "graph_kind",
    {
        "follow": ("Takip", "Follows"),
        "mention": ("Bahsetme", "Mentions"),
        "collaboration": ("İş birliği", "Collaborations"),
        "referral": ("Referans", "Referrals"),
        "other": ("Diğer", "Other"),
    },
)
register(
    "graph_status",
    {
        "empty": ("Boş", "Empty"),
        "building": ("Hazırlanıyor", "Being made"),
        "ready": ("Hazır", "Ready"),
        "failed": ("Başarısız", "Failed"),
    },
)
register(
    "graph_orientation",
    {
        "heard_to_hearer": ("Duyulandan duyana", "From who is heard to who hears"),
        "hearer_to_heard": ("Duyandan duyulana", "From who hears to who is heard"),
    },
)
register(
    "edge_refusal",
    {
        "missing": ("Boş", "Missing"),
        "too_many_columns": ("Fazla sütun var", "Too many columns"),
        "too_long": ("Çok uzun", "Too long"),
        "unprintable": ("Yazdırılamayan karakter içeriyor", "Holds unprintable characters"),
        "no_number": ("Sayı değil", "Not a number"),
        "negative": ("Negatif", "Negative"),
        "not_finite": ("Sonlu değil", "Not finite"),
        "too_large": ("Çok büyük", "Too large"),
        "unknown_id": ("Ağda böyle bir düğüm yok", "No node of the graph"),
        "hyperedge": ("İkiden fazla ucu var", "Has more than two ends"),
        "same_label": ("Etiket başka bir düğümün", "The label is another node's"),
    },
)
register(
    "unreadable_edges",
    {
        "bad_stream": ("Metin değil ya da bozuk", "No text, or damaged"),
        "bad_xml": ("Okunamayan XML", "Unreadable XML"),
        "no_edges": ("Dosyada bağlantı yok", "The file has no edges"),
    },
)
