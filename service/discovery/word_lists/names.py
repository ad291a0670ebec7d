"""What people read for categories of word lists, of restricted goods, and for the parts of content fit."""

from scoring import restricted
from scoring.words import SAFETY
from service.accounts.labels.registry import register

register("safety_category", {code: (SAFETY["tr"][code], name) for code, name in SAFETY["en"].items()})
register(
    "restricted_category", {each.code: (each.name_tr, each.name_en) for each in restricted.categories("TR")}
)
register(
    "content_part",
    {
        "text": ("Metin", "Text"),
        "topics": ("Konular", "Topics"),
        "hashtags": ("Etiketler", "Hashtags"),
        "rank": ("Sıra", "Place"),
    },
)
