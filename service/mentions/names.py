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
register("alert_kind", {"spike": ("Ani artış", "Spike"), "crisis": ("Kriz", "Crisis")})
register(
    "alert_status",
    {
        "open": ("Açık", "Open"),
        "acknowledged": ("Görüldü", "Acknowledged"),
        "resolved": ("Çözüldü", "Resolved"),
    },
)
register(
    "alert_check",
    {
        "response": ("İlk yanıt", "Response"),
        "owner": ("Sorumlu", "Owner"),
        "statement": ("Açıklama", "Statement"),
    },
)
register(
    "alert_reason",
    {
        "net_sentiment_fell": ("Net duygu düştü", "Net sentiment fell"),
        "negative_share_doubled": ("Olumsuz pay ikiye katlandı", "Negative share doubled"),
        "few_polar_mentions": ("Duygu bildiren bahsetme az", "Too few mentions with a sentiment"),
        "no_sentiment_before": ("Önceki duygu bilinmiyor", "Sentiment before is not known"),
    },
)
register(
    "statement_status",
    {
        "draft": ("Taslak", "Draft"),
        "approved": ("Onaylandı", "Approved"),
        "published": ("Yayımlandı", "Published"),
    },
)
register(
    "emv_metric",
    {
        "view": ("İzlenme", "View"),
        "impression": ("Gösterim", "Impression"),
        "like": ("Beğeni", "Like"),
        "comment": ("Yorum", "Comment"),
        "share": ("Paylaşım", "Share"),
        "save": ("Kaydetme", "Save"),
        "click": ("Tıklama", "Click"),
    },
)
register(
    "emv_reason",
    {
        "no_items": ("Gönderi ya da bahsetme yok", "There are no posts or mentions"),
        "no_figures": ("Rakamı bilinmiyor", "The figure is not known"),
        "no_rate": ("Tabloda fiyatı yok", "The table has no rate for it"),
        "counted_once": (
            "Aynı gösterim başka satırda sayıldı",
            "The same exposure is counted in another line",
        ),
        "too_large": ("Rakam çok büyük", "The figure is too large"),
    },
)
