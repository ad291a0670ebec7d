"""What people read for the domain's codes (GET /v1/labels)."""

from service.accounts.labels.registry import register

register(
    "mention_kind",
    {
        "post": ("Gönderi", "Post"),
        "story": ("Hikâye", "Story"),
        "video": ("Video", "Video"),
        "comment": ("Yorum", "Comment"),
        "article": ("Yazı", "Article"),
        "forum": ("Forum iletisi", "Forum post"),
        "review": ("Değerlendirme", "Review"),
        "podcast": ("Podcast", "Podcast"),
        "other": ("Diğer", "Other"),
    },
)
register(
    "sentiment",
    {"positive": ("Olumlu", "Positive"), "neutral": ("Nötr", "Neutral"), "negative": ("Olumsuz", "Negative")},
)
register(
    "mention_status",
    {
        "new": ("Yeni", "New"),
        "assigned": ("Atandı", "Assigned"),
        "answered": ("Yanıtlandı", "Answered"),
        "resolved": ("Çözüldü", "Resolved"),
        "ignored": ("Yok sayıldı", "Ignored"),
    },
)
register(
    "listening_query_status",
    {
        "active": ("Etkin", "Active"),
        "paused": ("Duraklatıldı", "Paused"),
        "archived": ("Arşivde", "Archived"),
    },
)
register("import_kind", {"mentions": ("Bahsetmeler ve değerlendirmeler", "Mentions and reviews")})
