"""Nobody sees another workspace: a walk through every operation of the OpenAPI document.

Two workspaces hold the same influencers. The second one calls each operation with the first one's ids, and
gets what it gets for ids that never existed; no answer holds an id or a word of the first one; and
afterwards everything of the first one is as it was.
"""

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpx
import msgspec
import pytest
from litestar import Litestar

from graph.build import build
from scoring.spikes import Spell
from service.accounts.partners.store import let_in
from service.discovery.graphs import reading
from service.discovery.graphs import store as graph_store
from service.discovery.graphs.writing import put
from service.discovery.models.store import add_model
from service.kit import clock, ids, openapi
from service.kit.db import Database
from service.ledger import settling
from service.mentions.alerts import store as alerts
from service.mentions.alerts.schemas import KeptCause, KeptCrisis, KeptPolarity, KeptTerm
from service.mentions.disclosure.found.looking import FIRST, Looked, look
from service.mentions.disclosure.packs import built_in
from service.mentions.disclosure.watches import store as watches
from service.partner.claims.store import add_claim
from service.programs.applications import store as applications
from tests.scoring.learning.test_training import trained
from tests.service.ledger.bookkeeping import target

CANARY = "Zümrüdüanka"
HANDLE = "kahve.duragi"

ACCOUNT = {"platform": "tiktok", "handle": "baskasi"}
# A valid body, where an operation needs one to get as far as its ids.
BODIES: dict[str, Any] = {
    "approve_application": {},
    "reject_application": {"reason": "x"},
    "change_commission": {"status": "on_hold", "reason": "x"},
    "add_account": ACCOUNT,
    "add_advocacy_terms": {"terms": {}},
    "create_advocate": {
        "program_id": "{advocates/program_id}",
        "consent": {"at": "2026-01-01T00:00:00Z", "text": "v1"},
        "email": "biri@elci.example",
    },
    "change_advocate": {"board_name": "x"},
    "put_join_page": {},
    "ask_to_join": {"name": "x", "email": "biri@elci.example", "consent_version": "x"},
    "change_review": {"note": "x"},
    "add_advocate_deed": {"kind": "review", "external_id": "x"},
    "create_referral": {"advocate_id": "{advocate_id}", "channel": "manual"},
    "refresh_advocacy_report": {},
    "decide_referral": {"status": "held", "reason": "x"},
    "decide_referral_ring": {"status": "released", "reason": "x"},
    "decide_referrals": {"ids": ["{referral_id}"], "status": "held", "reason": "x"},
    "note_visit": {"email": "arkadas@elci.example", "address": "192.0.2.7"},
    "decide_reward": {"status": "on_hold", "reason": "x"},
    "redeem_reward": {
        "advocate_id": "{advocate_id}",
        "external_id": "x",
        "amount": {"amount": 1, "currency": "points"},
    },
    "reverse_redemption": {"reason": "x"},
    "create_voucher_pool": {"name": "x", "kind": "product"},
    "change_voucher_pool": {"name": "x"},
    "give_voucher": {"reference": "x"},
    "redeem_voucher": {"code": "{voucher_code}", "order": "x"},
    "replace_voucher": {"reason": "x"},
    "void_voucher": {"reason": "x"},
    "void_free_vouchers": {"reason": "x"},
    "add_brand_account": ACCOUNT,
    "add_brand_posts": {"posts": [{"external_id": "p1", "likes": 1}]},
    "add_brand_snapshot": {"followers": 5},
    "add_contact": {"role": "self", "email": "biri@elci.example"},
    "add_follower_sample": {"n": 100, "suspicious": 5},
    "add_items": {"influencer_ids": ["{influencer_id}"]},
    "add_posts": {"posts": [{"external_id": "p1", "likes": 1, "account_id": "{influencers/account_id}"}]},
    "add_rate": {"platform": "instagram", "format": "post", "price": {"amount": 5, "currency": "TRY"}},
    "add_snapshot": {"followers": 5},
    "change_brief": {"brand_id": "{brand_id}"},
    "create_refund": {"external_id": "r1", "amount": {"amount": 5, "currency": "TRY"}},
    "decide_disclosure_finding": {"status": "confirmed", "reason": "x"},
    "reassign_conversion": {"shares": [{"partner_id": "{partner_id}"}], "reason": "asked"},
    "change_items": {"influencer_ids": ["{influencer_id}"], "status": "starred"},
    "change_integration": {"name": "x"},
    "change_link": {"partner_id": "{partner_id}"},
    "change_member": {"role": "analyst"},
    "change_listening_query": {"brand_id": "{brand_id}"},
    "change_listening_source": {"name": "x"},
    "change_alert": {"notes": "x"},
    "change_alert_rule": {"p": 1e-5},
    "change_statement": {"text": "x"},
    "confirm_hold": {"reason": "x"},
    "release_hold": {"reason": "x"},
    "create_embed_token": {"external_id": "u-1", "name": "x"},
    "create_plan": {
        "influencer_ids": [],
        "objective": "spread",
        "graph_id": "{graph_id}",
        "budget": {"amount": 5, "currency": "TRY"},
    },
    "expect_spread": {"seeds": ["{influencer_id}"]},
    "invite_to_survey": {"invites": [{"segment": "x"}]},
    "find_seeds": {"k": 1, "must_include": ["{influencer_id}"]},
    "change_partner": {"influencer_id": "{influencer_id}", "program_id": "{program_id}"},
    "change_program": {"overrides": [{"partner_id": "{partner_id}", "rate": "0.1"}]},
    "preview_order": {"net": {"amount": 5, "currency": "TRY"}, "partner_id": "{partner_id}"},
    "opt_in_influencer": {"reason": "asked"},
    "opt_out_influencer": {"reason": "asked"},
    "remove_items": {"influencer_ids": ["{influencer_id}"]},
    "change_payout": {"status": "sent"},
    "decide_claim": {"decision": "decline", "reason": "x"},
    "put_payout_account": {"iban": "DE89370400440532013000", "payee": "Biri"},
    "put_audience": {"distributions": [{"dimension": "country", "code": "TR", "share": 0.5}]},
    "put_rates": {"rates": []},
    "replay_deliveries": {"delivery_ids": ["{delivery_id}"]},
    "rotate_integration_secret": {"secret": "another"},
}
# Ids that stand in the query.
QUERIES = {
    "get_reach": "?brief_id={brief_id}",
    "advocate_leaderboard": "?program_id={program_id}",
    "get_advocacy_report": "?program_id={program_id}",
    "export_advocacy_report": "?program_id={program_id}",
    "get_reach_rates": "?influencer_ids={influencer_id}",
    "get_ego_network": "?influencer_id={influencer_id}",
    "list_community_members": "?community=0",
    "get_influencer_scores": "?brief_id={brief_id}",
    "compare_brands": "?ids={brand_id}",
    "export_brands_comparison": "?ids={brand_id}",
    "compare_rivals": "?ids={brand_id}",
    "export_rivals": "?ids={brand_id}",
    "get_emv": "?influencer_id={influencer_id}",
    "export_emv": "?query_id={query_id}",
    "what_if": "?run_id={run_id}",
    "get_links_stats": "?partner_id={partner_id}",
    "get_shortlist_forecast": "?plan_id={plan_id}",
    "get_listening_volume": "?query_id={query_id}",
    "export_listening_volume": "?brand_id={brand_id}",
    "get_listening_sentiment": "?brand_id={brand_id}",
    "export_listening_sentiment": "?query_id={query_id}",
    "get_share_of_voice": "?brand_ids={brand_id}",
    "export_share_of_voice": "?brand_ids={brand_id}",
    "list_listening_authors": "?query_id={query_id}",
    "export_listening_authors": "?query_id={query_id}",
    "get_listening_topics": "?query_id={query_id}",
    "export_listening_topics": "?query_id={query_id}",
}
# What has no id in its path and names one in its body.
NAMING: dict[str, Any] = {
    "compare_influencers_audiences": {"influencer_ids": ["{influencer_id}", "{other_influencer_id}"]},
    "assign_mentions": {"mention_ids": ["{mention_id}"], "assignee": "{member_id}"},
    "create_alert_rule": {"query_id": "{query_id}"},
    "create_brief": {"name": "x", "brand_id": "{brand_id}"},
    "create_statement": {"alert_id": "{alert_id}", "channel": "x", "text": "x"},
    "create_disclosure_watch": {
        "influencer_id": "{influencer_id}",
        "advertiser": "x",
        "market": "TR",
        "from": "2026-01-01T00:00:00Z",
    },
    "try_emv": {"figures": [{"platform": "x", "like": 5}], "table": "{table_id}"},
    "create_plan": {"shortlist_id": "{shortlist_id}", "budget": {"amount": 5, "currency": "TRY"}},
    "create_shortlist": {"name": "x", "brief_id": "{brief_id}"},
    "check_links": {"link_ids": ["{link_id}"]},
    "create_coupon": {"code": "other", "kind": "public", "link_id": "{link_id}"},
    "create_link": {"url": "https://shop.example/", "partner_id": "{partner_id}"},
    "create_partner": {"name": "x", "program_id": "{program_id}"},
    "create_program": {"name": "x", "overrides": [{"partner_id": "{partner_id}", "rate": "0.1"}]},
    "merge_partners": {"keep": "{partner_id}", "merge": ["{partner_id}"]},
    "create_payouts": {"partner_ids": ["{partner_id}"]},
    "plan_payouts": {"partner_ids": ["{partner_id}"]},
    "record_outside_payment": {"partner_id": "{partner_id}", "amount": {"amount": 5, "currency": "TRY"}},
    "promote_model": {"model_id": "{model_id}"},
    "shadow_model": {"model_id": "{model_id}"},
    "merge_influencers": {"keep": "{influencer_id}", "merge": ["{other_influencer_id}"]},
}
INSIDE = {
    "reassign_conversion": ("post", "/v1/conversions/{conversion_id}/reassign"),
    "add_items": ("post", "/v1/shortlists/{shortlist_id}/items"),
    "change_items": ("patch", "/v1/shortlists/{shortlist_id}/items"),
    "remove_items": ("post", "/v1/shortlists/{shortlist_id}/items/remove"),
    "add_posts": ("post", "/v1/influencers/{influencer_id}/posts"),
    "change_brief": ("patch", "/v1/briefs/{brief_id}"),
    "create_plan": ("post", "/v1/reach/plans"),
    "expect_spread": ("post", "/v1/graphs/{graph_id}/spread"),
    "find_seeds": ("post", "/v1/graphs/{graph_id}/influence"),
    "change_link": ("patch", "/v1/links/{link_id}"),
    "change_partner": ("patch", "/v1/partners/{partner_id}"),
    "change_program": ("patch", "/v1/programs/{program_id}"),
    "preview_order": ("post", "/v1/programs/{program_id}/preview"),
}
# What ends the caller's own session or needs a person: it has no ids of others.
ASIDE = {"log_out", "change_password"}


