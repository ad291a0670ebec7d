"""What reasons, devices and the ways of a click are called, for people."""

from service.accounts.labels.registry import register

REASONS = {
    "no_agent": ("Tarayıcı bilgisi yok", "No user agent"),
    "bot": ("Bilinen bot", "Known bot"),
    "preview": ("Bağlantı önizlemesi", "Link preview"),
    "not_a_browser": ("Tarayıcı değil", "Not a browser"),
    "head": ("HEAD isteği", "HEAD request"),
    "prefetch": ("Önceden getirme", "Prefetch"),
    "foreign_origin": ("İzinli olmayan site", "Site that is not allowed"),
    "retired": ("Kapatılmış bağlantı", "Retired link"),
    "expired": ("Süresi dolmuş bağlantı", "Expired link"),
    "over_cap": ("Tıklama sınırı dolmuş", "Over the link's cap"),
    "datacenter": ("Veri merkezi ağı", "Data-centre network"),
    "agent": ("Kuralla elenen tarayıcı", "User agent barred by a rule"),
    "referrer": ("Kuralla elenen kaynak", "Referrer barred by a rule"),
    "velocity": ("Çok hızlı tıklama", "Too many clicks in a short time"),
}
DEVICES = {
    "mobile": ("Telefon", "Phone"),
    "tablet": ("Tablet", "Tablet"),
    "desktop": ("Bilgisayar", "Desktop"),
    "tv": ("Televizyon", "Television"),
    "other": ("Diğer", "Other"),
}
SITE_EVENTS = {
    "page_view": ("Sayfa görüntüleme", "Page view"),
    "content_view": ("İçerik görüntüleme", "Content view"),
    "add_to_cart": ("Sepete ekleme", "Add to cart"),
    "begin_checkout": ("Ödemeye geçiş", "Begin checkout"),
}

register("click_reason", REASONS)
register("device", DEVICES)
register("site_event", SITE_EVENTS)
