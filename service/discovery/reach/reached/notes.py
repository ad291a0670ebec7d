"""What has to be known to read the figures of a list's reach (pure)."""

from collections.abc import Callable, Sequence

from graph.audiences import HashSample
from service.accounts.labels.registry import Label, Language
from service.discovery.reach.reached.schemas import ReachNote
from service.discovery.reach.schemas import Candidate
from service.kit import ids

NOTES: dict[str, Label] = {
    "rates_assumed": Label(
        "Bu influencer'ların erişim oranı kendi verisi değil; ayardan ya da bir tablodan alındı.",
        "The reach rates of these are not from their own figures: from the workspace's setting or a table.",
    ),
    "rates_of_views": Label(
        "Bu influencer'ların erişim oranı görüntülenmelerden hesaplandı; biri birkaç kez izlemiş olabilir.",
        "The reach rates of these are made from views, and one person may have watched more than once.",
    ),
    "rates_of_few_posts": Label(
        "Bu oranlar altıdan az gönderiye dayanıyor; aralıkları geniştir.",
        "These rates rest on fewer than six posts: their intervals are wide.",
    ),
    "rates_of_sponsored_posts": Label(
        "Bu oranlar yalnızca sponsorlu gönderilerden biliniyor.",
        "These rates are known from sponsored posts alone.",
    ),
    "sets_sampled": Label(
        "Bu kitlelerin yalnızca bir örneklemi biliniyor; ortak takipçiler tahmindir.",
        "Of these audiences only a sample is known: who is in several is an estimate.",
    ),
    "not_in_figure": Label(
        "Bu influencer'lar tekil erişimde yok; nedeni her birinde yazılı.",
        "These influencers are not in unique reach; each says why.",
    ),
    "fakes_unknown": Label(
        "Bu hesapların takipçi örneklemi yok; sahte takipçiler düşülemedi.",
        "There is no sample of these accounts' followers, so that no fakes are taken off.",
    ),
    "platforms_not_linked": Label(
        "Platformlar arasında kişiler eşlenmedi: aynı kişi iki platformda tanınmaz, rakamlar sınırdır.",
        "People are not linked between the platforms: nobody is known to be the same, figures are bounds.",
    ),
    "platforms_linked": Label(
        "İki platformda olan kişi, kimlikleri eşlendiyse bir kez, eşlenmediyse iki kişi sayılır;"
        " alt sınır en büyük platformundur.",
        "Who is on two platforms counts once where the identities are linked, and as two people elsewhere;"
        " the low end is the largest platform's own figure.",
    ),
    "outside_unknown": Label(
        "Takipçiler dışında erişilen kişiler bu influencer'lar için bilinmiyor.",
        "How many people these reach outside their followers is not known.",
    ),
    "prices_missing": Label(
        "Bu influencer'ların planlanan gönderileri için çalışma alanı para biriminde fiyat yok.",
        "These have no price for the planned posts in the workspace's currency.",
    ),
    "posts_assumed": Label(
        "Paylaşım belirtilmedi: her influencer için bir paylaşım varsayıldı.",
        "No posts were given: one post of each influencer is assumed.",
    ),
    "target_unknown": Label(
        "Bu kitlelerin ne kadarının hedefte olduğu bilinmiyor; hedef erişimine katılmadılar.",
        "Which share of these audiences is in the target is not known: they are not in the target's reach.",
    ),
    "target_independent": Label(
        "Kitle boyutları ayrı ayrı bilindiği için birbirinden bağımsız sayıldı.",
        "Audiences are known dimension by dimension, so the dimensions are taken as independent.",
    ),
}
_ABOUT_RATES: dict[str, Callable[[Candidate], bool]] = {
    "rates_assumed": lambda each: any(rate.assumed for rate in each.rates),
    "rates_of_views": lambda each: any(rate.basis in ("views", "average_views") for rate in each.rates),
    "rates_of_few_posts": lambda each: any(rate.n is not None and rate.n < 6 for rate in each.rates),
    "rates_of_sponsored_posts": lambda each: any(rate.sponsored for rate in each.rates),
    "sets_sampled": lambda each: isinstance(each.audience, HashSample),
    "fakes_unknown": lambda each: each.fakes is None and each.presence is not None,
    "outside_unknown": lambda each: len(each.outside) < len(each.planned),
    "prices_missing": lambda each: each.cost.amount is None and bool(each.planned),
}


def worded(some: Sequence[ReachNote], language: Language) -> list[ReachNote]:
    """The same notes in another language."""
    return [ReachNote(each.code, getattr(NOTES[each.code], language), each.influencer_ids) for each in some]


def notes(
    candidates: Sequence[Candidate],
    outside_figure: Sequence[Candidate],
    without_target: Sequence[Candidate],
    codes: Sequence[str],
    language: Language,
) -> list[ReachNote]:
    """Those that concern somebody, and `codes`, which concern all."""
    concerned = {code: [each for each in candidates if is_so(each)] for code, is_so in _ABOUT_RATES.items()}
    concerned |= {"not_in_figure": list(outside_figure), "target_unknown": list(without_target)}
    return [
        ReachNote(code, getattr(label, language), [ids.show("inf", each.influencer_id) for each in whom])
        for code, label in NOTES.items()
        for whom in [concerned.get(code, [])]
        if whom or code in codes
    ]
