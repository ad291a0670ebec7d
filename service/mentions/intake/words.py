"""Headers of mentions and reviews as exports have them, by the word that fields are described with."""

_AT = ("twitter", "x", "instagram", "facebook", "youtube", "tiktok", "reddit", "linkedin")


def _of_each(*names: str) -> tuple[str, ...]:
    """A figure, and that of each network: they stand in columns of their own."""
    return (*names, *(f"{network} {name}" for network in _AT for name in names))


WORDS: dict[str, tuple[str, ...]] = {
    "mentionid": (
        *("id", "mention id", "resource id", "resourceid", "native id", "guid", "external id", "post id"),
        *("tweet id", "review id", "reviewid", "comment id", "bahsetme id", "yorum id", "degerlendirme id"),
        *("mention no", "yorum no", "kayit no", "unique id", "status id", "uuid", "item id", "kimlik"),
    ),
    "mentionurl": (
        *("url", "link", "mention url", "permalink", "original url", "post url", "post link", "review url"),
        *("mention link", "article url", "tweet url", "tweet link", "baglanti", "adres", "yorum linki"),
        *("mention permalink", "haber linki", "gonderi linki", "review link", "web adresi", "data url"),
    ),
    "mentiontext": (
        *("text", "full text", "fulltext", "content", "body", "message", "mention", "mention content"),
        *("mention text", "tweet", "tweet text", "post text", "post content", "caption", "comment", "review"),
        *("review text", "review body", "review content", "comment text", "description", "hit sentence"),
        *("metin", "icerik", "mesaj", "yorum", "yorum metni", "degerlendirme", "gorus", "aciklama"),
        *("gonderi metni", "gonderi", "sikayet", "sikayet metni", "bahsetme", "feedback", "geri bildirim"),
        *("answer", "cevap", "opinion", "sound bite text", "entry", "data content", "comments text"),
    ),
    "mentionsnippet": (
        *("snippet", "content snippet", "excerpt", "ozet", "summary", "description short", "opening text"),
        *("data content snippet",),
    ),
    "mentiontitle": (
        *("title", "headline", "subject", "baslik", "konu", "review title", "haber basligi", "yorum basligi"),
        *("degerlendirme basligi", "data title", "mention title"),
    ),
    "mentiontime": (
        *("date", "published", "published at", "publish date", "publication date", "published date"),
        *("date time", "datetime", "time published", "created", "created at", "created time", "created date"),
        *("timestamp", "posted at", "post date", "posted", "mention date", "tweet created", "tweet date"),
        *("review date", "date utc", "created utc", "tarih", "yayin tarihi", "yayinlanma tarihi"),
        *("yorum tarihi", "olusturma tarihi", "gonderi tarihi", "paylasim tarihi", "degerlendirme tarihi"),
        *("tarih saat", "submitted at", "submission date", "data published", "comment date", "date created"),
    ),
    "mentionclock": ("time", "saat", "hour", "time of day", "yayin saati"),
    "mentionadded": (
        *("added", "indexed", "search indexed", "added at", "insert time", "eklenme tarihi", "data indexed"),
    ),
    "mentionseen": (
        *("updated", "updated at", "observed at", "last updated", "guncelleme tarihi", "as of"),
        *("son guncelleme",),
    ),
    "mentionsource": ("source", "kaynak", "tool", "provider", "data source", "veri kaynagi"),
    "mentionplatform": (
        *("platform", "page type", "pagetype", "network", "channel", "source type", "media type", "medium"),
        *("social network", "content source", "content source name", "mecra", "kanal", "sosyal ag"),
        *(
            "kaynak turu",
            "kaynak tipi",
            "mecra turu",
            "page type name",
            "store",
            "magaza",
            "data source type",
        ),
    ),
    "mentionkind": (
        *("kind", "type", "mention type", "content type", "post type", "tur", "icerik turu", "icerik tipi"),
        *("gonderi turu", "tip", "message type"),
    ),
    "mentionlanguage": ("language", "lang", "dil", "language code", "icerik dili", "data lang", "yorum dili"),
    "mentioncountry": (
        *(
            "country",
            "country code",
            "ulke",
            "ulke kodu",
            "location country",
            "author country",
            "yazar ulkesi",
        ),
        *("reviewer country",),
    ),
    "mentionauthor": (
        *("author", "author name", "reviewer", "reviewer name", "user", "user name"),
        *("name", "nickname", "customer", "posted by", "yazar", "yazar adi", "kullanici"),
        *("musteri", "degerlendiren", "yorum yapan", "yorumcu", "ad", "isim"),
        *("extra author attributes name",),
    ),
    "mentionfullname": ("full name", "fullname", "author full name", "ad soyad", "adi soyadi"),
    "mentionhandle": (
        *("handle", "author handle", "username", "screen name", "user screen name", "kullanici adi"),
        *("author username", "twitter handle", "account", "hesap", "extra author attributes short name"),
    ),
    "mentionauthorid": (
        *("author id", "user id", "twitter author id", "reviewer id", "kullanici id", "customer id"),
        *("facebook author id", "extra author attributes id", "yazar id"),
    ),
    "mentionthread": (
        *("thread id", "parent id", "conversation id", "thread", "product id", "urun id", "urun kodu"),
        *("in reply to status id",),
    ),
    "mentionfollowers": (
        *_of_each("followers", "follower count", "followers count"),
        *("takipci", "takipci sayisi", "author followers", "subscribers", "takipciler", "user followers"),
    ),
    "mentionreach": (
        *("reach", "reach new", "reach estimate", "potential reach", "estimated reach", "cumulative reach"),
        *("erisim", "tahmini erisim", "potansiyel erisim", "data reach", "domain reach", "okuyucu"),
    ),
    "mentionimpressions": ("impressions", "gosterim", "potential impressions", "gosterimler"),
    "mentionviews": (
        *_of_each("views", "view count", "video views"),
        *("goruntulenme", "izlenme", "izlenme sayisi", "goruntulenme sayisi"),
    ),
    "mentionlikes": (
        *_of_each("likes", "like count", "favorites", "favourites"),
        *("begeni", "begeni sayisi", "begeniler", "reactions", "upvotes", "facebook reactions", "helpful"),
        *("thumbs up", "thumbs up count", "reddit score", "article extended attributes facebook likes"),
        *("faydali", "article extended attributes twitter likes"),
    ),
    "mentioncomments": (
        *_of_each("comments", "comment count", "comments count", "replies", "reply count", "num comments"),
        *("yorum sayisi", "yorumlar", "yanit sayisi", "yanitlar", "article extended attributes num comments"),
    ),
    "mentionshares": (
        *_of_each("shares", "share count", "retweets", "retweet count", "reposts"),
        *("paylasim", "paylasim sayisi", "paylasimlar", "rt", "retweet"),
        *("article extended attributes facebook shares", "article extended attributes twitter shares"),
    ),
    "mentionengagement": (
        *("engagement", "engagements", "interactions", "total engagement", "etkilesim", "etkilesim sayisi"),
        *("toplam etkilesim", "total interactions", "data engagement"),
    ),
    "mentionstars": (
        *("stars", "star", "rating", "star rating", "review rating", "score", "overall rating", "ratings"),
        *("yildiz", "puan", "degerlendirme puani", "yildiz sayisi", "puani", "reviewer rating", "nps score"),
        *("review score", "musteri puani", "verilen puan", "overall score", "rating value", "rate"),
    ),
    "mentionscore": (
        *("sentiment score", "sentiment 1to1", "sentiment value", "polarity", "duygu skoru", "duygu puani"),
        *("tone score", "sentiment polarity", "sentiment 1 to 1"),
    ),
    "mentionsentiment": (
        *("sentiment", "sentiment label", "sentiment bucket", "label", "tone", "airline sentiment", "duygu"),
        *("duygu durumu", "durum", "duygu analizi", "mention sentiment", "polarity label", "algi", "etki"),
        *(
            "is there an emotion directed at a brand or product",
            "emotion",
            "overall sentiment",
            "data sentiment",
        ),
        *("is there an emotion", "directed at a brand", "or product"),
        *("raw sentiment", "etiket", "duygu etiketi"),
    ),
    "mentiontags": (
        *("tags", "tag", "topic tags", "topics", "categories", "etiketler", "konular", "category"),
        *("kategori", "labels", "brand", "brand mentioned", "marka", "airline", "product", "product name"),
        *("urun", "urun adi", "query name", "matched queries", "sorgu", "negativereason", "negative reason"),
        *("emotion in tweet is", "directed at", "app", "app name", "keywords", "hashtags", "hashtag"),
    ),
    # Known so that nothing else is taken for them.
    "mentionaside": (
        *("domain", "site", "query id", "author type", "manufacturer", "gender", "city", "region", "state"),
        *("dma region", "has video", "avatar url", "media urls", "media url", "image", "email", "phone"),
        *("e posta", "telefon", "sehir", "continent", "continent code", "region code", "city code", "status"),
        *(
            "checked",
            "starred",
            "assignment",
            "priority",
            "sentiment confidence",
            "airline sentiment confidence",
        ),
        *("account type", "professions", "interest", "impact", "monthly visitors", "displayurls"),
        *("engagement rate", "twitter following", "twitter post count", "twitter verified", "subtype"),
        *("order id", "siparis no", "verified", "verified purchase", "dogrulanmis", "retweet of", "reply to"),
        *("response", "yanit", "owner response", "magaza cevabi", "version", "surum", "device", "cihaz"),
    ),
}
