"""What people read for the codes of evidence."""

from service.accounts.labels.registry import Label, register

EVIDENCE = {
    "same_email": Label("Aynı e-posta adresi, başka yazılışla", "One e-mail address, written in two ways"),
    "same_payout": Label("Ödemeleri aynı hesaba gidiyor", "Both are paid into one account"),
    "kin_payout": Label(
        "Bu zincirdeki başkalarıyla aynı hesaba ödeniyor", "Paid into one account with others of this tree"
    ),
    "device_crowd": Label(
        "Bir günde aynı cihazda dört veya daha çok hesap", "Four or more accounts on one device on one day"
    ),
    "same_device": Label("Aynı gün aynı cihazda", "Both on one device on one day"),
    "kin_device": Label(
        "Bu zincirdeki başkalarıyla aynı gün aynı cihazda",
        "On one device on one day with others of this tree",
    ),
    "same_agent": Label(
        "Aynı gün, az kişinin bulunduğu aynı adreste, benzer tarayıcılarla",
        "At one address with browsers alike on one day, with few others",
    ),
    "same_address": Label(
        "Aynı gün, az kişinin bulunduğu aynı adreste", "Both at one address on one day, with few others"
    ),
    "crowded_address": Label(
        "Kalabalık bir adreste: bir şey söylemez", "Both at an address of many: says nothing"
    ),
    "same_domain": Label("E-postaları kendi alan adlarından", "E-mail addresses of one domain of their own"),
    "idle": Label(
        "En çok bir sipariş, başka gün hareket yok", "At most one order, and nothing on another day"
    ),
    "buys_again": Label("Farklı günlerde alışveriş yapıyor", "Orders on several days"),
    "burst": Label(
        "Savunucunun bir gün içinde beş veya daha çok yönlendirmesi",
        "Five or more referrals of this advocate within a day",
    ),
    "idle_star": Label(
        "Savunucunun getirdiklerinin neredeyse hiçbiri hareketli değil",
        "Nearly all whom this advocate brought are idle",
    ),
    "idle_referrer": Label("Savunucunun kendisi bir daha almadı", "The advocate never bought again"),
    "both_ways": Label("İkisi birbirini yönlendirdi", "The two referred each other"),
    "circle": Label("Üç veya daha çok kişi halka kurdu", "Three or more referred each other in a circle"),
    "tried_self": Label("Savunucu kendini yönlendirmeyi denedi", "The advocate tried to refer themselves"),
    "company": Label(
        "Yanındaki yönlendirmelerin çoğu şüpheli", "Most of the referrals next to it are in doubt"
    ),
    "neighbour": Label(
        "Yanındaki yönlendirmelerin üçte biri şüpheli", "A third of the referrals next to it are in doubt"
    ),
}
register("referral_evidence", EVIDENCE)
