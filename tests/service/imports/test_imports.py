"""Files through the API: what is answered, taken in, listed and refused."""

import csv
import io
import json

import pytest

from service.imports.parsing import Intake
from tests.service.imports.conftest import ROWS

AYSE = b"username,followers\nayse,100\n"


def counts(made, *names):
    return tuple(made["counts"][name] for name in names or ("read", "created", "updated", "unchanged"))


async def test_a_file_is_taken_in(take, profiles, client):
    made = await take(filename="list.csv")
    assert made["status"] == "succeeded"
    assert made["progress"] == {"done": 2, "total": 2}
    assert counts(made) == (2, 2, 0, 0)
    assert (made["filename"], made["bytes"], made["format"]) == ("list.csv", len(ROWS), "csv")
    assert [(column["header"], column["field"]) for column in made["columns"]] == [
        ("username", "handle"),
        ("followers", "followers"),
        ("avg likes", "avg_likes"),
    ]
    assert all(0 < column["confidence"] <= 1 for column in made["columns"])
    [account] = (await profiles())["ali.k"]["accounts"]
    assert (account["platform"], account["followers"], account["avg_likes"]) == ("instagram", 5300, 100)
    assert (await client.get(f"/v1/imports/{made['id']}/rejects")).json()["data"] == []


async def test_the_answer_comes_at_once(send):
    answer = await send()
    made = answer.json()
    assert (answer.status_code, made["status"]) == (202, "queued")
    assert answer.headers["Location"] == f"/v1/imports/{made['id']}"
    assert made["id"].startswith("imp_")
    assert made["progress"] == {"done": 0, "total": None}


async def test_a_form(client, drain, profiles):
    answer = await client.post(
        "/v1/imports?kind=influencers", files={"file": ("tiktok list.csv", AYSE, "text/csv")}
    )
    assert answer.json()["filename"] == "tiktok list.csv"
    await drain()
    assert (await profiles())["ayse"]["accounts"][0]["platform"] == "tiktok"


async def test_what_is_taken_in_is_found_by_the_search(take, client):
    await take()
    found = (await client.post("/v1/search/influencers", json={"query": "ayse"})).json()
    assert len(found["data"]) == 1


@pytest.mark.parametrize(
    ("kind", "status"), [("influencer", 400), ("", 400), ("site_events", 400), ("audiences", 202)]
)
async def test_kinds_are_a_closed_list(send, kind, status):
    answer = await send(kind=kind)
    assert answer.status_code == status
    if kind and status == 400:
        kinds = answer.json()["kinds"]
        assert {"audiences", "edges", "followers", "influencers", "outcomes", "posts"} <= set(kinds)
        assert kinds == sorted(kinds)
        assert ", ".join(kinds) in answer.json()["detail"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("format", "pdf"),
        ("platform", "myspace"),
        ("as_of", "yesterday"),
        ("dry_run", "maybe"),
        ("source", ""),
        ("sheets", "1"),
        ("source", "a\x00b"),
    ],
)
async def test_parameters_that_are_none(send, client, name, value):
    answer = await send(**{name: value})
    assert answer.status_code == 400, answer.text
    assert (await client.get("/v1/imports")).json()["data"] == []


async def test_bad_rows_are_listed_and_good_ones_taken(take, client, profiles):
    body = "username,followers\n" + "".join(f"user_{n},{n}00\n" for n in range(1, 20))
    made = await take((body + "broken,many\n,5\nlast_one,7\n").encode())
    assert counts(made, "read", "created", "rejected") == (22, 20, 2)
    assert len(await profiles()) == 20
    listed = (await client.get(f"/v1/imports/{made['id']}/rejects")).json()["data"]
    assert listed == [
        {
            "row": 21,
            "column": "followers",
            "value": "many",
            "reason": "Not a number.",
            "code": "not_a_number",
        },
        {
            "row": 22,
            "column": None,
            "value": None,
            "reason": "The row names no account: neither a handle, a profile link, an id nor a name.",
            "code": "no_identity",
        },
    ]


