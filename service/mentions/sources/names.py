"""What people read for kinds, states and faults of sources (GET /v1/labels)."""

from service.accounts.labels.registry import register

register(
    "listening_source_kind",
    {
        "brandwatch": ("Brandwatch", "Brandwatch"),
        "talkwalker": ("Talkwalker", "Talkwalker"),
        "mention": ("Mention", "Mention"),
        "meta": ("Instagram ve Facebook", "Instagram and Facebook"),
        "x": ("X", "X"),
        "reddit": ("Reddit", "Reddit"),
        "rss": ("RSS ya da Atom", "RSS or Atom"),
        "generic": ("Diğer", "Other"),
    },
)
register(
    "listening_source_status",
    {
        "ok": ("Çalışıyor", "Working"),
        "waiting": ("Henüz bir şey gelmedi", "Nothing came yet"),
        "failing": ("Hata veriyor", "Failing"),
        "paused": ("Duraklatıldı", "Paused"),
    },
)
register(
    "listening_fault",
    {
        "empty": ("İçinde bir şey yok", "There is nothing in it"),
        "shape": ("Biçimi tanınmıyor", "An unknown shape"),
        "json": ("Geçerli JSON değil", "Not valid JSON"),
        "too_many": ("Okunabilecekten fazla", "More than is read"),
        "too_deep": ("Çok derin iç içe", "Nested too deeply"),
        "url": ("Bağlantı değil", "Not a link"),
        "language": ("Dil değil", "Not a language"),
        "country": ("Ülke değil", "Not a country"),
        "value": ("Bu alanda olamaz", "Not a value of this field"),
        "time": ("Tarih olamaz", "A time that can't be meant"),
        "undated": ("Tarihi yok; geldiği an sayıldı", "No time is told; its arrival counts"),
        "stars": ("Yıldız sayısı değil", "Not a number of stars"),
        "source_error": ("Kaynak hata bildirdi", "The source reports an error"),
        "malformed": ("Akış bozuk; okunabilen alındı", "The feed is malformed; what could be read is in"),
        "feed": ("Akış okunamıyor", "The feed can't be read"),
        "no_feed": ("Burada akış yok", "There is no feed here"),
        "refused": ("Genel internet adresi değil", "Not an address of the public web"),
        "unresolved": ("Böyle bir sunucu yok", "There is no such host"),
        "timeout": ("Zamanında yanıt gelmedi", "No answer in time"),
        "connection": ("Bağlantı kurulamadı", "No connection"),
        "certificate": ("Sertifikası geçerli değil", "Its certificate is not valid"),
        "too_large": ("Çok büyük", "Too large"),
        "redirects": ("Çok fazla yönlendirme", "Too many redirections"),
        "denied": ("Erişim reddedildi", "Access is denied"),
        "missing": ("Bulunamadı", "Not found"),
        "gone": ("Kaldırılmış", "Gone for good"),
        "limited": ("Çok sık soruldu", "Asked too often"),
        "server": ("Sunucuda hata", "An error of the server"),
        "status": ("Beklenmeyen yanıt", "An unexpected answer"),
        "unexpected": ("Beklenmeyen hata", "Something unexpected"),
    },
)
register(
    "delivery_reason",
    {
        "paused": ("Kaynak duraklatılmış", "The source is paused"),
        "archived": ("Kaynak kapatılmış", "The source is ended"),
        "access_token": ("Metnini almak için erişim anahtarı yok", "There is no token to ask for its text"),
    },
)