class Own(NamedTuple):
    """A workspace's own things: ids by `segment/parameter`, and its client."""

    client: httpx.AsyncClient
    ids: dict[str, str]


async def _made(client: httpx.AsyncClient, path: str, body: Any, **more: Any) -> dict[str, Any]:
    answer = await client.post(path, json=body, **more)
    assert answer.status_code in (200, 201, 202), f"{path}: {answer.text}"
    found: dict[str, Any] = answer.json()
    return found


async def _learned(
    client: httpx.AsyncClient, database: Database, influencer: str, word: str
) -> dict[str, str]:
    """A collaboration and a model: the one comes by a file, the other by a job, so both are written here."""
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    outcome, model = ids.new(), ids.new()
    card = {"version": f"cold-start+{word}", "target": word, "decision": {"promotable": False, "reasons": []}}
    async with database.transaction(workspace) as db:
        await db.execute(
            """insert into outcomes (workspace_id, id, influencer_id, key, brand_name, finished_at, source)
               values ($1, $2, $3, 'k', $4, elci_now(), 'test')""",
            *(workspace, outcome, ids.read("inf", influencer), word),
        )
        kept = msgspec.to_builtins(trained().card) | card
        await add_model(db, workspace, model, b"PK", "0" * 64, kept)  # type: ignore[arg-type]
    return {"outcome_id": ids.show("out", outcome), "model_id": ids.show("mdl", model)}


