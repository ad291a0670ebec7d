"""What people read for the codes of plans (GET /v1/labels)."""

from service.accounts.labels.registry import register
from service.discovery.plans.wording import NOTES

register(
    "plan_objective",
    {
        "unique_followers": ("Tekil takipçi", "Unique followers"),
        "unique_reach": ("Tekil erişim", "Unique reach"),
        "target_reach": ("Hedef kitle erişimi", "Target audience reach"),
        "spread": ("Ağda yayılım", "Spread in a network"),
    },
)
register(
    "plan_status",
    {
        "computing": ("Hesaplanıyor", "Computing"),
        "done": ("Hazır", "Done"),
        "failed": ("Başarısız", "Failed"),
        "cancelled": ("İptal edildi", "Cancelled"),
    },
)
register(
    "plan_method",
    {
        "subsets": ("Bütün seçenekler denendi", "All sets were compared"),
        "pairs": ("Bütün ikililerden başlayan açgözlü seçim", "Greedy, from every pair"),
        "greedy": ("Açgözlü seçim", "Greedy"),
    },
)
register(
    "plan_left_out",
    {
        "excluded": ("Hariç tutuldu", "Excluded"),
        "opted_out": ("Çıkmak istedi", "Opted out"),
        "archived": ("Arşivlendi", "Archived"),
        "no_account": ("Uygun platformda hesabı yok", "Has no account on these platforms"),
        "no_posts_planned": ("Paylaşım planlanmadı", "No post is planned"),
        "no_cost": ("Fiyatı bilinmiyor", "No cost is known"),
        "other_currency": ("Fiyatı başka para biriminde", "The price is in another currency"),
        "cost_too_large": ("Fiyat, hesaplanamayacak kadar büyük", "The price is larger than can be counted"),
        "no_audience_set": ("Takipçileri bilinmiyor", "Who follows is not known"),
        "uniform_sample": (
            "Yalnızca rastgele bir takipçi örneklemi biliniyor",
            "Only a uniform sample of followers is known",
        ),
        "sample_too_small": ("Takipçi örneklemi çok küçük", "The sample of followers is too small"),
        "no_reach_rate": ("Erişim oranı bilinmiyor", "No reach rate is known"),
        "target_unknown": (
            "Kitle dağılımı bilinmiyor",
            "The audience's distribution is not known",
        ),
        "over_budget": ("Bütçeyi aşıyor", "Costs more than the budget leaves"),
        "not_in_graph": ("Ağda yer almıyor", "Is not in the network"),
    },
)
register("plan_note", {str(code): label for code, label in NOTES.items()})
