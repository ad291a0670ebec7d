"""What an agent string says: pure, and cached, because the redirect asks for each click.

Families come from ua-parser's list, known crawlers from crawler-user-agents; both are matched by one engine
of linear time (2 us for 1,500 patterns, where Python's `re` takes 275), so no string can make it slow.
What browsers inside apps call themselves is known here: ua-parser takes most of them for plain web views.
"""

import functools
import re
from collections.abc import Callable
from typing import Final, Literal

from msgspec import Struct

Device = Literal["mobile", "tablet", "desktop", "tv", "other"]

# Facebook's longest are near 600 characters.
LONGEST: Final = 1024
OTHER: Final = "Other"

# In the crawlers' list, but people read pages in them.
_NO_CRAWLERS: Final = {"MetaIAB Facebook", "WhatsApp", "Viber", "SnapchatAds\\/"}

# Who fetches a link to show what is behind it. Before the crawlers, whose list has most of them too.
_PREVIEWS: Final = (
    r"^WhatsApp/|^Viber/|facebookexternalhit|facebookcatalog|Facebot|meta-externalfetcher|Twitterbot"
    r"|LinkedInBot|Slackbot-LinkExpanding|Slack-ImgProxy|TelegramBot|Discordbot|SkypeUriPreview"
    r"|pinterest\.com/bot|Pinterestbot|BingPreview|Google Web Preview|Snap URL Preview|SnapURLPreview"
    r"|MicrosoftPreview|redditbot|Embedly|Iframely|vkShare|kakaotalk-scrap|line-poker|Mastodon/|Misskey/"
    r"|Bluesky|Cardyb|LinkPreview|Link Preview|TeamsLinkPreview|Google-PageRenderer|Synapse \(bot"
)
# What crawlers call themselves, and programs that drive a browser; Cubot is a maker of phones.
_AUTOMATIC: Final = re.compile(
    r"(?<!cu)bot\b|bot[/;)_ -](?<!cubot.)|crawl|spider|slurp|scrap[ey]|headless|phantomjs|lighthouse"
    r"|selenium|puppeteer|playwright|webdriver|archiver|validator|uptime|pingdom|monitoring",
    re.IGNORECASE,
)
_WORDS: Final = (
    *("bot", "crawl", "spider", "slurp", "scrap", "headless", "phantomjs", "lighthouse", "selenium"),
    *("puppeteer", "playwright", "webdriver", "archiver", "validator", "uptime", "pingdom", "monitoring"),
)
# Every browser of the last twenty years says so first; text browsers of people are the rest.
_BROWSERS: Final = re.compile(r"^(?:Mozilla/\d|Opera/\d)")
# Says Mozilla, and nothing of an engine: what libraries write who want to pass.
_BARE: Final = re.compile(r"^Mozilla/\d\.\d(?: \((?:compatible;?|Windows NT[^)]*)?\)?)?\s*$")

# In order: the apps' own words. Messenger writes FBAN as Facebook does.
_APPS: Final[tuple[tuple[str, "re.Pattern[str]"], ...]] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("threads", r"\bBarcelona "),
        ("instagram", r"\bInstagram[ /]"),
        ("messenger", r"FBAN/Messenger|Orca-Android|MessengerLite|MessengerForiOS|MetaIAB Messenger"),
        ("facebook", r"\bFB(?:AN|AV|_IAB|IOS)\b|\[FB|MetaIAB Facebook"),
        ("tiktok", r"musical_ly|BytedanceWebview|ByteLocale|ByteFullLocale|\bTikTok\b|\btrill_|\baweme_"),
        ("x", r"Twitter for i|TwitterAndroid"),
        ("snapchat", r"\bSnapchat[/ ]"),
        ("pinterest", r"\[?Pinterest/(?:iOS|Android|\d)"),
        ("linkedin", r"\[?LinkedInApp\b"),
        ("youtube", r"com\.google\.(?:ios|android)\.youtube"),
        ("twitch", r"\bTwitch(?:App|Webview|/)|tv\.twitch"),
        ("reddit", r"\bReddit/(?:Version|iOS|Android|\d)"),
        ("whatsapp", r"\bWhatsApp/"),
        ("telegram", r"\bTelegram(?:-Android|/| Desktop)"),
        ("viber", r"\bViber/"),
        ("line", r"\bLine/\d"),
        ("kakaotalk", r"\bKAKAOTALK\b"),
        ("wechat", r"\bMicroMessenger/"),
        ("discord", r"\bDiscord(?:-Android)?/"),
        ("google", r"\bGSA/\d"),
        ("other", r"(?<![A-Za-z])(?:Line|Naver|Bing|Yandex|Trendyol|Hepsiburada|Getir)App\b"),
    )
)
_TABLET: Final = re.compile(r"iPad|Tablet|Silk/|KF[A-Z]{2,4}\b|PlayBook|\bTab\b")
_TV: Final = re.compile(
    r"smart-?tv|google ?tv|apple ?tv|\bhbbtv|\bweb0s|\broku|\bbravia|\baft[a-z]|crkey|tizen.*\btv\b"
    r"|android tv",
    re.IGNORECASE,
)
_PHONE: Final = re.compile(r"iPhone|iPod|Mobile|Windows Phone|BlackBerry|BB10|KaiOS|Opera Mini")
_DESKTOP: Final = re.compile(r"Windows NT|Macintosh|X11|CrOS|Linux x86_64|Linux i686")