async def test_rejects_are_paged_and_downloaded(take, client):
    rows = "".join(f"user_{n},{'' if n % 2 else '=cmd|'}{n}\n" for n in range(200))
    made = await take(f"username,followers\n{rows}".encode())
    path = f"/v1/imports/{made['id']}/rejects"
    seen, cursor = [], None
    while True:
        page = (await client.get(path, params={"limit": 33} | ({"cursor": cursor} if cursor else {}))).json()
        seen += page["data"]
        cursor = page["next_cursor"]
        if not page["has_more"]:
            break
    assert [one["row"] for one in seen] == list(range(2, 202, 2))
    answer = await client.get(f"{path}.csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    read = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [int(one["row"]) for one in read] == list(range(2, 202, 2))
    # A spreadsheet must not run what stood in the file.
    assert read[0]["value"] == "'=cmd|0"


async def test_a_list_of_rejects_has_an_end_and_says_so(take, client, monkeypatch):
    monkeypatch.setattr("service.imports.tally.MOST_LISTED", 20)
    made = await take(("username,followers\nfirst,1\n" + 25 * ",5\n").encode())
    assert counts(made, "created", "rejected") == (1, 25)
    [said] = [one for one in made["warnings"] if one["code"] == "rejects_not_all_listed"]
    assert "first 20 of 25" in said["message"]
    listed = (await client.get(f"/v1/imports/{made['id']}/rejects?limit=100")).json()["data"]
    assert [one["row"] for one in listed] == list(range(3, 23))


async def test_the_same_file_again_changes_nothing(take, client, profiles):
    first = await take()
    before = await profiles()
    again = await take(filename="another name.csv")
    assert counts(again) == (2, 0, 0, 2)
    assert await profiles() == before
    assert again["sha256"] == first["sha256"]


async def test_a_later_file_adds_snapshots(take, client, profiles):
    await take()
    later = await take(ROWS.replace(b"1200", b"1300"))
    assert counts(later) == (2, 0, 2, 0)
    influencer = (await profiles())["ayse"]
    series = (await client.get(f"/v1/influencers/{influencer['id']}/snapshots")).json()["data"]
    assert [one["followers"] for one in series] == [1200, 1300]
    assert influencer["accounts"][0]["followers"] == 1300


@pytest.mark.parametrize(
    ("params", "column", "day"),
    [
        ({"as_of": "2025-01-02", "filename": "x 2024-05-06.csv"}, "2024-07-08", "2025-01-02"),
        ({"filename": "x 2024-05-06.csv"}, "2024-07-08", "2024-07-08"),
        ({"filename": "x 2024-05-06.csv"}, None, "2024-05-06"),
        ({}, None, None),
    ],
)
async def test_the_day_is_given_or_in_a_column_or_in_the_name(take, profiles, params, column, day):
    body = f"username,followers,as of\nayse,100,{column}\n" if column else "username,followers\nayse,100\n"
    made = await take(body.encode(), **params)
    observed = (await profiles())["ayse"]["accounts"][0]["observed_at"]
    if day:
        assert observed == f"{day}T00:00:00Z"
    else:
        assert made["created_at"] <= observed <= made["started_at"]


@pytest.mark.parametrize(
    ("params", "header", "cell", "platform"),
    [
        ({"platform": "tiktok"}, "platform", "youtube", "tiktok"),
        ({"platform": None}, "platform", "youtube", "youtube"),
        ({"platform": None, "filename": "x tiktok.csv"}, "note", "a", "tiktok"),
        ({"platform": None}, "note", "a", "other"),
        ({"platform": "tiktok"}, "url", "https://instagram.com/ayse", "instagram"),
    ],
)
async def test_the_platform_is_given_or_in_a_column_or_in_a_name(
    take, profiles, params, header, cell, platform
):
    made = await take(f"username,{header},followers\nayse,{cell},100\n".encode(), **params)
    assert (await profiles())["ayse"]["accounts"][0]["platform"] == platform
    warned = [one["code"] for one in made["warnings"]]
    assert ("platform_unknown" in warned) == (platform == "other")


async def test_source_and_legal_basis_are_kept(take, profiles):
    await take(source="vendor x", legal_basis="legitimate_interest")
    made = (await profiles())["ayse"]
    assert (made["source"], made["legal_basis"]) == ("vendor x", "legitimate_interest")
    assert made["collected_at"]
    assert made["accounts"][0]["source"] == "vendor x"


async def test_a_mapping_overrides(take, profiles):
    body = b"col a,col b,col c\nayse,500,x\n"
    mapping = json.dumps({"col a": "handle", "2": "followers", "col c": None})
    made = await take(body, mapping=mapping)
    assert [column["field"] for column in made["columns"]] == ["handle", "followers", None]
    assert (await profiles())["ayse"]["accounts"][0]["followers"] == 500


@pytest.mark.parametrize("mapping", ["{", "[]", '{"a": 1}', '{"username": "folowers"}', "x"])
async def test_a_mapping_that_is_none(send, mapping):
    answer = await send(mapping=mapping)
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/bad-mapping")


async def test_a_mapping_of_a_column_that_the_file_has_not(take):
    made = await take(mapping='{"Takipçi": "followers"}')
    assert made["status"] == "failed"
    assert made["error"]["code"] == "bad_mapping"
    assert "Takipçi" in made["error"]["detail"]


async def test_a_dry_run_shows_and_writes_nothing(take, client, profiles, owner):
    await take(AYSE)
    made = await take(ROWS + b"broken,many\n", dry_run="true")
    assert made["status"] == "succeeded"
    assert counts(made, "read", "created", "updated", "rejected") == (3, 1, 1, 1)
    assert [(one["handle"], one["followers"], one["avg_likes"]) for one in made["sample"]] == [
        ("ayse", 1200, 30.0),
        ("ali.k", 5300, 100.0),
    ]
    assert len((await client.get(f"/v1/imports/{made['id']}/rejects")).json()["data"]) == 1
    assert list(await profiles()) == ["ayse"]
    assert await owner.fetchval("select count(*) from influencer_snapshots") == 1
    assert await owner.fetchval("select count(*) from influencer_search") == 1
    # And then it is taken in as it was shown.
    assert counts(await take(ROWS + b"broken,many\n")) == (3, 1, 1, 0)


async def test_imports_are_listed_and_filtered(take, client, send):
    first = await take()
    failed = await take(b"%PDF-1.7 no table at all")
    waiting = (await send(kind="posts")).json()
    assert failed["status"] == "failed"

    async def listed(query=""):
        return [one["id"] for one in (await client.get(f"/v1/imports{query}")).json()["data"]]

    assert await listed() == [waiting["id"], failed["id"], first["id"]]
    assert await listed("?kind=influencers") == [failed["id"], first["id"]]
    assert await listed("?status=succeeded") == [first["id"]]
    assert await listed("?status=queued&kind=posts") == [waiting["id"]]
    page = (await client.get("/v1/imports?limit=2")).json()
    rest = (await client.get("/v1/imports", params={"cursor": page["next_cursor"]})).json()
    assert [one["id"] for one in page["data"] + rest["data"]] == await listed()
    assert (await client.get("/v1/imports?status=lost")).status_code == 400


async def test_a_file_that_is_no_table(take, owner, profiles):
    made = await take(b"%PDF-1.7 no table at all")
    assert (made["status"], made["error"]["type"]) == ("failed", "/problems/unreadable-file")
    assert made["error"]["code"] == "unknown_format"
    assert counts(made) == (0, 0, 0, 0)
    assert await owner.fetchval("select count(*) from import_chunks") == 0


async def test_an_import_outlives_its_job(take, client, owner):
    made = await take()
    await owner.execute("delete from jobs")
    kept = (await client.get(f"/v1/imports/{made['id']}")).json()
    assert (kept["status"], kept["counts"], kept["progress"]) == (
        "succeeded",
        made["counts"],
        {"done": 2, "total": 2},
    )


async def test_accounts_of_one_record_stay_together_over_batches(take, profiles, monkeypatch):
    monkeypatch.setattr(Intake.batches, "__defaults__", (3,))
    records = [
        {
            "name": f"Person {n}",
            "accounts": [
                {"platform": platform, "handle": f"person.{n}", "followers": 10 * n}
                for platform in ("instagram", "tiktok", "youtube", "x")
            ],
        }
        for n in range(5)
    ]
    made = await take(json.dumps(records).encode(), platform=None)
    assert made["status"] == "succeeded", made["error"]
    found = await profiles()
    assert {name: len(each["accounts"]) for name, each in found.items()} == {
        f"Person {n}": 4 for n in range(5)
    }


async def test_rows_that_name_their_person_are_joined(take, profiles, monkeypatch):
    monkeypatch.setattr(Intake.batches, "__defaults__", (2,))
    body = (
        "kişi no,platform,kullanıcı adı,takipçi\n1,instagram,ayse,100\n2,instagram,can,50\n"
        "2,tiktok,can_tt,60\n1,tiktok,ayse_tt,70\n1,youtube,aysetv,80\n,x,alone,9\n"
    )
    made = await take(body.encode(), platform=None)
    assert made["columns"][0]["field"] == "person"
    found = {
        name: sorted(one["handle"] for one in each["accounts"]) for name, each in (await profiles()).items()
    }
    assert found == {"ayse": ["ayse", "ayse_tt", "aysetv"], "can": ["can", "can_tt"], "alone": ["alone"]}
    assert counts(await take(body.encode(), platform=None)) == (6, 0, 0, 6)


async def test_who_opted_out_is_counted_and_not_listed(take, client, profiles):
    await take()
    ayse = (await profiles())["ayse"]
    await client.post(f"/v1/influencers/{ayse['id']}/opt-out", json={})
    made = await take(ROWS.replace(b"1200", b"9999"))
    assert counts(made, "read", "updated", "suppressed", "rejected") == (2, 1, 1, 0)
    assert (await client.get(f"/v1/imports/{made['id']}/rejects")).json()["data"] == []


async def test_an_erasure_takes_along_what_was_quoted(take, client, profiles, owner):
    await take()
    await take(ROWS + b"broken,private words\n", dry_run="true")
    ayse = (await profiles())["ayse"]
    assert (await client.post(f"/v1/influencers/{ayse['id']}/erase")).status_code == 200
    dumped = str(await owner.fetch("select * from imports")) + str(
        await owner.fetch("select * from import_rejects")
    )
    assert "ayse" not in dumped
    assert "private words" not in dumped


async def test_audiences_and_posts(take, client, profiles):
    await take()
    audience = await take(
        b"username,dimension,code,share\nayse,country,TR,80%\nayse,age,18-24,0.4\n", kind="audiences"
    )
    assert counts(audience, "read", "rejected") == (2, 0), audience
    posts = await take(
        b"username,post id,date,likes,comments\nayse,1,2026-01-02,10,2\nnobody,2,2026-01-02,1,1\n",
        kind="posts",
    )
    assert counts(posts, "read", "created", "rejected") == (2, 1, 1), posts
    ayse = (await profiles())["ayse"]
    shown = (await client.get(f"/v1/influencers/{ayse['id']}/audience")).json()
    assert "TR" in str(shown)
    assert len((await client.get(f"/v1/influencers/{ayse['id']}/posts")).json()["data"]) == 1


async def test_imports_are_noted_in_the_audit_log(take, client):
    made = await take()
    trail = (await client.get("/v1/audit-log")).json()["data"]
    assert made["id"] in [one["subject"] for one in trail if one["action"] == "import.created"]
