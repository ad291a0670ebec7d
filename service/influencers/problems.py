"""What can go wrong with influencers, brands and personas."""

from service.kit.problems import Conflict, InvalidInput, NotFound, Problem


class UnknownInfluencer(NotFound):
    title = "Influencer not found"
    slug = "influencer-not-found"


class UnknownAccount(NotFound):
    title = "Account not found"
    slug = "account-not-found"


class UnknownContact(NotFound):
    title = "Contact not found"
    slug = "contact-not-found"


class UnknownRate(NotFound):
    title = "Rate not found"
    slug = "rate-not-found"


class UnknownAudience(NotFound):
    title = "Audience not found"
    slug = "audience-not-found"


class UnknownSample(NotFound):
    title = "Follower sample not found"
    slug = "follower-sample-not-found"


class UnknownFollowers(NotFound):
    title = "Followers not found"
    slug = "followers-not-found"


class UnknownMerge(NotFound):
    title = "Merge not found"
    slug = "merge-not-found"


class UnknownBrand(NotFound):
    title = "Brand not found"
    slug = "brand-not-found"


class UnknownPersona(NotFound):
    title = "Persona not found"
    slug = "persona-not-found"


class AccountTaken(Conflict):
    """Another profile has this account: `influencer_id` or `brand_id` names it."""

    title = "Account belongs to another profile"
    slug = "account-taken"


class Suppressed(Conflict):
    """The person opted out or was erased; nothing of them is collected again."""

    title = "Opted out or erased"
    slug = "suppressed"


class WhichAccount(Conflict):
    """There are several accounts: `accounts` lists them as `{id, platform, handle}`."""

    title = "Say which account"
    slug = "which-account"


class NoAccount(Conflict):
    title = "There is no account"
    slug = "no-account"


class RateTaken(Conflict):
    title = "There is a price of that day"
    slug = "rate-taken"


class AlreadyMerged(Conflict):
    """The profile is part of another one: `influencer_id` names it."""

    title = "Part of another profile"
    slug = "already-merged"


class CannotMerge(Conflict):
    title = "Can't be merged"
    slug = "cannot-merge"


class CannotUndo(Conflict):
    title = "Can't be taken back"
    slug = "cannot-undo"


class NotShares(InvalidInput):
    """Shares outside a dimension's codes, or of more than the whole; `errors` lists every one."""

    title = "Not a distribution"
    slug = "not-a-distribution"


class NotASample(InvalidInput):
    title = "Not a sample of followers"
    slug = "not-a-follower-sample"


class NewerFollowers(Conflict):
    """What is known is newer than the list: `as_of` says of when. `force=true` puts the list in its place."""

    title = "There is a newer list of followers"
    slug = "newer-followers"


class NoFollowers(InvalidInput):
    """No line names anybody; `rejects` lists the first lines with their reasons."""

    title = "Nobody is in the list"
    slug = "no-followers"


class PrivateUrl(InvalidInput):
    title = "Not an address of the public web"
    slug = "private-url"


# Titles in Turkish, for app.py.
TURKISH = {
    UnknownInfluencer.title: "Influencer bulunamadı",
    UnknownAccount.title: "Hesap bulunamadı",
    UnknownContact.title: "İletişim kaydı bulunamadı",
    UnknownRate.title: "Fiyat bulunamadı",
    UnknownAudience.title: "Kitle bulunamadı",
    UnknownSample.title: "Takipçi örneği bulunamadı",
    UnknownFollowers.title: "Takipçi listesi bulunamadı",
    NewerFollowers.title: "Daha yeni bir takipçi listesi var",
    NoFollowers.title: "Listede kimse yok",
    UnknownMerge.title: "Birleştirme bulunamadı",
    UnknownBrand.title: "Marka bulunamadı",
    UnknownPersona.title: "Persona bulunamadı",
    AccountTaken.title: "Hesap başka bir profile ait",
    Suppressed.title: "Kapsam dışı kalmış veya silinmiş kişi",
    WhichAccount.title: "Hangi hesap olduğunu belirtin",
    NoAccount.title: "Hesap yok",
    RateTaken.title: "O güne ait bir fiyat var",
    AlreadyMerged.title: "Başka bir profilin parçası",
    CannotMerge.title: "Birleştirilemez",
    CannotUndo.title: "Geri alınamaz",
    NotShares.title: "Dağılım değil",
    NotASample.title: "Takipçi örneği değil",
    PrivateUrl.title: "Herkese açık bir web adresi değil",
}

CONSTRAINTS: dict[str, type[Problem]] = {
    "influencer_accounts_platform_id_key": AccountTaken,
    "influencer_accounts_handle_key": AccountTaken,
    "influencer_accounts_name_key": AccountTaken,
    "brand_accounts_platform_id_key": AccountTaken,
    "brand_accounts_handle_key": AccountTaken,
    "influencer_rates_key": RateTaken,
    "influencer_contacts_influencer_fkey": UnknownInfluencer,
    "influencer_accounts_influencer_fkey": UnknownInfluencer,
    "influencer_rates_influencer_fkey": UnknownInfluencer,
    "influencer_snapshots_account_fkey": UnknownAccount,
    "influencer_audiences_account_fkey": UnknownAccount,
    "influencer_posts_account_fkey": UnknownAccount,
    "follower_samples_account_fkey": UnknownAccount,
    "follower_sets_account_fkey": UnknownAccount,
    "brand_accounts_brand_fkey": UnknownBrand,
    "brand_snapshots_account_fkey": UnknownAccount,
    "brand_posts_account_fkey": UnknownAccount,
}