async def _computed(client: httpx.AsyncClient, database: Database, word: str) -> dict[str, str]:
    """A graph, as an upload leaves it, and what was computed of it."""
    workspace, graph = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"]), ids.new()
    async with database.transaction(workspace) as db:
        values = (word, "follow", True, "upload", True, "instagram", [], [], None, "key_test")
        await graph_store.add_graph(db, workspace, graph, *values)
        row = await reading.get_graph(db, workspace, graph)
        await put(db, workspace, row, build([word, HANDLE], [HANDLE, "biri"]), [])
    shown = ids.show("gra", graph)
    result = (await client.get(f"/v1/graphs/{shown}/authority")).json()
    return {"graph_id": shown, "result_id": result["result_id"]}


async def _disclosing(
    client: httpx.AsyncClient, database: Database, influencer: str, word: str
) -> dict[str, str]:
    """A watch and what is found by it: a job looks at the posts, here the test does."""
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    post = {"platform_id": word, "caption": f"{word} güzel", "published_at": "2026-01-02T00:00:00Z"}
    await client.post(f"/v1/influencers/{influencer}/posts", json={"posts": [post]})
    body = {"influencer_id": influencer, "advertiser": word, "market": "TR", "from": "2026-01-01T00:00:00Z"}
    watch = await _made(client, "/v1/disclosure/watches", body)
    async with database.transaction(workspace) as db:
        row = await watches.get_watch(db, workspace, ids.read("dwt", watch["id"]))
        await look(db, workspace, row, built_in(), None, FIRST, Looked())
    (finding,) = (await client.get("/v1/disclosure/findings")).json()["data"]
    return {"watch_id": watch["id"], "finding_id": finding["id"]}


