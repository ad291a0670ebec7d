"""The provinces of Türkiye by plate number, which is the number in ISO 3166-2 (TR-34), and the
names that people use."""

from functools import cache

from service.kit.text import fold_tr

_IN_ORDER = """
Adana Adıyaman Afyonkarahisar Ağrı Amasya Ankara Antalya Artvin Aydın Balıkesir Bilecik Bingöl Bitlis Bolu
Burdur Bursa Çanakkale Çankırı Çorum Denizli Diyarbakır Edirne Elazığ Erzincan Erzurum Eskişehir Gaziantep
Giresun Gümüşhane Hakkâri Hatay Isparta Mersin İstanbul İzmir Kars Kastamonu Kayseri Kırklareli Kırşehir
Kocaeli Konya Kütahya Malatya Manisa Kahramanmaraş Mardin Muğla Muş Nevşehir Niğde Ordu Rize Sakarya Samsun
Siirt Sinop Sivas Tekirdağ Tokat Trabzon Tunceli Şanlıurfa Uşak Van Yozgat Zonguldak Aksaray Bayburt Karaman
Kırıkkale Batman Şırnak Bartın Ardahan Iğdır Yalova Karabük Kilis Osmaniye Düzce
"""
NAMES = tuple(_IN_ORDER.split())
"""TR-01 first."""

_ALSO = {
    3: ("afyon",),
    27: ("antep",),
    31: ("antakya", "iskenderun"),
    33: ("icel", "tarsus"),
    34: ("constantinople", "istanbul avrupa", "istanbul anadolu", "stanbul"),
    35: ("smyrna",),
    41: ("izmit", "gebze"),
    46: ("maras",),
    48: ("bodrum", "fethiye", "marmaris"),
    54: ("adapazari",),
    62: ("dersim",),
    63: ("urfa",),
    7: ("alanya",),
}


@cache
def codes() -> dict[str, str]:
    """Folded name -> code.

    >>> codes()["istanbul"], codes()["duzce"], len(NAMES)
    ('TR-34', 'TR-81', 81)
    """
    found = {fold_tr(name): f"TR-{number:02d}" for number, name in enumerate(NAMES, start=1)}
    found |= {other: f"TR-{number:02d}" for number, others in _ALSO.items() for other in others}
    return found
