"""What can go wrong with postbacks."""

from service.kit.problems import Conflict, NotFound


class UnknownPostback(NotFound):
    title = "Postback not found"
    slug = "postback-not-found"


class UnknownPostbackDelivery(NotFound):
    title = "Delivery not found"
    slug = "postback-delivery-not-found"


class TooManyPostbacks(Conflict):
    title = "Too many postbacks"
    slug = "too-many-postbacks"


class StillWaiting(Conflict):
    """A delivery that has not ended is sent anyway."""

    title = "The delivery is still on its way"
    slug = "still-waiting"


class PostbackStopped(Conflict):
    """Start it again first (`active: true`)."""

    title = "The postback is stopped"
    slug = "postback-stopped"


TURKISH = {
    "Postback not found": "Geri bildirim adresi bulunamadı",
    "Delivery not found": "Teslimat bulunamadı",
    "Too many postbacks": "Çok fazla geri bildirim adresi var",
    "The delivery is still on its way": "Teslimat hâlâ yolda",
    "The postback is stopped": "Geri bildirim durdurulmuş",
}
