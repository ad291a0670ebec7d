"""`./elci demo` as somebody types it who has just cloned the repository."""

import os
import re
import signal
import subprocess
from pathlib import Path

import httpx

from tests.e2e.conftest import ROOT, until

LIST = """\
Ad Soyad;Kullanıcı Adı;Platform;Takipçi Sayısı;Ort. Beğeni;Ort. Yorum
Ayşe Işık;@ayse.isik;Instagram;12.500;400;20
Can Öz;@can_oz;Instagram;98.000;1.200;90
Ece Su [/b];@ece.su;Instagram;bilmem;1.200;90
"""


def demo(home: Path, *arguments: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
    """`./elci demo` from another folder, to its end."""
    return subprocess.run(
        [ROOT / "elci", "demo", *arguments],
        env=environment(home) | env,
        cwd=home.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def environment(home: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "DATABASE_URL") if name in os.environ}
    return kept | {"ELCI_HOME": str(home)}


def counts(said: str) -> dict[str, list[int]]:
    """File -> read, created, updated, unchanged, rejected."""
    rows = re.findall(r"^│ (\S+\.\w+) +│((?: +[\d,]+ │){5})", said, re.MULTILINE)
    return {name: [int(each) for each in cells.replace(",", "").split("│")[:5]] for name, cells in rows}


def ranks(said: str) -> list[int]:
    """Those of the ranking, not of what is said of reach after it."""
    said = re.split(r"^(?:Follower lists|Of the followers|Nobody is known)", said, flags=re.MULTILINE)[0]
    return [int(rank) for rank in re.findall(r"^│ +(\d+) │", said, re.MULTILINE)]


def test_the_sample_is_ranked_and_explained(home: Path) -> None:
    first = demo(home, "--once")
    assert first.returncode == 0, first.stderr
    assert ranks(first.stdout) == list(range(1, 11))
    assert "against 80% wanted" in first.stdout
    assert "of peers" in first.stdout
    taken = counts(first.stdout)
    assert taken["people.csv"] == [2000, 2000, 0, 0, 0]
    assert taken["influencers.csv"][1:] == [0, taken["influencers.csv"][0], 0, 0]
    assert taken["posts.ndjson"][0] == taken["posts.ndjson"][1] > 30_000
    assert "\x1b" not in first.stdout + first.stderr
    reach = first.stdout[first.stdout.index("Follower lists are in") :]
    assert len(re.findall(r"^│ +\d+ │ .*%", reach, re.MULTILINE)) == 10
    assert re.search(r"[\d,]+ followers are .* people; a post of each reaches", reach)
    assert "A plan for 150,000.00 TRY: The best plan for this budget." in reach
    assert re.search(r"^│ 1 │ .* TRY │ +[\d,]+ │ +[\d,]+ │ +[\d,.]+ TRY │$", reach, re.MULTILINE)

    sold = first.stdout[first.stdout.index("A month of sales: ") :]
    orders, refunds = re.search(r"clicks, (\d+) orders .* (\d+) refunds\.", sold).groups()  # type: ignore[union-attr]
    assert int(orders) > 100
    assert int(refunds) > 0
    assert re.search(r"^│ pending .* TRY │ (?:7|10|12)% of [\d,.]+ net, rule [12]", sold, re.MULTILINE)
    assert re.search(r"^│ on hold .*self referral", sold, re.MULTILINE)
    assert re.search(r"The ledger's sum is 0\.00 TRY\. Counted again .*: nothing differs\.", sold)

    payday = sold[sold.index("A dry run of the payout: 3 payouts") :]
    assert re.search(
        r"The payout run is finished: 3 paid, [\d,.]+ TRY; \d wait for want of an account", payday
    )
    assert len(re.findall(r"^│ TR\d\d •••• \d{4} │ .* TRY │ Commission P", payday, re.MULTILINE)) == 3
    assert not re.search(r"TR\d{24}", first.stdout)
    # The partner's own statement: before, earned, paid and after, which is what the balance says too.
    assert re.search(r"logged in as the partner, reads this of \d{4}-\d\d", payday)
    after = re.search(r"^│ after (.*)│$", payday, re.MULTILINE)
    assert after is not None
    earned, paid, owed = re.findall(r"(\S+) TRY", after[1])
    assert round(amount(earned) - amount(paid) - amount(owed), 2) == 0 < amount(paid)
    assert re.search(rf"^- payout P\w+: {paid} TRY to TR\d\d •••• 0001, paid$", payday, re.MULTILINE)

    heard = listening(first.stdout)

    second = demo(home, "--once")
    assert second.returncode == 0, second.stderr
    assert "The sample is in already" in second.stdout
    assert ranking(second.stdout) == ranking(first.stdout)
    assert f"A month of sales stands there from an earlier start: {orders} orders." in second.stdout
    assert "nothing differs" in second.stdout
    again = second.stdout[second.stdout.index("The month's payout was made by an earlier start.") :]
    assert (
        again.partition("\n")[2].partition("A month of mentions")[0]
        == (payday.partition("\n")[2].partition("A month of mentions")[0])
    )
    assert re.search(
        r"^A month of mentions, .* stand there from an earlier start", second.stdout, re.MULTILINE
    )
    assert listening(second.stdout) == heard


def listening(said: str) -> str:
    """The part about mentions and posts without its introduction, once it is as it should be."""
    heard = said[said.index("A month of mentions") :]
    heard = heard[heard.index("┏") :]
    table = heard.partition("A crisis of")[0]
    brands = re.findall(r"^│ (.+?) +│ +([\d,]+) │ +(\d+)% │", table, re.MULTILINE)
    assert [name for name, *_ in brands] == ["Telvecik Kahve", "Kehribarca", "Közlük Kahve"]
    assert sum(amount(count) for _, count, _ in brands) > 2_500
    assert 99 <= sum(int(share) for *_, share in brands) <= 101
    # Raw, corrected, and the interval about it.
    nets = re.findall(r"([+-]?\d\.\d\d) │ +([+-]?\d\.\d\d) │ ([+-]?\d\.\d\d) to ([+-]?\d\.\d\d)", heard)
    assert len(nets) == 3
    assert all(float(low) < float(corrected) < float(high) for _, corrected, low, high in nets)
    assert len(re.findall(r"^A (?:crisis|spike) of ", heard, re.MULTILINE)) == 1
    assert re.search(
        r"^A crisis of “Telvecik Kahve”, .* 11:00 to \d\d:00: \d+ mentions where \d+ are", heard, re.MULTILINE
    )
    assert re.search(r"^- net sentiment -0\.\d\d, before \+0\.\d\d; negative", heard, re.MULTILINE)
    assert re.search(r"^- where it comes from: x \d+%", heard, re.MULTILINE)
    assert re.search(r"its words:\n┏.*\n.*\n.*\n│ yanık ", heard)
    assert len(re.findall(r"^- “.*yanık.*” \(", heard, re.MULTILINE)) == 3
    assert "3 posts of people who got a parcel were looked at" in heard
    issues = re.findall(
        r"^│ .+ │ (\w+) +│ (tr-2021/\S+) +│ Possible issue: .*│ “.*” +│$", heard, re.MULTILINE
    )
    assert issues == [("MISSING", "tr-2021/label"), ("BELOW_FOLD", "tr-2021/first-sight")]
    return heard


def amount(text: str) -> float:
    return float(text.replace(",", ""))


def ranking(said: str) -> str:
    """From the ranking to the plan; that lists of followers were sent is said once, and money moves on."""
    lines = said[said.index("The best") :].partition("A month of sales")[0].splitlines()
    return "\n".join(line for line in lines if not line.startswith("Follower lists are in"))


def test_a_file_of_ones_own(home: Path) -> None:
    home.parent.joinpath("liste.csv").write_text(LIST, encoding="utf-8")
    first = demo(home, "--once", "--import", "liste.csv")
    assert first.returncode == 0, first.stderr
    assert counts(first.stdout)["liste.csv"] == [3, 2, 0, 0, 1]
    assert re.search(r"liste\.csv │ 4 +│ Takipçi Sayısı │ bilmem │ Not a number", first.stdout)
    assert ranks(first.stdout) == [1, 2]
    assert "low confidence (14%)" in first.stdout
    assert "audience" not in ranking(first.stdout).split("Nobody is known to follow")[0]
    second = demo(home, "--once", "--import", "liste.csv")
    assert counts(second.stdout)["liste.csv"] == [3, 0, 0, 2, 1]
    assert ranking(second.stdout) == ranking(first.stdout)


def test_a_file_that_is_none_ends_it_with_the_reason(home: Path) -> None:
    home.parent.joinpath("liste.xlsx").write_bytes(b"PK\x03\x04 broken")
    ended = demo(home, "--once", "--import", "liste.xlsx")
    assert ended.returncode == 1
    assert "failed" in ended.stdout
    assert "Nobody to rank" in ended.stdout
    assert "Traceback" not in ended.stderr


def test_it_serves_on_with_a_key(home: Path) -> None:
    home.parent.joinpath("liste.csv").write_text(LIST, encoding="utf-8")
    command = [ROOT / "elci", "demo", "--port", "0", "--import", "liste.csv"]
    output = home.parent / "said"
    with output.open("w") as out:
        process = subprocess.Popen(command, env=environment(home), cwd=home.parent, stdout=out)
    try:
        until(lambda: "curl" in output.read_text() or process.poll() is not None, 120)
        said = output.read_text()
        found = re.search(r"goes on at (\S+)\.\n.*key: +(sk_\w+)\n.*curl -s (\S+/items) ", said, re.DOTALL)
        assert found, said
        url, key, items = found.groups()
        answer = httpx.get(items, headers={"Authorization": f"Bearer {key}"})
        assert [item["influencer"]["name"] for item in answer.json()["data"]] == ["Ayşe Işık", "Can Öz"]
        assert httpx.get(f"{url}/docs").status_code == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def test_a_server_that_runs_is_used(serve, home: Path) -> None:
    server = serve(home)
    home.parent.joinpath("liste.csv").write_text(LIST, encoding="utf-8")
    done = demo(home, "--once", "--import", "liste.csv")
    assert done.returncode == 0, done.stderr
    assert f"goes on at {server.url}" in done.stdout
    assert server.query("select count(*) from influencers") == 2
    assert server.stop() == 0