async def _alerting(
    client: httpx.AsyncClient, database: Database, query: str, mention: str, word: str
) -> dict[str, str]:
    """A rule, an alert and a statement: alerts are made by a job, here the test does."""
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    rule = await _made(client, "/v1/alert-rules", {"query_id": query, "checklist": [word]})
    alert, spike, of = ids.new(), ids.new(), ids.read("lsq", query)
    async with database.transaction(workspace) as db:
        now = await clock.now(db)
        cause = KeptCause(1, [KeptTerm(word, 1, 1.0, 0.0, 9.0)], [], [], None, None, None, None)
        crisis = KeptCrisis(False, ["few_polar_mentions"], 0, None, None, None, None)
        spell = Spell(now, now, 1, now, 1, 1e-9, 1, 0.1)
        await alerts.add_spike(db, workspace, spike, of, now, now, None, spell, KeptPolarity(0, 0, 0, 0))
        figures = (now, None, now, 1, 1e-9, 1, 0.1, None, cause, crisis, [ids.read("men", mention)], [])
        await alerts.add_alert(db, workspace, alert, spike, of, "spike", *figures)
    shown = ids.show("alr", alert)
    day = {"starts_at": "2026-01-01T00:00:00Z", "ends_at": "2026-01-02T00:00:00Z"}
    event = await _made(client, "/v1/listening/events", {"key": "launch", "name": word, **day})
    said = await _made(client, "/v1/statements", {"alert_id": shown, "channel": "x", "text": word})
    return {
        "rule_id": rule["id"],
        "alert_id": shown,
        "statement_id": said["id"],
        "listening/event_id": event["id"],
    }


async def _doubted(client: httpx.AsyncClient, database: Database, advocate: str, referral: str) -> str:
    """The ring that an advocate's referral is put into."""
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    async with database.transaction(workspace) as db:
        await db.execute(
            """insert into referral_evidence
                   (workspace_id, referral_id, program_id, ring_id, found, score, codes, weights)
               select workspace_id, id, program_id, advocate_id, true, 2, '{idle}', '{0.64}'
               from referrals where workspace_id = $1 and id = $2""",
            *(workspace, ids.read("ref", referral)),
        )
    return ids.show("rin", ids.read("adv", advocate))


