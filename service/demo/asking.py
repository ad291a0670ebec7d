"""What the demo asks for, as bodies of the API: a made-up coffee brand, whom it wants to reach, and how."""

from typing import Any

from msgspec import Struct

Body = dict[str, Any]


class Wanted(Struct, frozen=True):
    """A brief with what it stands on, who is ranked by it, and what a plan may cost.

    References by id are filled in on the way. posts: platform -> format of the one post that each is to
    publish; of others the usual one. per_follower: minor units that one asks for a post who names no price;
    null: not assumed.
    """

    brand: Body
    persona: Body
    brief: Body
    filters: Body
    shortlist: Body
    budget: Body
    posts: dict[str, str]
    per_follower: int | None


_BRAND: Body = {
    "name": "Telvecik Kahve",
    "kind": "own",
    "proposition": "Taze kavrulmuş Türk kahvesi, üç günde kapında.",
    "values": ["tazelik", "paylaşmak", "sade tasarım"],
    "accounts": [{"platform": "instagram", "handle": "telvecik.kahve"}],
}
_PERSONA: Body = {
    "name": "Şehirli kahve sever",
    "demographics": {
        "country": ["TR"],
        "age": {"18-24": 0.35, "25-34": 0.4, "35-44": 0.25},
        "gender": {"female": 0.6, "male": 0.4},
    },
    "interests": ["food", "travel", "lifestyle"],
    "challenges": ["iyi kahveyi evde pişirmek"],
    "joys": ["hafta sonu kahvaltısı"],
    "platforms": ["instagram", "tiktok", "youtube"],
}
_AUDIENCE: Body = {
    "country": {"TR": 0.8},
    "age": {"18-24": 0.35, "25-34": 0.35},
    "gender": {"female": 0.55},
    "interests": {"food": 0.2, "travel": 0.1, "lifestyle": 0.1},
}
_BRIEF: Body = {
    "name": "Bir fincan sonbahar",
    "goal": "Kahve aboneliğini 18-34 yaşa tanıtmak",
    "stage": "awareness",
    "description": "Evde pişen Türk kahvesi: tarif, sohbet, kahvaltı sofrası.",
    "keywords": ["kahve", "kahvaltı", "tarif"],
    "budget": {"amount": 40_000_000, "currency": "TRY"},
}

SAMPLE = Wanted(
    brand=_BRAND,
    persona=_PERSONA,
    brief={**_BRIEF, "platforms": ["instagram", "tiktok", "youtube"], "audience": _AUDIENCE},
    filters={
        "followers": {"min": 10_000, "max": 500_000},
        "audience": [{"dimension": "country", "code": "TR", "min_share": 0.6}],
    },
    shortlist={"name": "Kısa liste: Bir fincan sonbahar"},
    # What a post of a half of the ten costs: a choice has to be made.
    budget={"amount": 15_000_000, "currency": "TRY"},
    posts={"instagram": "reel", "tiktok": "video", "youtube": "video"},
    # The middle of the sample's rate cards (accounts.py).
    per_follower=27,
)


def for_files(with_audience: bool) -> Wanted:
    """For a user's own files: everybody, and an audience only where the files tell something of audiences."""
    brief = {**_BRIEF, "audience": _AUDIENCE} if with_audience else {**_BRIEF, "goal": None}
    persona = _PERSONA if with_audience else {**_PERSONA, "demographics": {}}
    return Wanted(_BRAND, persona, brief, {}, SAMPLE.shortlist, _BRIEF["budget"], {}, None)
