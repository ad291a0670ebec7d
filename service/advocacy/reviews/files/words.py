"""Headers of reviews as shops and review apps export them, by the word that fields are described with."""

WORDS: dict[str, tuple[str, ...]] = {
    "reviewid": (
        *("id", "review id", "reviewid", "external id", "comment id", "yorum no", "yorum id", "yorum kodu"),
        *("degerlendirme no", "degerlendirme id", "degerlendirme kodu", "kayit no", "uuid"),
    ),
    "reviewrating": (
        *("rating", "stars", "star rating", "review rating", "score", "review score", "grade", "rate"),
        *("puan", "yildiz", "puani", "verilen puan", "yildiz sayisi", "degerlendirme puani", "urun puani"),
    ),
    "reviewtitle": (
        *("title", "review title", "headline", "subject", "baslik", "yorum basligi", "degerlendirme basligi"),
    ),
    "reviewtext": (
        *("text", "review", "review text", "body", "review body", "content", "review content", "comment"),
        *("comment text", "message", "yorum", "yorum metni", "metin", "icerik", "degerlendirme", "gorus"),
        *("degerlendirme metni", "musteri yorumu", "urun yorumu", "aciklama", "mesaj"),
    ),
    "reviewproductid": (
        *("product id", "productid", "sku", "product sku", "product code", "product handle", "item id"),
        *("urun id", "urun kodu", "urun no", "stok kodu", "barkod", "barcode", "model kodu"),
    ),
    "reviewproductname": (
        *("product", "product name", "product title", "item", "item name", "urun", "urun adi", "urun ismi"),
    ),
    "revieworder": (
        *("order id", "order", "orderid", "order number", "order no", "order name", "siparis no", "siparis"),
        *("siparis numarasi", "siparis id", "siparis kodu"),
    ),
    "reviewcustomer": (
        *("customer id", "customerid", "customer no", "customer number", "user id", "member id"),
        *("musteri no", "musteri id", "musteri numarasi", "musteri kodu", "uye no", "uye id", "kullanici id"),
    ),
    "reviewemail": (
        *("email", "e mail", "mail", "customer email", "reviewer email", "author email", "eposta", "e posta"),
        *("musteri eposta", "musteri e posta", "e posta adresi", "eposta adresi", "musteri mail"),
    ),
    "reviewauthor": (
        *("author", "author name", "reviewer", "reviewer name", "name", "user name", "display name"),
        *("customer", "customer name", "nickname", "musteri", "musteri adi", "musteri adi soyadi", "rumuz"),
        *("ad soyad", "adi soyadi", "yazar", "isim", "yorum yapan", "yorumcu", "kullanici", "kullanici adi"),
        *("musteri ismi",),
    ),
    "reviewtime": (
        *("date", "review date", "created at", "created", "published at", "posted at", "submitted at"),
        *("time", "occurred at", "timestamp", "date created", "tarih", "yorum tarihi"),
        *("degerlendirme tarihi", "olusturma tarihi", "yayin tarihi", "eklenme tarihi"),
    ),
    "reviewlanguage": ("language", "lang", "locale", "dil", "dili"),
    "reviewsource": ("source", "kaynak", "channel", "kanal", "mecra"),
    "reviewmedia": (
        *("media", "photos", "photo", "images", "image", "picture urls", "photo urls", "media urls"),
        *("pictures", "gorsel", "gorseller", "fotograf", "fotograflar", "resim", "resimler"),
    ),
    "reviewstatus": ("status", "state", "published", "durum", "durumu", "onay durumu", "yayin durumu"),
    "reviewincentivized": ("incentivized", "incentivised", "rewarded", "odullu", "tesvikli", "odul verildi"),
}
