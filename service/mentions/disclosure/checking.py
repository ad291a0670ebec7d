"""A request's post judged by the packs: what is asked, and what is answered. Pure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from service.kit.problems import InvalidInput
from service.kit.validation import field_errors
from service.mentions.disclosure import packs, words
from service.mentions.disclosure.deciding import Finding, Post, judge
from service.mentions.disclosure.packs import Bilingual, Pack
from service.mentions.disclosure.schemas import (
    MOST_TEXT,
    CheckError,
    CheckResult,
    CheckResults,
    DisclosureFinding,
    DisclosureVerdict,
    PostCheck,
    TextSpan,
)
from service.mentions.problems import UnknownRulePack

Fault = dict[str, str]


def check(asked: PostCheck, known: Sequence[Pack], now: datetime) -> DisclosureVerdict:
    """The verdict on a post. Raises InvalidInput for a market without rules, UnknownRulePack."""
    if asked.pack is None and (fault := market_fault(asked.market, known)):
        raise InvalidInput("no rule pack knows this market", errors=[fault])
    pack = _pack(asked, known, now)
    if asked.pack is not None and pack is not None and asked.market not in pack.markets:
        told = {"path": "market", "message": f"is none of {pack.id}: {', '.join(pack.markets)}"}
        raise InvalidInput("the pack does not hold in this market", errors=[told])
    findings = [] if pack is None else judge(_post(asked, now), pack, known)
    return verdict(findings, asked.market, pack)


def market_fault(market: str, known: Sequence[Pack]) -> Fault | None:
    """What is wrong with a market that no pack knows."""
    if market in (there := packs.markets(known)):
        return None
    return {"path": "market", "message": f"has no rules; there are some for {', '.join(there)}"}


def _pack(asked: PostCheck, known: Sequence[Pack], now: datetime) -> Pack | None:
    if asked.pack is None:
        return packs.choose(known, asked.market, asked.platform, asked.published_at or now)
    found = next((pack for pack in known if pack.id == asked.pack), None)
    if found is None:
        raise UnknownRulePack(f"there is no {asked.pack!r}")
    return found


def _post(asked: PostCheck, now: datetime) -> Post:
    names = ((asked.advertiser,) if asked.advertiser else ()) + tuple(asked.other_names)
    facts = {name for name in ("filters_used", "ai_likeness") if getattr(asked, name)}
    return Post(
        platform=asked.platform,
        market=asked.market,
        text=asked.text,
        title=asked.title,
        description=asked.description,
        transcript=asked.transcript,
        frames=tuple(asked.frames),
        format=asked.format,
        names=names,
        facts=frozenset(facts),
        at=asked.published_at or now,
    )


def verdict(findings: Sequence[Finding], market: str, pack: Pack | None) -> DisclosureVerdict:
    """Findings as the API shows them."""
    return DisclosureVerdict(
        verdict="possible_issue" if findings else "ok",
        findings=[] if pack is None else [_shown(finding, pack) for finding in findings],
        explanation=Bilingual(
            words.summed(findings, market, pack, "tr"), words.summed(findings, market, pack, "en")
        ),
        pack=None if pack is None else pack.id,
        pack_version=None if pack is None else pack.version,
    )


def _shown(finding: Finding, pack: Pack) -> DisclosureFinding:
    place = finding.place
    return DisclosureFinding(
        code=finding.code,
        rule_id=finding.rule_id,
        span=place and TextSpan(place.field, place.index, place.start, place.end),  # type: ignore[arg-type]
        explanation=Bilingual(words.explained(finding, pack, "tr"), words.explained(finding, pack, "en")),
    )


def check_all(items: Sequence[dict[str, Any]], known: Sequence[Pack], now: datetime) -> CheckResults:
    """A result for each item, good ones beside bad. Raises InvalidInput where there is too much text."""
    if sum(_length(item) for item in items) > MOST_TEXT:
        told = {"path": "posts", "message": f"hold more than {MOST_TEXT} characters together"}
        raise InvalidInput("too much text at once", errors=[told])
    results = [_result(at, item, known, now) for at, item in enumerate(items)]
    verdicts = [one.result.verdict for one in results if one.result]
    return CheckResults(
        results=results,
        ok=verdicts.count("ok"),
        possible_issues=verdicts.count("possible_issue"),
        rejected=len(results) - len(verdicts),
    )


def _length(item: dict[str, Any]) -> int:
    frames = item.get("frames")
    texts = [*item.values(), *(frames if isinstance(frames, list) else ())]
    return sum(len(text) for text in texts if isinstance(text, str))


def _result(at: int, item: dict[str, Any], known: Sequence[Pack], now: datetime) -> CheckResult:
    if wrong := field_errors(PostCheck, item):
        return CheckResult(at, None, [CheckError(error.path, error.message) for error in wrong])
    try:
        return CheckResult(at, check(msgspec.convert(item, PostCheck), known, now), [])
    except InvalidInput as problem:
        return CheckResult(
            at, None, [CheckError(one["path"], one["message"]) for one in problem.members["errors"]]
        )
    except UnknownRulePack as problem:
        return CheckResult(at, None, [CheckError("pack", problem.detail)])
