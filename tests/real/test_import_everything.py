"""Every file of real influencers through the API as it is, and once more."""

from pathlib import Path

import pytest

REFUSED = 0.01
"""Of the rows of a file at most so many may be refused; those that are say why."""


@pytest.fixture
def files(real_data: Path) -> list[Path]:
    found = sorted((real_data / "influencers").glob("*.csv"))
    if not found:
        pytest.skip("no real files of influencers")
    return found


async def _take(client, drain, file):
    params = {"kind": "influencers", "filename": file.name}
    answer = await client.post("/v1/imports", params=params, content=file.read_bytes())
    assert answer.status_code == 202, answer.text
    await drain()
    return (await client.get(f"/v1/imports/{answer.json()['id']}")).json()


def _line(made):
    counts = made["counts"]
    figures = " ".join(
        f"{counts[name]:>9,}" for name in ("read", "created", "updated", "unchanged", "rejected")
    )
    return f"{made['filename'][:55]:55} {figures}"


async def test_every_file_goes_in_and_the_second_time_changes_nothing(client, drain, files, capsys, owner):
    first = [await _take(client, drain, file) for file in files]
    refused = [(await client.get(f"/v1/imports/{made['id']}/rejects?limit=100")).json() for made in first]
    with capsys.disabled():
        print(f"\n{'file':55} {'read':>9} {'created':>9} {'updated':>9} {'unchanged':>9} {'rejected':>9}")
        print("\n".join(map(_line, first)))
        for made, listed in zip(first, refused, strict=True):
            for one in listed["data"][:3]:
                print(made["filename"], one["row"], one["column"], repr(one["value"]), one["code"])
    for made, listed in zip(first, refused, strict=True):
        counts = made["counts"]
        assert made["status"] == "succeeded", made["error"]
        assert counts["read"] > 0
        assert counts["rejected"] <= REFUSED * counts["read"], made["filename"]
        assert len(listed["data"]) == min(100, counts["rejected"])
        assert all(one["reason"] and one["code"] for one in listed["data"])
        told = sum(value for name, value in counts.items() if name != "read")
        assert told == counts["read"]
    before = await _rows(owner)
    for file, made in zip(files, first, strict=True):
        again = await _take(client, drain, file)
        changed = {name: again["counts"][name] for name in ("created", "updated")}
        assert changed == {"created": 0, "updated": 0}, file.name
        assert again["counts"]["rejected"] == made["counts"]["rejected"]
    assert await _rows(owner) == before


async def _rows(owner):
    tables = ("influencers", "influencer_accounts", "influencer_snapshots", "influencer_search")
    return {table: await owner.fetchval(f"select count(*) from {table}") for table in tables}
