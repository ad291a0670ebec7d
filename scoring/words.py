"""The words of explain.py, in English and Turkish."""

from collections.abc import Mapping
from typing import Literal

Language = Literal["en", "tr"]

PHRASES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "short": "audience: {have} {what} against {want} wanted",
        "met": "audience: at least {want} {what}, as wanted",
        "rate": "engagement {have} against {want} of peers",
        "unknown": "{score} unknown: {reason}",
        "several_unknown": "unknown: {scores}",
        "flag": "engagement far above its peers: check its authenticity",
        "sample": "authenticity: at most {have} of a sample of {n} followers look fake",
        "far": "engagement unusually far from that of its peers",
        "ratio": "unusual comments per like ({have})",
        "jump": "followers jumped by {have} in the week to {day}",
        "fall": "followers fell by {have} in the week to {day}",
        "fake_profile": "its own profile looks like a fake account",
        "cap": "capped at {want}: authenticity {have}",
        "veto": "excluded: {veto}",
        "learned": "{points} points of the fit are learned from finished collaborations, most by {what}",
        "doubt": "low confidence ({have})",
        "input_rises": "{what} from {have} to {want} (score {score_from} to {score_to})",
        "score_rises": "{score} from {score_from} to {score_to}",
        "would_have_to_be": "{score} is unknown: it would have to be {have}",
        "veto_gone": "without the veto ({veto}) the fit is {fit}",
    },
    "tr": {
        "short": "kitle: {what} {have}, istenen {want}",
        "met": "kitle: {what} en az {want}, istendiği gibi",
        "rate": "etkileşim {have}, benzerlerinde {want}",
        "unknown": "{score} bilinmiyor: {reason}",
        "several_unknown": "bilinmiyor: {scores}",
        "flag": "etkileşim benzerlerinin çok üstünde: gerçekliğini denetleyin",
        "sample": "gerçeklik: {n} takipçilik örnekte en çok {have} sahte görünüyor",
        "far": "etkileşim benzerlerininkinden alışılmadık ölçüde uzak",
        "ratio": "beğeni başına yorum alışılmadık ({have})",
        "jump": "takipçiler {day} ile biten haftada {have} arttı",
        "fall": "takipçiler {day} ile biten haftada {have} azaldı",
        "fake_profile": "profilin kendisi sahte bir hesaba benziyor",
        "cap": "en çok {want}: gerçeklik {have}",
        "veto": "dışlandı: {veto}",
        "learned": "uyumun {points} puanı biten iş birliklerinden öğrenildi, en çok etkileyen {what}",
        "doubt": "güven düşük ({have})",
        "input_rises": "{what} {have} yerine {want} (puan {score_from} yerine {score_to})",
        "score_rises": "{score} {score_from} yerine {score_to}",
        "would_have_to_be": "{score} bilinmiyor: en az {have} olmalı",
        "veto_gone": "veto ({veto}) olmasa uyum {fit}",
    },
}

DIMENSIONS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "country": "in {codes}",
        "city": "in {codes}",
        "age": "aged {codes}",
        "interests": "interested in {codes}",
        "language": "speaking {codes}",
        "gender": "{codes}",
    },
    "tr": {
        "country": "{codes} payı",
        "city": "{codes} payı",
        "age": "{codes} yaş payı",
        "interests": "{codes} ilgisi",
        "language": "{codes} dili",
        "gender": "{codes} payı",
    },
}

# What a dimension is called where its codes are not known or too many, or need its name beside them.
NAMES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "brand_affinity": "brand affinity",
        "follower_sample": "real followers",
        "content": "content fit",
        "interests": "interests",
    },
    "tr": {
        "follower_sample": "gerçek görünen takipçiler",
        "country": "ülke",
        "city": "şehir",
        "age": "yaş",
        "interests": "ilgi alanı",
        "gender": "cinsiyet",
        "language": "dil",
        "income": "gelir",
        "education": "eğitim",
        "occupation": "meslek",
        "brand_affinity": "marka yakınlığı",
        "audience": "kitle",
        "engagement": "etkileşim",
        "authority": "otorite",
        "authenticity": "gerçeklik",
        "content": "içerik uyumu",
        "price": "fiyat",
        "tier": "takipçi sınıfı",
        "format": "biçim",
    },
}

GENDERS: Mapping[str, Mapping[str, str]] = {
    "en": {"female": "women", "male": "men"},
    "tr": {"female": "kadın", "male": "erkek"},
}

REASONS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "no_distribution": "no audience data",
        "no_rate": "no engagement data",
        "no_posts": "no posts in the window",
        "hidden_likes": "likes are hidden",
        "missing_components": "not all counts are known",
        "no_base": "followers, views or reach are missing",
        "no_followers": "followers are missing",
        "zero_engagement": "no engagement at all",
        "no_peers": "no peers to compare with",
        "peers_all_equal": "all peers are equal",
        "low_confidence": "too little data",
        "no_scores": "nothing is known",
        "no_edges": "no mentions, follows or collaborations known",
        "no_signals": "no sample of followers, no growth known",
        "no_text": "no bio and no posts known",
        "too_few_peers": "too few to compare with",
        "no_group": "not known to which group it belongs",
    },
    "tr": {
        "no_distribution": "kitle verisi yok",
        "no_rate": "etkileşim verisi yok",
        "no_posts": "dönemde gönderi yok",
        "hidden_likes": "beğeniler gizli",
        "missing_components": "sayıların hepsi bilinmiyor",
        "no_base": "takipçi, görüntülenme veya erişim eksik",
        "no_followers": "takipçi sayısı eksik",
        "zero_engagement": "hiç etkileşim yok",
        "no_peers": "karşılaştıracak benzeri yok",
        "peers_all_equal": "benzerlerinin hepsi eşit",
        "low_confidence": "veri çok az",
        "no_scores": "hiçbir şey bilinmiyor",
        "no_edges": "bilinen bahsetme, takip veya iş birliği yok",
        "no_signals": "takipçi örneği ve büyüme bilgisi yok",
        "no_text": "biyografi ve gönderi yok",
        "too_few_peers": "karşılaştıracak hesap çok az",
        "no_group": "hangi grupta olduğu bilinmiyor",
    },
}

VETOES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "opt_out": "opted out",
        "competitor_exclusivity": "exclusive to a competitor",
        "brand_safety": "brand safety",
        "brief_influencer": "named in the brief",
        "brief_category": "of a category that the brief excludes",
    },
    "tr": {
        "opt_out": "listelenmek istemiyor",
        "competitor_exclusivity": "rakibe özel anlaşmalı",
        "brand_safety": "marka güvenliği",
        "brief_influencer": "brifte adıyla dışlanmış",
        "brief_category": "brifin dışladığı bir kategoride",
    },
}
