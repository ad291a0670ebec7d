"""A plan's certificate and notes as people read them, in Turkish and English (pure)."""

from collections.abc import Sequence
from typing import Literal

from service.accounts.labels.registry import Label
from service.discovery.plans.schemas import Note, NoteCode, Totals

Language = Literal["en", "tr"]

NOTES: dict[NoteCode, Label] = {
    "sampled": Label(
        "Plan, tüm üyelikleri bilinen bir kişi örneklemiyle yapıldı; sınır bu örneklem için geçerlidir.",
        "The plan was made on sampled people of whom all memberships are known; the bound holds for them.",
    ),
    "platforms_not_linked": Label(
        "Platformlar arasında kişiler eşlenmediği için her platformdaki kişiler ayrı sayıldı.",
        "People are not linked between the platforms: those of each platform are counted by themselves.",
    ),
    "platforms_linked": Label(
        "İki platformda olan kişi, kimlikleri eşlendiyse bir kez, eşlenmediyse iki kişi sayılır;"
        " alt sınır en büyük platformundur.",
        "Who is on two platforms counts once where the identities are linked, and as two people elsewhere;"
        " the low end is the largest platform's own figure.",
    ),
    "posts_assumed": Label(
        "Paylaşım belirtilmedi: her influencer için bir paylaşım varsayıldı.",
        "No posts were given: one post of each influencer is assumed.",
    ),
    "rates_assumed": Label(
        "Bazı erişim oranları hesabın kendi verisinden değil, bir tablodan alındı.",
        "Some reach rates are taken from a table, not from the account's own figures.",
    ),
    "target_independent": Label(
        "Kitle boyutları ayrı ayrı bilindiği için birbirinden bağımsız sayıldı.",
        "Audiences are known dimension by dimension, so the dimensions are taken as independent.",
    ),
    "tax_differs": Label(
        "Fiyatların bir kısmında vergi dahil, bir kısmında hariç ya da belirsiz.",
        "Tax is part of some prices, and not of others or not known to be.",
    ),
    "audiences_unknown": Label(
        "Bütçe herkese yetiyor; takipçileri bilinmeyenler de sayıldığı için tekil erişim bilinmiyor.",
        "The budget is enough for everybody; with those whose followers are not known, reach is not known.",
    ),
    "spread_estimated": Label(
        "Yayılım, ağdan rastgele çekilen kümelerle tahmin edildi; sınırlar belirtilen olasılıkla geçerlidir.",
        "Spread is estimated on random sets of the network; the bounds hold with the stated probability.",
    ),
    "spread_memory": Label(
        "Bellek sınırına ulaşıldığı için seçim planlanandan az kümeyle yapıldı; sınırlar yine geçerlidir.",
        "Memory ended, so fewer random sets than planned made the choice; the bounds hold all the same.",
    ),
    "not_in_graph": Label(
        "Planda olması istenenlerden bazıları ağda yok: yayılıma bir şey katmıyorlar.",
        "Some who must be included are not in the network: they add nothing to the spread.",
    ),
    "members_gone": Label(
        "Planın bazı influencer'ları artık yok; rakamlar kalanlarındır ve erişimleri için yeni plan gerekir.",
        "Some influencers of the plan are gone: figures are of the others, whose reach needs a new plan.",
    ),
    "hidden": Label(
        "Planın bazı influencer'ları silindi ya da çıkmak istedi; toplamlar onlarla hesaplandı.",
        "Some influencers of the plan were erased or opted out; the totals are with them.",
    ),
}


def notes(codes: Sequence[NoteCode], language: Language) -> list[Note]:
    """Each with its text."""
    return [Note(code, getattr(NOTES[code], language)) for code in codes]


def sentence(totals: Totals, language: Language) -> str:
    """How good the plan is; a share is rounded down, so that it is never better than it is.

    >>> share(0.9399)
    93
    """
    turkish = language == "tr"
    if not totals.chosen:
        return "Bu bütçeyle kimse alınamıyor." if turkish else "Nobody can be taken for this budget."
    if totals.exact:
        said = "Bu bütçeyle mümkün olan en iyi plan" if turkish else "The best plan for this budget"
    else:
        least = share(totals.optimality)
        said = (
            f"En iyi planın en az %{least}'{_ending(least)}"
            if turkish
            else f"At least {least}% of the optimum"
        )
    if totals.spread is not None and not totals.exact:
        return _likely(said, totals.spread.confidence, turkish)
    if totals.sampled is None:
        return f"{said}."
    sampled = f"{totals.sampled:,}"
    if turkish:
        return f"{said} ({sampled.replace(',', '.')} kişilik örneklemde)."
    return f"{said}, among {sampled} sampled people."


def _likely(said: str, confidence: float, turkish: bool) -> str:
    """What holds with a probability.

    >>> _likely("At least 93% of the optimum", 0.999, turkish=False)
    'At least 93% of the optimum, with a probability of 99.9%.'
    """
    percents = f"{confidence * 100:g}"
    if turkish:
        return f"%{percents.replace('.', ',')} olasılıkla {said[0].lower()}{said[1:]}."
    return f"{said}, with a probability of {percents}%."


def _ending(number: int) -> str:
    """The possessive that a number is read with in Turkish, by its last word.

    >>> _ending(93), _ending(90), _ending(40), _ending(86), _ending(100), _ending(0)
    ('ü', 'ı', 'ı', 'sı', 'ü', 'ı')
    """
    if number % 10:
        return ("", "i", "si", "ü", "ü", "i", "sı", "si", "i", "u")[number % 10]
    return {10: "u", 20: "si", 30: "u", 50: "si", 70: "i", 80: "i", 100: "ü"}.get(number, "ı")


def share(optimality: float) -> int:
    """A share as whole percents, rounded down."""
    percents = int(optimality * 100)
    return percents if percents / 100 <= optimality else percents - 1
