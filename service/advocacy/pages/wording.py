"""What pages to join on say, in Turkish and English; and the mail that asks for a confirmation. Pure."""

import hashlib
from typing import Final

from service.advocacy.pages.schemas import Ended, JoinTexts
from service.kit.mail import Words
from service.programs.pages.schemas import Consent, WordedLine, WordedProse
from service.programs.pages.showing import in_language
from service.programs.preferences.schemas import Language

LANGUAGES: Final[tuple[Language, Language]] = ("tr", "en")
DAYS: Final = 3
# Nothing that the sender of the form wrote stands in it: it goes to whatever address they gave.
MAIL: Final = Words(
    tr=(
        "{brand}: katılımınızı onaylayın",
        "Merhaba,\n\nbu adresle {brand} markasının {program} programına katılmak istendi. Siz istediyseniz "
        "{days} gün içinde buradan onaylayın:\n\n{link}\n\nSiz istemediyseniz bir şey yapmanız gerekmez: "
        "onaylanmayan bilgiler silinir ve size başka ileti gönderilmez.\n",
    ),
    en=(
        "{brand}: please confirm that you join",
        "Hello,\n\nsomebody asked to join {program} of {brand} with this address. If it was you, please "
        "confirm within {days} days here:\n\n{link}\n\nIf it wasn't, there is nothing to do: what is not "
        "confirmed is deleted, and nothing more is sent to you.\n",
    ),
)
# Law 6698 (KVKK), articles 5, 10 and 11; GDPR, articles 6 and 13. What people are told stands by itself, and
# nobody has to agree to it (Aydınlatma Yükümlülüğü Tebliği, 10.03.2018, article 5).
_NOTICE: Final[dict[Language, str]] = {
    "tr": (
        "Veri sorumlusu {brand}; verdiğiniz kişisel verileri (ad, e-posta adresi), önerilerinizle ilgili "
        "kayıtları ve katılırken kullandığınız ağ adresi ile tarayıcının geri döndürülemeyen özetini, "
        "kişisel bağlantınızı ve kodunuzu oluşturmak, önerilerinizi izlemek, ödüllerinizi vermek ve kötüye "
        "kullanımı önlemek için 6698 sayılı Kişisel Verilerin Korunması Kanunu uyarınca işler. Programdan "
        "dilediğiniz zaman ayrılabilir, verilerinize erişebilir, düzeltilmelerini ve silinmelerini "
        "isteyebilirsiniz."
    ),
    "en": (
        "{brand} processes the personal data that you give here (name, e-mail address), records of what you "
        "recommend, and a digest, which can't be turned back, of the network address and browser that you "
        "join with, to make your personal link and code, to follow your recommendations, to give you your "
        "rewards and to prevent abuse, under Turkish law no. 6698 (KVKK) and the GDPR. You can leave at any "
        "time, and ask to see your data, to have them corrected or erased."
    ),
}
_CONSENT: Final[dict[Language, str]] = {
    "tr": "{program} programına katılmak istiyorum.",
    "en": "I want to join {program}.",
}
# Law 6563: consent to commercial messages is asked for by itself, and nothing hangs on it.
_MARKETING: Final[dict[Language, str]] = {
    "tr": (
        "{brand} bana yenilik ve kampanyalarını e-posta ile gönderebilir. Bu izin zorunlu değildir; "
        "dilediğim zaman geri alabilirim."
    ),
    "en": (
        "{brand} may send me news and offers by e-mail. I don't have to agree to this, and can withdraw it "
        "at any time."
    ),
}
RECEIVED: Final[dict[Language, str]] = {
    "tr": "E-posta kutunuza bakın: katılımınızı onaylamanız için bir bağlantı gönderdik.",
    "en": "Look into your mailbox: we sent a link to confirm that you join.",
}
TEXTS: Final[dict[str, tuple[str, str]]] = {
    "headline": ("{brand} markasını önerin, ödül kazanın", "Recommend {brand}, and be rewarded"),
    "intro": (
        "Katılın; size özel bir bağlantı ve kod verelim. Arkadaşlarınız onlarla alışveriş yaptıkça ödül "
        "kazanırsınız.",
        "Join, and get a link and a code of your own. You are rewarded when friends buy by them.",
    ),
    "invited": ("Bir arkadaşınız sizi davet etti.", "A friend invites you."),
    "only_customers": (
        "Bu program, bu e-posta adresiyle alışveriş yapmış müşteriler içindir.",
        "This program is for customers who have ordered with this e-mail address.",
    ),
    "terms": ("Koşullar", "Terms"),
    "notice": ("Kişisel verileriniz", "Your personal data"),
    "name": ("Adınız", "Your name"),
    "email": ("E-posta adresiniz", "Your e-mail address"),
    "email_hint": ("Onay bağlantısı buraya gönderilir.", "The link to confirm is sent there."),
    "board_name": ("Sıralamada görünecek ad", "Name on the leaderboard"),
    "board_hint": (
        "Sıralamada görünmek istemiyorsanız boş bırakın.",
        "Leave it empty if you don't want to be on it.",
    ),
    "required": ("zorunlu", "required"),
    "optional": ("isteğe bağlı", "optional"),
    "fax": ("Bu alanı boş bırakın", "Leave this field empty"),
    "join": ("Katıl", "Join"),
    "faults": (
        "Bazı alanlar düzeltilmeli. Her birinin yanında nedeni yazıyor.",
        "Some fields need another look. The reason stands beside each of them.",
    ),
    "fault_name": ("Adınızı yazın (en fazla 200 karakter).", "Give your name (at most 200 characters)."),
    "fault_email": ("Geçerli bir e-posta adresi yazın.", "Give a valid e-mail address."),
    "fault_board_name": ("En fazla 200 karakter olabilir.", "At most 200 characters."),
    "fault_consent": ("Katılmak için bunu kabul etmeniz gerekiyor.", "You have to agree to this to join."),
    "stale": (
        "Sayfa çok uzun süre açık kaldı ya da metinler değişti. Metinlere bakıp yeniden gönderin.",
        "The page was open for too long, or its texts have changed. Look at them and send it again.",
    ),
    "sent": ("E-posta kutunuza bakın", "Look into your mailbox"),
    "sent_text": (
        "Katılımınızı onaylamanız için bir bağlantı gönderdik. Bağlantı {days} gün geçerlidir. Gelmediyse "
        "istenmeyen postalara bakın.",
        "We sent a link to confirm that you join. It is good for {days} days. If it doesn't arrive, look "
        "among unwanted mails.",
    ),
    "confirm": ("Katılımınızı onaylayın", "Please confirm that you join"),
    "confirm_text": (
        "{brand} markasının {program} programına katılıyorsunuz.",
        "You are about to join {program} of {brand}.",
    ),
    "confirm_button": ("Onayla ve katıl", "Confirm and join"),
    "yours": ("{name}, artık aramızdasınız", "{name}, you are in"),
    "yours_text": (
        "Bağlantınızı ya da kodunuzu tanıdığınız kişilerle paylaşın. Daveti siz gönderirsiniz; biz "
        "arkadaşlarınıza yazmayız.",
        "Share your link or code with people whom you know. It is you who invites them; we never write to "
        "your friends.",
    ),
    "your_link": ("Bağlantınız", "Your link"),
    "your_code": ("Kodunuz", "Your code"),
    "your_page": ("Arkadaşınızı programa davet edin", "Invite a friend to join too"),
    "copy_hint": (
        "Kopyalamak için dokunup tümünü seçin.",
        "Tap into it and select all to copy.",
    ),
    "whatsapp": ("WhatsApp ile paylaş", "Share by WhatsApp"),
    "mail": ("E-posta ile paylaş", "Share by e-mail"),
    "qr": ("Bağlantınızın karekodu", "Your link as a QR code"),
    "log_in": ("Ödüllerinizi görmek için giriş yapın", "Log in to see your rewards"),
    "share_link": ("{brand} için davetim: {link}", "My invitation to {brand}: {link}"),
    "share_code": ("{brand} için kodum: {code}", "My code for {brand}: {code}"),
    "share_own": ("{text} {link}", "{text} {link}"),
    "and_code": (" (kod: {code})", " (code: {code})"),
    "share_subject": ("{brand} için davet", "An invitation to {brand}"),
    "failed_403": ("Form kabul edilmedi", "The form was not accepted"),
    "failed_403_text": (
        "Sayfayı yeniden açıp bir kez daha deneyin.",
        "Open the page again and try once more.",
    ),
    "failed_404": ("Böyle bir sayfa yok", "There is no such page"),
    "failed_404_text": (
        "Bağlantı eksik kopyalanmış, kullanılmış ya da süresi dolmuş olabilir.",
        "The link may have been copied incompletely, or is too old.",
    ),
    "failed_429": ("Çok fazla deneme", "Too many tries"),
    "failed_429_text": ("Biraz bekleyip yeniden deneyin.", "Wait a little and try again."),
    "failed": ("Bir şeyler ters gitti", "Something went wrong"),
    "failed_text": ("Biraz sonra yeniden deneyin.", "Please try again in a while."),
}
ENDS: Final[dict[Ended, tuple[tuple[str, str], tuple[str, str]]]] = {
    "closed": (
        ("Katılım şu anda kapalı", "Nobody can join at the moment"),
        ("{brand} bu sayfadan yeni katılım almıyor.", "{brand} lets nobody join by this page now."),
    ),
    "customers_only": (
        ("Bu program müşteriler için", "This program is for customers"),
        (
            "Bu e-posta adresiyle verilmiş bir sipariş bulamadık. Alışverişten sonra yeniden deneyin.",
            "We know of no order with this e-mail address. Try again once you have ordered.",
        ),
    ),
    "resting": (
        ("Üyeliğiniz şu anda etkin değil", "Your membership is not active"),
        ("Ayrıntıları {brand} size anlatabilir.", "{brand} can tell you more."),
    ),
    "waiting": (
        ("Kaydınız hazır", "You are registered"),
        (
            "İlk alışverişinizle ya da olumlu paylaşımınızla katılmış olursunuz.",
            "You are in with your first order, or once you say something good of the brand.",
        ),
    ),
    "partner": (
        ("Bu adres zaten kayıtlı", "This address is registered already"),
        (
            "Bu adresle programın iş ortağısınız: e-posta ile gelen bir kodla giriş yapabilirsiniz.",
            "You are a partner of this program with this address: log in by a code that is mailed to you.",
        ),
    ),
    "joined": (("Katıldınız", "You are in"), ("", "")),
    "member": (("Zaten aramızdasınız", "You are in already"), ("", "")),
}