async def _advocating(client: httpx.AsyncClient, database: Database, word: str) -> dict[str, str]:
    """A program with an advocate, whom something was given for a deed, and who invited somebody; a
    review."""
    program = await _made(client, "/v1/programs", {"name": word, "kind": "advocacy"})
    rule = {"name": "reviews", "trigger": "review", "kind": "points", "points": 5, "hold_days": 0}
    await _made(client, f"/v1/programs/{program['id']}/advocacy-terms", {"terms": {"rewards": [rule]}})
    consent = {"at": "2026-01-01T00:00:00Z", "text": word}
    body = {"program_id": program["id"], "consent": consent, "email": "savunucu@elci.example", "name": word}
    advocate = await _made(client, "/v1/advocates", body | {"board_name": word})
    page = {"texts": {"headline": {"tr": word}}, "slug": "x"}
    assert (await client.put(f"/v1/programs/{program['id']}/join-page", json=page)).is_success
    await _made(client, f"/v1/advocates/{advocate['id']}/deeds", {"kind": "review", "external_id": word})
    invited = {"advocate_id": advocate["id"], "channel": "email", "email": "arkadas@elci.example"}
    referral = await _made(client, "/v1/referrals", invited)
    (reward,) = (await client.get("/v1/rewards")).json()["data"]
    told = {"external_id": word, "rating": 4, "text": word, "author_name": word, "order_id": word}
    product = {"id": word, "name": word}
    review = await _made(client, "/v1/reviews", told | {"product": product, "tags": [word]})
    spend = {
        "advocate_id": advocate["id"],
        "external_id": word,
        "amount": {"amount": 1, "currency": "points"},
    }
    redemption = await _made(client, "/v1/rewards/redeem", spend)
    ring = await _doubted(client, database, advocate["id"], referral["id"])
    return {
        "review_id": review["id"],
        "redemption_id": redemption["id"],
        "advocates/program_id": program["id"],
        "ring_id": ring,
        "advocate_id": advocate["id"],
        "referral_id": referral["id"],
        "reward_id": reward["id"],
    }


async def _given(client: httpx.AsyncClient, word: str) -> dict[str, str]:
    """A pool with a code that was given, and one that is free."""
    pool = await _made(client, "/v1/voucher-pools", {"name": word, "kind": "product"})
    path, code = f"/v1/voucher-pools/{pool['id']}", f"{word}-7K2P"
    answer = await client.post(f"{path}/codes", content=f"{code}\n{code}-B\n".encode())
    assert answer.json()["added"] == 2, answer.text
    given = await _made(client, f"{path}/give", {"reference": "t-1"})
    return {"pool_id": pool["id"], "voucher_id": given["id"], "voucher_code": code}


async def _earned(client: httpx.AsyncClient, database: Database, partner: str, word: str) -> str:
    """A commission: it comes with a conversion, which is settled in the transaction that takes it."""
    workspace, conversion = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"]), ids.new()
    wanted = [target(ids.read("prt", partner), 100, rule={"text": {"en": word}})]
    async with database.transaction(workspace) as db:
        rows = await settling.settle(db, workspace, conversion, wanted, word)
    return ids.show("com", rows[0].id)


async def _claimed(client: httpx.AsyncClient, database: Database, partner: str, word: str) -> str:
    """A claim: partners make them."""
    workspace, claim = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"]), ids.new()
    sale = (word, "", "7001", "7001", date(2026, 11, 2), 5, "TRY", None)
    async with database.transaction(workspace) as db:
        await add_claim(db, workspace, claim, ids.read("prt", partner), "untracked_sale", *sale, word)
    return ids.show("clm", claim)


async def _acting(client: httpx.AsyncClient, database: Database, partner: str, word: str) -> str:
    """Somebody who acts for a partner: they come by an invitation, whose link is in the mail alone."""
    workspace, person = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"]), ids.new()
    async with database.transaction(workspace) as db:
        await let_in(db, workspace, person, ids.read("prt", partner), word, word)
    return ids.show("ppl", person)


async def _applied(client: httpx.AsyncClient, database: Database, program: str, word: str) -> dict[str, str]:
    """An application: it comes from a page, with another key."""
    workspace, application = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"]), ids.new()
    version = hashlib.sha256(word.encode()).hexdigest()[:16]
    who = (word, word, f"{word}@elci.example", f"{word}@elci.example")
    async with database.transaction(workspace) as db:
        await applications.keep_consent(db, workspace, version, "tr", word)
        await applications.add_application(
            *(db, workspace, application, ids.read("prg", program), *who, [], [], None, {"why": word}, "tr"),
            *(1, version),
        )
    return {"application_id": ids.show("app", application), "version": version}


