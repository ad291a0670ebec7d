"""Settings, and who am I."""

import pytest


async def test_defaults(client) -> None:
    made = (await client.get("/v1/workspace")).json()
    assert (made["name"], made["currency"], made["timezone"]) == ("Brand", "TRY", "Europe/Istanbul")
    assert made["tiers"] == {"nano": 1000, "micro": 10000, "mid": 50000, "macro": 500000, "mega": 1000000}
    assert made["reach_rates"] == made["cors_origins"] == []


async def test_a_change_keeps_the_rest(client) -> None:
    before = (await client.get("/v1/workspace")).json()
    rate = {"platform": "tiktok", "rate": 0.2, "format": None, "tier": "nano"}
    changes = {
        "currency": "KWD",
        "locale": "en",
        "timezone": "America/Argentina/Ushuaia",
        "link_hosts": ["Go.Example.COM", "go.example.com"],
        "cors_origins": ["https://Shop.example:443/"],
        "tiers": {"nano": 5},
        "reach_rates": [rate],
        "test_share": 0.25,
    }
    answer = await client.patch("/v1/workspace", json=changes)
    assert answer.status_code == 200, answer.text
    after = answer.json()
    assert after == (await client.get("/v1/workspace")).json()
    assert after["link_hosts"] == ["go.example.com"]
    assert after["cors_origins"] == ["https://shop.example"]
    assert after["tiers"]["nano"] == 5
    assert after["reach_rates"] == [rate]
    assert (after["name"], after["id"]) == (before["name"], before["id"])
    assert after["updated_at"] > before["updated_at"]


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"currency": "XXY"}, "currency"),
        ({"currency": "try"}, "currency"),
        ({"timezone": "Mars/Base"}, "timezone"),
        ({"timezone": "../../etc/passwd"}, "timezone"),
        ({"locale": "de"}, "locale"),
        ({"name": ""}, "name"),
        ({"name": "a\nb"}, "name"),
        ({"cors_origins": ["*"]}, "cors_origins[0]"),
        ({"cors_origins": ["https://ok.example", "javascript:alert(1)"]}, "cors_origins[1]"),
        ({"cors_origins": ["https://user@shop.example"]}, "cors_origins[0]"),
        ({"cors_origins": ["https://shop.example/path"]}, "cors_origins[0]"),
        ({"cors_origins": ["https://shop.example:99999"]}, "cors_origins[0]"),
        ({"link_hosts": ["https://go.example"]}, "link_hosts[0]"),
        ({"link_hosts": ["go.example:80"]}, "link_hosts[0]"),
        ({"link_hosts": ["-go.example"]}, "link_hosts[0]"),
        ({"destination_hosts": [""]}, "destination_hosts[0]"),
        ({"destination_hosts": ["a" * 64 + ".example"]}, "destination_hosts[0]"),
        ({"tiers": {"nano": 10, "micro": 5}}, "tiers"),
        ({"tiers": {"giga": 10}}, "tiers.giga"),
        ({"test_share": 1.5}, "test_share"),
        ({"reach_rates": [{"platform": "x", "rate": 2}]}, "reach_rates[0].rate"),
        ({"reach_rates": [{"platform": "x", "rate": 0.1}] * 2}, "reach_rates[1]"),
        ({"id": "ws_1"}, "id"),
        ({"workspace_id": "ws_1"}, "workspace_id"),
        ({"version": 3}, "version"),
    ],
)
async def test_settings_that_can_not_be(client, body: dict, path: str) -> None:
    before = (await client.get("/v1/workspace")).json()
    answer = await client.patch("/v1/workspace", json=body)
    assert answer.status_code == 400, answer.text
    assert [error["path"] for error in answer.json()["errors"]] == [path]
    assert (await client.get("/v1/workspace")).json() == before


async def test_every_fault_is_named(client) -> None:
    answer = await client.patch(
        "/v1/workspace", json={"currency": "XXY", "timezone": "?", "link_hosts": ["?"]}
    )
    assert {error["path"] for error in answer.json()["errors"]} == {"currency", "timezone", "link_hosts[0]"}


async def test_no_update_is_lost(client) -> None:
    seen = (await client.get("/v1/workspace")).headers["ETag"]
    first = await client.patch("/v1/workspace", json={"name": "A"}, headers={"If-Match": seen})
    assert first.status_code == 200
    assert first.headers["ETag"] != seen
    second = await client.patch("/v1/workspace", json={"name": "B"}, headers={"If-Match": seen})
    assert second.status_code == 412
    third = await client.patch(
        "/v1/workspace", json={"name": "C"}, headers={"If-Match": first.headers["ETag"]}
    )
    assert third.json()["name"] == "C"


async def test_nothing_to_change_changes_nothing(client) -> None:
    seen = (await client.get("/v1/workspace")).headers["ETag"]
    assert (await client.patch("/v1/workspace", json={})).headers["ETag"] == seen


async def test_labels_in_both_languages(client) -> None:
    turkish = (await client.get("/v1/labels")).json()
    english = (await client.get("/v1/labels?lang=en")).json()
    assert turkish["labels"]["role"]["owner"] == "Sahip"
    assert english["labels"]["role"]["owner"] == "Owner"
    assert turkish["labels"].keys() == english["labels"].keys()
    assert (await client.get("/v1/labels?lang=de")).status_code == 400


async def test_every_state_of_the_schema_has_its_label(client, owner) -> None:
    labels = (await client.get("/v1/labels")).json()["labels"]
    for group, table, column in (
        ("role", "members", "role"),
        ("job_status", "jobs", "status"),
        ("key_kind", "api_keys", "kind"),
        ("file_purpose", "files", "purpose"),
    ):
        check = await owner.fetchval(
            """select pg_get_constraintdef(oid) from pg_constraint
               where conrelid = $1::text::regclass and contype = 'c' and pg_get_constraintdef(oid) like $2""",
            table,
            f"%{column} = ANY%",
        )
        assert set(check.split("'")[1::2]) == labels[group].keys(), group


async def test_a_domain_can_not_rename_another_s_code() -> None:
    from service.accounts.labels.registry import register

    register("role", {"owner": ("Sahip", "Owner")})
    with pytest.raises(ValueError, match=r"role\.owner"):
        register("role", {"owner": ("Patron", "Boss")})
