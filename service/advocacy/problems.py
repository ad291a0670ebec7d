"""What can go wrong with advocates, referrals and rewards."""

from service.advocacy.pages.problems import TURKISH as PAGES_TURKISH
from service.advocacy.reports.problems import TURKISH as REPORTS_TURKISH
from service.advocacy.reviews.problems import TURKISH as REVIEWS_TURKISH
from service.advocacy.vouchers.problems import CONSTRAINTS as VOUCHERS_CONSTRAINTS
from service.advocacy.vouchers.problems import TURKISH as VOUCHERS_TURKISH
from service.kit.problems import BadRequest, Conflict, NotFound, Problem


class UnknownAdvocate(NotFound):
    title = "Advocate not found"
    slug = "advocate-not-found"


class UnknownReferral(NotFound):
    title = "Referral not found"
    slug = "referral-not-found"


class UnknownReward(NotFound):
    title = "Reward not found"
    slug = "reward-not-found"


class NoAdvocacy(Conflict):
    """Advocates join programs of kind `advocacy`, which have advocacy terms."""

    title = "This program has no advocates"
    slug = "not-an-advocacy-program"


class MayNotJoin(BadRequest):
    """The program's terms let others in, or in other ways."""

    title = "The program's terms don't let them join so"
    slug = "may-not-join"


class AdvocateExists(Conflict):
    """The customer is an advocate of this program already: `advocate_id` names them."""

    title = "They are an advocate of this program already"
    slug = "advocate-exists"


class AlreadyReferred(Conflict):
    """A person is referred once in a program, and an advocate's own key is nobody's friend."""

    title = "This person was referred already"
    slug = "already-referred"


class AdvocateInactive(Conflict):
    """Guests, paused and former advocates refer nobody."""

    title = "This advocate is not active"
    slug = "advocate-inactive"


class NotEnough(Conflict):
    """`available` says how much there is to redeem."""

    title = "Not enough to redeem"
    slug = "not-enough-rewards"


class NotRedeemable(Conflict):
    """The reward waits, is held, was redeemed, expired or taken back: `reward_status` says which."""

    title = "This reward can't be redeemed now"
    slug = "reward-not-redeemable"


class RedeemedOtherwise(Conflict):
    """The `external_id` names another redemption of this advocate."""

    title = "This external id was used for another redemption"
    slug = "redeemed-otherwise"


class UnknownRedemption(NotFound):
    title = "Redemption not found"
    slug = "redemption-not-found"


class RedemptionReversed(Conflict):
    """What this `external_id` names was taken back: what is redeemed anew takes another one."""

    title = "This redemption was taken back"
    slug = "redemption-reversed"


class UnknownSurvey(NotFound):
    title = "Survey not found"
    slug = "survey-not-found"


class SurveyClosed(Conflict):
    """Nobody is asked by a closed survey."""

    title = "The survey is closed"
    slug = "survey-closed"


CONSTRAINTS: dict[str, type[Problem]] = {
    **VOUCHERS_CONSTRAINTS,
    "advocate_keys_pkey": AdvocateExists,
    "referral_keys_pkey": AlreadyReferred,
    "redemptions_once": RedeemedOtherwise,
    "redemptions_reward": NotRedeemable,
}
TURKISH: dict[str, str] = {
    **VOUCHERS_TURKISH,
    **PAGES_TURKISH,
    **REVIEWS_TURKISH,
    **REPORTS_TURKISH,
    "Advocate not found": "Savunucu bulunamadı",
    "Referral not found": "Yönlendirme bulunamadı",
    "Reward not found": "Ödül bulunamadı",
    "Ring not found": "Halka bulunamadı",
    "This program has no advocates": "Bu programın savunucuları yok",
    "The program's terms don't let them join so": "Programın koşulları bu katılıma izin vermiyor",
    "They are an advocate of this program already": "Bu kişi programın savunucusu zaten",
    "This person was referred already": "Bu kişi daha önce yönlendirilmiş",
    "This advocate is not active": "Bu savunucu etkin değil",
    "Not enough to redeem": "Kullanılacak yeterli ödül yok",
    "This reward can't be redeemed now": "Bu ödül şu anda kullanılamaz",
    "This external id was used for another redemption": "Bu dış kimlik başka bir kullanım için kayıtlı",
    "Redemption not found": "Kullanım bulunamadı",
    "This redemption was taken back": "Bu kullanım geri alındı",
    "Survey not found": "Anket bulunamadı",
    "The survey is closed": "Anket kapalı",
}