async def _surveyed(client: httpx.AsyncClient, word: str) -> str:
    """A consent, and a survey with an answer: whoever is asked answers on a page."""
    consent = {"channel": "email", "address": f"{HANDLE}@elci.example", "status": "given", "source": "HS_WEB"}
    told = {"occurred_at": "2026-01-01T00:00:00Z", "text_version": word, "external_id": word}
    await _made(client, "/v1/consents", consent | told)
    survey = await _made(client, "/v1/nps", {"name": word, "brand": word})
    asked = await _made(client, f"/v1/nps/{survey['id']}/invites", {"invites": [{"segment": word}]})
    said = {"score": "9", "comment": word}
    answer = await client.post(urlsplit(asked["results"][0]["url"]).path, data=said)
    assert answer.status_code == 200, answer.text
    return str(survey["id"])


async def _fill(client: httpx.AsyncClient, database: Database, word: str) -> dict[str, str]:
    """Makes one of everything; `word` stands in whatever text there is."""
    account = {
        "platform": "instagram",
        "handle": HANDLE,
        "followers": 1000,
        "avg_likes": 40,
        "avg_comments": 2,
    }
    rates = [{"platform": "instagram", "format": "post", "price": {"amount": 100, "currency": "TRY"}}]
    influencer = await _made(
        client,
        "/v1/influencers",
        {"name": "Kahve Durağı", "notes": word, "tags": [word], "accounts": [account], "rates": rates}
        | {"contacts": [{"email": "kahve@duragi.example"}]},
    )
    path = f"/v1/influencers/{influencer['id']}"
    contact = await _made(client, f"{path}/contacts", {"role": "agency", "name": word})
    shown = (await client.get(path)).json()
    samples_path = f"{path}/accounts/{shown['accounts'][0]['id']}/follower-samples"
    sample = await _made(client, samples_path, {"source": word, "n": 100, "suspicious": 5})
    followers = await client.put(
        f"{path}/followers", params={"source": word}, content=f"{word}\nali\n".encode()
    )
    assert followers.status_code == 200, followers.text
    brand = await _made(client, "/v1/brands", {"name": f"{word} markası", "accounts": [ACCOUNT]})
    brand_accounts = (await client.get(f"/v1/brands/{brand['id']}/accounts")).json()["data"]
    persona = await _made(client, "/v1/personas", {"name": word})
    brief = await _made(client, "/v1/briefs", {"name": word, "brand_id": brand["id"]})
    saved = await _made(client, "/v1/saved-searches", {"name": word, "search": {"query": word}})
    key = await _made(client, "/v1/api-keys", {"name": word})
    invitation = await _made(client, "/v1/invitations", {"email": "ayse@elci.example", "role": "analyst"})
    file = (await client.post("/v1/files", params={"filename": f"{word}.txt"}, content=word.encode())).json()
    other = await _made(client, "/v1/influencers", {"name": f"{word} iki"})
    shortlist = await _made(client, "/v1/shortlists", {"name": word, "brief_id": brief["id"], "notes": word})
    list_path = f"/v1/shortlists/{shortlist['id']}"
    await _made(client, f"{list_path}/items", {"influencer_ids": [influencer["id"]]})
    share = await _made(client, f"{list_path}/share", {"expires_at": "2099-01-01T00:00:00Z", "can": "view"})
    run = await _made(client, f"/v1/briefs/{brief['id']}/scores", {})
    asked = {"shortlist_id": shortlist["id"], "budget": {"amount": 500, "currency": "TRY"}, "name": word}
    plan = await _made(client, "/v1/reach/plans", asked)
    await client.patch("/v1/workspace", json={"destination_hosts": ["shop.example"]})
    partner = await _made(client, "/v1/partners", {"name": word, "email": "ortak@elci.example"})
    program = await _made(client, "/v1/programs", {"name": word, "page": {"headline": {"tr": word}}})
    application = await _applied(client, database, program["id"], word)
    invited = await _made(client, f"/v1/partners/{partner['id']}/invite", {"email": "ajans@elci.example"})
    link_body = {"url": "https://shop.example/", "title": word, "partner_id": partner["id"]}
    link = await _made(client, "/v1/links", link_body)
    coupon = await _made(client, "/v1/coupons", {"code": "KAHVE10", "partner_id": partner["id"]})
    order = {"external_id": word, "amount": {"amount": 5, "currency": "TRY"}, "coupon": "KAHVE10"}
    # By the partner's own address: it is held.
    order["customer"] = {"email": "ortak@elci.example"}
    conversion = await _made(client, "/v1/conversions", order)
    (hold,) = (await client.get("/v1/holds")).json()["data"]
    integration = await _made(client, "/v1/integrations", {"kind": "generic", "name": word, "shop": word})
    await client.get(f"{urlsplit(integration['inbound_url']).path}?txid={word}&cid={{clickid}}")
    came = (await client.get(f"/v1/integrations/{integration['id']}/deliveries")).json()["data"]
    said = {"platform": "x", "text": word, "published_at": "2026-01-01T00:00:00Z", "native_id": "m1"}
    mentions = (await client.post("/v1/mentions", json={"mentions": [said]})).json()["results"]
    listened = {"name": word, "expression": word, "brand_id": brand["id"]}
    query = await _made(client, "/v1/listening/queries", listened)
    source = await _made(client, "/v1/listening/sources", {"kind": "generic", "name": word})
    await client.post(urlsplit(source["inbound_url"]).path, json={"text": word, "id": "m2"})
    priced = {"name": word, "currency": "TRY", "as_of": "2026-01-01", "source": word}
    priced["rates"] = [{"platform": None, "metric": "like", "per_thousand": 5}]
    table = await _made(client, "/v1/emv/rate-tables", priced)
    payment = {"partner_id": partner["id"], "amount": {"amount": 5, "currency": "TRY"}, "note": word}
    payout = await _made(client, "/v1/payouts/outside", payment | {"advance": True})
    payout_run = await _made(client, "/v1/payouts", {"note": word})
    imported = (
        await client.post(
            "/v1/imports", params={"kind": "influencers", "filename": f"{word}.csv"}, content=b"handle\nx\n"
        )
    ).json()
    disclosing = await _disclosing(client, database, influencer["id"], word)
    jobs = (await client.get("/v1/jobs")).json()["data"]
    return {
        **await _learned(client, database, influencer["id"], word),
        **await _computed(client, database, word),
        **disclosing,
        **await _alerting(client, database, query["id"], mentions[0]["id"], word),
        **await _advocating(client, database, word),
        **await _given(client, word),
        "influencer_id": influencer["id"],
        "other_influencer_id": other["id"],
        "influencers/account_id": shown["accounts"][0]["id"],
        "sample_id": sample["id"],
        "contact_id": contact["id"],
        "rate_id": shown["rates"][0]["id"],
        "brand_id": brand["id"],
        "brands/account_id": brand_accounts[0]["id"],
        "persona_id": persona["id"],
        "brief_id": brief["id"],
        "saved_search_id": saved["id"],
        "key_id": key["id"],
        "invitation_id": invitation["id"],
        "file_id": file["id"],
        "shortlist_id": shortlist["id"],
        "share_id": share["id"],
        "partner_id": partner["id"],
        "partners/invitation_id": invited["id"],
        "person_id": await _acting(client, database, partner["id"], word),
        "commission_id": await _earned(client, database, partner["id"], word),
        "claim_id": await _claimed(client, database, partner["id"], word),
        "program_id": program["id"],
        **application,
        "payout_id": payout["id"],
        "payout_run_id": payout_run["id"],
        "link_id": link["id"],
        "coupon_id": coupon["id"],
        "conversion_id": conversion["id"],
        "hold_id": hold["id"],
        "integration_id": integration["id"],
        "delivery_id": came[0]["id"],
        "mention_id": mentions[0]["id"],
        "query_id": query["id"],
        "source_id": source["id"],
        "table_id": table["id"],
        "survey_id": await _surveyed(client, word),
        "import_id": imported["id"],
        "job_id": jobs[0]["id"],
        "run_id": run["run_id"],
        "plan_id": plan["id"],
        "member_id": ids.show("usr", ids.new()),
        "merge_id": ids.show("mrg", ids.new()),
    }


