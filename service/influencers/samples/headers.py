"""Which column of a file of followers is which: headers of platforms' exports, of scrapers and of public data
sets, in English and Turkish. A closed list: a column that is taken for another would judge people wrongly."""

import re
from collections.abc import Sequence

from service.kit.text import fold_tr

_SIGNS = re.compile(r"[^a-z0-9]+")

# Field -> headers, folded and without signs. `digits` and `handle_length` make the ratio together.
_HEADERS = {
    "followers": """
        followers follower followercount followerscount numfollowers userfollowercount
        edgefollowedby edgefollowedbycount takipci takipciler takipcisayisi takipciadedi
    """,
    "following": """
        following follows follow followingcount followscount numfollowing friends
        userfollowingcount edgefollow edgefollowcount takip takipedilen takipettigi takipettikleri
        takipedilensayisi takipsayisi takipettigisayisi
    """,
    "posts": """
        posts post postcount postscount numposts media mediacount usermediacount tweets videos
        gonderi gonderiler gonderisayisi paylasim paylasimsayisi
    """,
    "has_picture": """
        profilepic haspicture hasprofilepic hasprofilepicture userhasprofilpic picture
        userhasprofilepic profilepicture profilresmi profilfotografi profilresmivar avatar
        profilepicurl profilepictureurl profilepicurlhd avatarurl fotograf resim
    """,
    "is_private": """
        private isprivate userisprivate privateaccount protected gizli gizlihesap gizlimi
        hesapgizli
    """,
    "has_link": "externalurl haslink hasexternalurl website webadresi websitesi disbaglanti",
    "handle": "username handle user login screenname kullaniciadi kullanici hesap",
    "name": "fullname name displayname adsoyad ad isim gorunenad",
    "bio": "bio biography description about biyografi aciklama hakkinda tanitim",
    "digit_ratio": "digitratio numslengthusername usernamedigitratio rakamorani",
    "name_words": "namewords fullnamewords isimkelimesayisi adkelimesayisi",
    "name_is_handle": "nameishandle nameusername nameequalsusername isimkullaniciadi",
    "bio_length": """
        biolength descriptionlength biographylength userbiographylength biyografiuzunlugu
        aciklamauzunlugu biouzunlugu
    """,
    "digits": "usernamedigitcount digitcount handledigits rakamsayisi",
    "handle_length": "usernamelength handlelength kullaniciadiuzunlugu",
}
_FIELDS = {header: field for field, headers in _HEADERS.items() for header in headers.split()}
# Without one of these nobody can be judged.
TELLING = frozenset(_HEADERS) - {"handle_length", "name", "name_words", "name_is_handle", "has_link"}


def field_of(header: object) -> str | None:
    """The field that a header means.

    >>> field_of("#followers"), field_of("Takipçi Sayısı"), field_of("nums/length username"), field_of("rank")
    ('followers', 'followers', 'digit_ratio', None)
    """
    return _FIELDS.get(_SIGNS.sub("", fold_tr(str(header)[:200]))) if header is not None else None


def fields_of(headers: Sequence[object]) -> dict[str, int]:
    """Field -> place of its column. Of two columns for one field the first counts."""
    found: dict[str, int] = {}
    for place, header in enumerate(headers):
        field = field_of(header)
        if field is not None:
            found.setdefault(field, place)
    return found