# A closed set of browsers: of ua-parser's families some quote the string, and statistics are kept by value.
_FAMILIES: Final = (
    ("edge", "Edge"),
    ("samsung", "Samsung Internet"),
    ("miui", "MIUI Browser"),
    ("huawei", "Huawei Browser"),
    ("yandex", "Yandex"),
    ("opera", "Opera"),
    ("brave", "Brave"),
    ("vivaldi", "Vivaldi"),
    ("duckduckgo", "DuckDuckGo"),
    ("uc browser", "UC Browser"),
    ("silk", "Amazon Silk"),
    ("firefox", "Firefox"),
    ("whale", "Whale"),
    ("ie", "Internet Explorer"),
    ("internet explorer", "Internet Explorer"),
)
_SYSTEMS: Final = {
    "iOS": "iOS",
    "Android": "Android",
    "Windows": "Windows",
    "Windows Phone": "Windows",
    "Mac OS X": "macOS",
    "Mac OS": "macOS",
    "Chrome OS": "ChromeOS",
    "Tizen": "Tizen",
    "KaiOS": "KaiOS",
    "HarmonyOS": "HarmonyOS",
    "WebOS": "webOS",
    "tvOS": "tvOS",
    "Chromecast": "Chromecast",
}
_LINUXES: Final = {"Linux", "Ubuntu", "Debian", "Fedora", "Red Hat", "SUSE", "FreeBSD", "OpenBSD", "Mint"}


class Agent(Struct, frozen=True, gc=False):
    """What an agent string says. `why_not`: the reason why its clicks don't count, if there is one."""

    why_not: str | None
    device: Device
    os: str | None
    browser: str | None
    in_app: str | None


@functools.lru_cache(maxsize=8192)
def read_agent(text: str) -> Agent:
    """Reads an agent string of at most LONGEST characters.

    >>> read_agent("curl/8.5.0").why_not
    'bot'
    >>> read_agent("").why_not
    'no_agent'
    """
    in_app = _app(text)
    why_not = _why_not(text)
    if why_not is not None and not _BROWSERS.match(text):
        return Agent(why_not, "other", None, None, None)
    browser, system = _families()(text)
    return Agent(why_not, _device(text), _system(system), _browser(browser, text, in_app), in_app)


def _why_not(text: str) -> str | None:
    if not text.strip():
        return "no_agent"
    known = _known()(text)
    if known is not None or _is_automatic(text):
        return known or "bot"
    if not _BROWSERS.match(text) or _BARE.match(text):
        return "not_a_browser"
    return None


def _is_automatic(text: str) -> bool:
    # The pattern has no fixed beginning, and is ten times as slow as looking for its words.
    folded = text.lower()
    return any(word in folded for word in _WORDS) and _AUTOMATIC.search(text) is not None


def _app(text: str) -> str | None:
    return next((name for name, pattern in _APPS if pattern.search(text)), None)


def _device(text: str) -> Device:
    if _TV.search(text):
        return "tv"
    # Android without Mobile is a tablet, as its makers have it.
    if _TABLET.search(text) or ("Android" in text and "Mobile" not in text):
        return "tablet"
    if _PHONE.search(text):
        return "mobile"
    return "desktop" if _DESKTOP.search(text) else "other"


def _browser(family: str | None, text: str, in_app: str | None) -> str:
    if in_app is not None and in_app != "google":
        return "Chrome WebView" if "Android" in text else "Safari WebView" if "AppleWebKit" in text else OTHER
    folded = (family or "").lower()
    for start, name in _FAMILIES:
        if folded.startswith(start):
            return name
    if "webview" in folded:
        return "Safari WebView" if "safari" in folded else "Chrome WebView"
    if "chrom" in folded:
        return "Chrome"
    return "Safari" if "safari" in folded or in_app == "google" else OTHER


def _system(family: str | None) -> str:
    if family in _LINUXES:
        return "Linux"
    return _SYSTEMS.get(family or "", OTHER)


@functools.cache
def _families() -> Callable[[str], tuple[str | None, str | None]]:
    """The families of browser and system. Made at the first call (150 ms, 30 MB): `traffic.warm` makes it."""
    from ua_parser import Domain, load_builtins
    from ua_parser.regex import Resolver

    browsers, systems, _ = load_builtins()
    resolver = Resolver((browsers, systems, []))
    wanted = Domain.USER_AGENT | Domain.OS

    def families(text: str) -> tuple[str | None, str | None]:
        found = resolver(text, wanted)
        browser, system = found.user_agent, found.os
        return browser.family if browser else None, system.family if system else None

    return families


@functools.cache
def _known() -> Callable[[str], str | None]:
    """Whether a string is a preview's, else a known crawler's."""
    from crawleruseragents import CRAWLER_USER_AGENTS_DATA
    from ua_parser_rs import UserAgentExtractor

    patterns = [each["pattern"] for each in CRAWLER_USER_AGENTS_DATA if each["pattern"] not in _NO_CRAWLERS]
    named = [(f"(?i){_PREVIEWS}", "preview"), *((pattern, "bot") for pattern in patterns)]
    engine = UserAgentExtractor([(pattern, name, None, None, None, None) for pattern, name in named])

    def known(text: str) -> str | None:
        found = engine.extract(text)
        return found.family if found else None

    return known
