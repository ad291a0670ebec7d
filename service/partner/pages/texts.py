"""What the pages say, in Turkish and English. Pure."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from service.accounts.labels.registry import Language
from service.partner.pages import own_texts

LANGUAGES: Final = (("tr", "Türkçe"), ("en", "English"))
PUBLIC: Final[dict[str, tuple[str, str]]] = {
    "skip": ("İçeriğe geç", "Skip to the content"),
    "language": ("Dil", "Language"),
    "log_in": ("Giriş yap", "Log in"),
    "log_out": ("Çıkış yap", "Log out"),
    "partner_area": ("İş ortağı alanı", "Partner area"),
    "required": ("zorunlu", "required"),
    "optional": ("isteğe bağlı", "optional"),
    "some_fields": (
        "Bazı alanlar düzeltilmeli. Her birinin yanında nedeni yazıyor.",
        "Some fields need another look. The reason stands beside each of them.",
    ),
    "not_saved": ("Bu yapılamadı: {reason}.", "That could not be done: {reason}."),
    "page_of": ("{name} iş ortaklığı programı", "{name}: partner program"),
    "program_of": ("{brand} markasının iş ortaklığı programı", "A partner program of {brand}"),
    "what_is_paid": ("Ne kadar ödenir?", "What is paid"),
    "bonuses": ("Primler", "Bonuses"),
    "how_it_is_paid": ("Nasıl işler?", "How it works"),
    "terms": ("Koşullar", "Terms"),
    "terms_version": ("Koşulların {version}. sürümü", "Version {version} of the terms"),
    "no_rates": ("Ödeme koşulları marka ile belirlenir.", "What is paid is agreed with the brand."),
    "apply": ("Programa başvur", "Apply"),
    "apply_intro": (
        "Başvurunuzu marka inceler; sonucu e-posta ile öğrenirsiniz.",
        "The brand looks at your application and answers by e-mail.",
    ),
    "closed": ("Bu programa şu anda başvurulamıyor.", "This program takes no applications at the moment."),
    "send_application": ("Başvuruyu gönder", "Send the application"),
    "accept_terms": ("Koşulları okudum, kabul ediyorum.", "I have read the terms and accept them."),
    "accept_consent": ("Bu metni kabul ediyorum.", "I agree to this."),
    "about_your_data": ("Kişisel verileriniz", "Your data"),
    "platform": ("Platform", "Platform"),
    "handle": ("Kullanıcı adı", "User name"),
    "account_number": ("{number}. hesap", "Account {number}"),
    "choose": ("Seçin", "Please choose"),
    "yes": ("Evet", "Yes"),
    "no": ("Hayır", "No"),
    "leave_empty": ("Bu alanı boş bırakın", "Leave this field empty"),
    "received": ("Başvurunuz alındı", "Your application has arrived"),
    "received_text": (
        "{brand} başvurunuzu inceleyecek ve size e-posta ile yanıt verecek.",
        "{brand} will look at it and answer by e-mail.",
    ),
    "back_to_program": ("Programa dön", "Back to the program"),
    "is_partner": ("Zaten iş ortağı mısınız?", "Are you a partner already?"),
    "log_in_intro": (
        "E-posta adresinizi yazın; size sekiz haneli bir giriş kodu gönderelim.",
        "Give your e-mail address, and we send you a code of eight digits.",
    ),
    "email": ("E-posta adresi", "E-mail address"),
    "send_code": ("Kod gönder", "Send a code"),
    "enter_code": ("Kodu girin", "Enter the code"),
    "code_sent": (
        "{email} bir iş ortağının adresiyse, birazdan bir kod gelir. Kod {minutes} dakika geçerlidir.",
        "If {email} is a partner's address, a code arrives shortly. It is good for {minutes} minutes.",
    ),
    "code": ("Kod", "Code"),
    "eight_digits": ("Sekiz rakam", "Eight digits"),
    "wrong_code": (
        "Kod yanlış ya da süresi dolmuş. Birkaç denemeden sonra yeni bir kod isteyin.",
        "The code is wrong or too old. After a few tries, ask for another one.",
    ),
    "other_address": ("Başka bir adres ya da yeni kod", "Another address, or a new code"),
    "choose_partner": ("Hangi üyelik?", "Which membership?"),
    "choose_partner_text": (
        "Bu adres birden çok iş ortağı adına işlem yapabilir. Sonra da değiştirebilirsiniz.",
        "This address may act for several partners. You can change between them later.",
    ),
    "go_on": ("Devam et", "Continue"),
    "invitation": ("Davet", "Invitation"),
    "invited_by": ("{brand} sizi davet ediyor", "{brand} invites you"),
    "invited_text": (
        "{partner} adına bağlantıları, satışları ve kazancı görebilirsiniz. Davet edilen adres: {email}",
        "You can see links, sales and earnings of {partner}. The invitation was sent to {email}.",
    ),
    "accept_invitation": ("Daveti kabul et ve giriş yap", "Accept and log in"),
    "good_until": ("{date} tarihine kadar geçerli.", "Good until {date}."),
    "invitation_accepted": ("Bu davet kullanılmış", "This invitation was used"),
    "invitation_revoked": ("Bu davet geri alınmış", "This invitation was taken back"),
    "invitation_expired": ("Bu davetin süresi dolmuş", "This invitation is too old"),
    "invitation_over": (
        "Adresiniz kayıtlıysa e-posta ile gelen bir kodla giriş yapabilirsiniz; değilse markadan yeni bir "
        "davet isteyin.",
        "If your address is known, log in by a code that is mailed to you; otherwise ask the brand to invite "
        "you again.",
    ),
    "foreign_form": (
        "Form başka bir yerden gönderildi, sayfa çok eski ya da tarayıcınız çerez kabul etmiyor. Sayfayı "
        "yeniden açıp bir kez daha deneyin.",
        "The form came from elsewhere, the page is too old, or your browser takes no cookies. Open the page "
        "again and try once more.",
    ),
    "error_404": ("Böyle bir sayfa yok ya da artık burada değil.", "There is no such page, or not any more."),
    "error_429": (
        "Kısa sürede çok fazla deneme yapıldı. Biraz bekleyip yeniden deneyin.",
        "There were too many tries in a short time. Wait a little and try again.",
    ),
    "error_5": (
        "Bir şeyler ters gitti. Biraz sonra yeniden deneyin.",
        "Something went wrong on our side. Please try again in a while.",
    ),
    "error_other": ("Geri dönüp yeniden deneyin.", "Go back and try again."),
    "nav_pages": ("Sayfalar arasında geçiş", "Pages of the list"),
    "to_start": ("Başlangıç sayfasına dön", "Back to the start"),
}
TEXTS: Final[dict[str, tuple[str, str]]] = PUBLIC | own_texts.OWN


def said(name: str, language: Language, /, **values: Any) -> str:
    """A text with its values.

    >>> said("terms_version", "tr", version=3)
    'Koşulların 3. sürümü'
    """
    return TEXTS[name][0 if language == "tr" else 1].format(**values)


def query(values: Mapping[str, str | None]) -> str:
    """The query of an address, without what is None.

    >>> query({"lang": "tr", "status": "a b", "cursor": None})
    'lang=tr&status=a+b'
    """
    return urlencode({name: value for name, value in values.items() if value is not None})