def _operations(app: Litestar) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in openapi.document(app)["paths"].items():
        for method, operation in item.items():
            others = operation.get("security") == [{}] or operation.get("x-scope") in ("partner", "track")
            if not others and operation["operationId"] not in ASIDE:
                yield path, method, operation


def _filled(path: str, known: dict[str, str]) -> str:
    segment = path.split("/")[2]
    return re.sub(r"\{(\w+)\}", lambda found: known.get(f"{segment}/{found[1]}") or known[found[1]], path)


def _named(body: Any, known: dict[str, str]) -> Any:
    if isinstance(body, str):
        return re.sub(r"^\{([\w/]+)\}$", lambda found: known[found[1]], body)
    if isinstance(body, dict):
        return {name: _named(value, known) for name, value in body.items()}
    return [_named(value, known) for value in body] if isinstance(body, list) else body


def _unknown(known: dict[str, str]) -> dict[str, str]:
    """Ids as these, which nobody has."""
    return {
        name: ids.show(value.split("_")[0], ids.new()) if "_" in value else value[::-1]
        for name, value in known.items()
    }


async def _call(client: httpx.AsyncClient, method: str, path: str, body: Any) -> httpx.Response:
    return await client.request(method, path, json=body if method != "get" else None)


def _comparable(answer: httpx.Response, known: dict[str, str]) -> str:
    text = answer.text
    for value in known.values():
        text = text.replace(value, "ID")
    return text


