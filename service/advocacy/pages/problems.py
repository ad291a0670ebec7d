"""What can go wrong with pages to join on."""

from service.kit.problems import Conflict, Forbidden, NotFound


class NoJoinPage(NotFound):
    title = "The program has no page to join on"
    slug = "join-page-not-found"


class JoiningClosed(Conflict):
    """The page is closed, the program rests, or its terms let nobody in by a page now."""

    title = "Nobody can join now"
    slug = "joining-closed"


class OtherJoinTexts(Conflict):
    """The texts are others by now than those that were agreed to: `consent_version` and `marketing_version`
    name them. Show them, and ask again."""

    title = "The texts to agree to have changed"
    slug = "join-texts-changed"


class ForeignJoinForm(Forbidden):
    """Another site sent the form."""

    title = "The form came from another site"
    slug = "foreign-join-form"


TURKISH: dict[str, str] = {
    "The program has no page to join on": "Programın katılım sayfası yok",
    "Nobody can join now": "Şu anda katılım alınmıyor",
    "The texts to agree to have changed": "Onaylanacak metinler değişti",
    "The form came from another site": "Form başka bir siteden geldi",
}