def said(name: str, language: Language, /, **values: str) -> str:
    """A text with its values.

    >>> said("headline", "en", brand="Kahve")
    'Recommend Kahve, and be rewarded'
    """
    return TEXTS[name][language == "en"].format(**values)


def own(text: WordedLine | WordedProse | None, name: str, language: Language, /, **values: str) -> str:
    """The brand's own words, else the house's."""
    return in_language(text, language) or said(name, language, **values)


def notice(texts: JoinTexts, language: Language, brand: str) -> str:
    """What whoever joins is told of their data."""
    return in_language(texts.notice, language) or _NOTICE[language].format(brand=brand)


def consent(texts: JoinTexts, language: Language, brand: str, program: str) -> Consent:
    """What whoever joins agrees to; another text, or another notice beside it, is another version."""
    text = in_language(texts.consent, language) or _CONSENT[language].format(program=program)
    together = kept(notice(texts, language, brand), Consent("", text))
    return Consent(_versioned(together.text).version, text)


def kept(told: str, agreed: Consent) -> Consent:
    """What is kept as shown: the notice, and what was agreed to."""
    return Consent(agreed.version, f"{told}\n\n{agreed.text}")


def marketing(texts: JoinTexts, language: Language, brand: str) -> Consent:
    """What the second box agrees to."""
    return _versioned(in_language(texts.marketing, language) or _MARKETING[language].format(brand=brand))


def _versioned(text: str) -> Consent:
    return Consent(hashlib.sha256(text.encode()).hexdigest()[:16], text)


def message(
    texts: JoinTexts, language: Language, brand: str, link: str | None, code: str | None
) -> str | None:
    """What an advocate sends to a friend; None where there is nothing to share.

    >>> message(JoinTexts(), "en", "Kahve", "https://e.example/r/x", "AYSE")
    'My invitation to Kahve: https://e.example/r/x (code: AYSE)'
    """
    start = in_language(texts.share, language)
    if link is None:
        return None if code is None else said("share_code", language, brand=brand, code=code)
    if start is not None:
        text = said("share_own", language, text=start, link=link)
    else:
        text = said("share_link", language, brand=brand, link=link)
    return text + (said("and_code", language, code=code) if code else "")