@pytest.fixture
async def own(client: httpx.AsyncClient, database: Database) -> Own:
    return Own(client, await _fill(client, database, CANARY))


@pytest.fixture
async def stranger(other_client: httpx.AsyncClient, database: Database, own: Own) -> Own:
    return Own(other_client, await _fill(other_client, database, "başka"))


@pytest.fixture(autouse=True)
def short_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    """Live figures go on for ten minutes."""
    monkeypatch.setattr("service.links.stats.actions.LIVE_FOR_S", 0.05)
    monkeypatch.setattr("service.links.stats.actions.LOOK_EVERY_S", 0.1)
    monkeypatch.setattr("service.mentions.alerts.actions.LIVE_FOR_S", 0.05)
    monkeypatch.setattr("service.mentions.alerts.actions.LOOK_EVERY_S", 0.1)


async def test_ids_of_others_are_unknown(app: Litestar, own: Own, stranger: Own) -> None:
    before = await _state(app, own)
    unknown = _unknown(own.ids)
    for path, method, operation in _operations(app):
        name = operation["operationId"]
        body = BODIES.get(name, {} if "requestBody" in operation else None)
        path += QUERIES.get(name, "")
        if "{" in path:
            told = await _call(stranger.client, method, _filled(path, own.ids), _named(body, own.ids))
            nothing = await _call(stranger.client, method, _filled(path, unknown), _named(body, unknown))
        elif name in NAMING:
            told = await _call(stranger.client, method, path, _named(NAMING[name], own.ids))
            nothing = await _call(stranger.client, method, path, _named(NAMING[name], unknown))
        else:
            continue
        assert told.status_code == 404, f"{name}: {told.status_code} {told.text[:300]}"
        assert nothing.status_code == 404, f"{name}: {nothing.text[:300]}"
        assert _comparable(told, own.ids) == _comparable(nothing, unknown), name
    assert await _state(app, own) == before


async def test_lists_hold_nothing_of_others(app: Litestar, own: Own, stranger: Own) -> None:
    for path, method, operation in _operations(app):
        if "{" in path or (method != "get" and operation["operationId"] != "search_influencers"):
            continue
        if operation["operationId"] in QUERIES:
            continue
        answer = await _call(stranger.client, method, path, {})
        assert answer.status_code < 500, path
        assert CANARY not in answer.text, path
        assert not [value for value in own.ids.values() if value in answer.text], path


async def test_own_lists_take_nothing_of_others(own: Own, stranger: Own) -> None:
    """Ids of others inside a body, where the path is one's own."""
    unknown = _unknown(own.ids)
    for name, segment in INSIDE.items():
        method, path = segment
        here = _filled(path, stranger.ids)
        told = await _call(stranger.client, method, here, _named(BODIES[name], own.ids))
        nothing = await _call(stranger.client, method, here, _named(BODIES[name], unknown))
        assert told.status_code == nothing.status_code, name
        assert _comparable(told, own.ids) == _comparable(nothing, unknown), name
        assert CANARY not in told.text


async def _state(app: Litestar, own: Own) -> dict[str, str]:
    """What the owner of the ids reads at each of them."""
    found = {}
    for path, method, operation in _operations(app):
        if method == "get" and "{" in path and not path.endswith(("/events", "/content")):
            path += QUERIES.get(operation["operationId"], "")
            answer = await own.client.get(_filled(path, own.ids))
            found[operation["operationId"]] = re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z", "TIME", answer.text)
    return found
