"""What people read for the codes of overlap and reach (GET /v1/labels)."""

from service.accounts.labels.registry import register
from service.discovery.reach.reached.notes import NOTES

register(
    "reach_method",
    {
        "exact": ("Kesin", "Exact"),
        "hash_samples": ("Ortak özetli örneklemler", "Samples by a common hash"),
        "uniform_samples": ("Bağımsız rastgele örneklemler", "Independent random samples"),
        "mixed_samples": ("Farklı türde örneklemler", "Samples of different kinds"),
        "none": ("Bilinmiyor", "Not known"),
    },
)
register(
    "reach_rate_basis",
    {
        "reach": ("Gönderilerin erişimi", "Reach of the posts"),
        "views": ("Gönderilerin görüntülenmesi", "Views of the posts"),
        "average_views": ("Ortalama görüntülenme", "Average views, as a vendor says"),
        "workspace": ("Çalışma alanı ayarı", "The workspace's setting"),
        "built_in": ("Yayımlanmış tablo", "A table of published figures"),
    },
)
register(
    "reach_reason",
    {
        "unknown": ("Böyle bir influencer yok", "There is no such influencer"),
        "archived": ("Arşivlendi", "Archived"),
        "opted_out": ("Çıkmak istedi", "Opted out"),
        "no_account": ("Uygun platformda hesabı yok", "Has no account on these platforms"),
        "unknown_account": ("Böyle bir hesabı yok", "Has no such account"),
        "no_audience_set": ("Takipçileri bilinmiyor", "Who follows is not known"),
        "no_audience_sets": ("Kimsenin takipçileri bilinmiyor", "Nobody's followers are known"),
        "followers_unknown": ("Takipçi sayısı bilinmiyor", "The number of followers is not known"),
        "uniform_sample": (
            "Yalnızca rastgele bir takipçi örneklemi biliniyor",
            "Only a uniform sample of followers is known",
        ),
        "too_few_sampled": ("Takipçi örneklemleri çok küçük", "The samples of followers are too small"),
        "too_few_matches": ("Örneklemlerde ortak kişi çok az", "Too few people are in several samples"),
        "too_many_matches": (
            "Örneklemlerde ortak kişi bağımsız örneklemler için çok fazla",
            "More people are in several samples than in independent ones of such audiences",
        ),
        "mixed_samples": ("Farklı türde örneklemler karşılaştırılamaz", "Samples of two kinds don't compare"),
        "sizes_only": ("Bazılarının yalnızca sayısı biliniyor", "Of some only the number is known"),
        "platforms_not_linked": ("Platformlar arasında kişiler eşlenmedi", "People are not linked"),
        "no_reach_rate": ("Erişim oranı bilinmiyor", "No reach rate is known"),
        "no_posts_planned": ("Paylaşım planlanmadı", "No post is planned"),
        "no_followers": ("Takipçisi yok", "Nobody follows"),
        "overlap_unknown": ("Ne kadarının aynı kişi olduğu bilinmiyor", "How many are the same is not known"),
        "outside_unknown": ("Takipçi dışı erişim bilinmiyor", "Reach outside the followers is not known"),
        "target_unknown": ("Kitlenin hedefteki payı bilinmiyor", "The share in the target is not known"),
        "nobody_in_figure": ("Hesaba katılan influencer yok", "No influencer is in the figure"),
        "no_rate_card": ("Fiyatı bilinmiyor", "No price is known"),
        "other_currency": ("Fiyatı başka para biriminde", "The price is in another currency"),
        "cost_too_large": ("Fiyat, hesaplanamayacak kadar büyük", "The price is larger than can be counted"),
        "without_price": ("Bazılarının fiyatı bilinmiyor", "Some prices are not known"),
        "members_gone": ("Planın bazı influencer'ları artık yok", "Some of the plan's influencers are gone"),
        "nobody_reached": ("Kimseye erişilmiyor", "Nobody is reached"),
    },
)
register("reach_note", dict(NOTES))
