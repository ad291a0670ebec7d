"""`./elci demo` as somebody types it who has just cloned the repository."""

import json
import os
import re
import signal
import subprocess
from pathlib import Path
from typing import Any

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
        timeout=600,
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


def test_the_sample_is_ranked_and_explained(serve, home: Path) -> None:
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
    came = loop(first.stdout)

    server = serve(home)
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
    assert loop(second.stdout) == came
    [key] = json.loads((home / "demo" / "keys.json").read_text()).values()
    with httpx.Client(base_url=server.url, headers={"Authorization": f"Bearer {key}"}) as api:
        is_told(came, api)
    # Its figures follow within a minute, sooner or later than this start.
    assert f"GET /v1/advocates/{came[1][0]}/tree" in second.stdout
    assert server.stop() == 0


def loop(said: str) -> list[tuple[str, str]]:
    """The chain from one mention on: the id of each step, and what is said of it."""
    lines = said[said.index("One mention, and whom it brought:") :].splitlines()[1:]
    end = next(n for n, line in enumerate(lines) if line.startswith("In all "))
    steps = [
        (step, told)
        for step, _, told in (line.removeprefix("- ").partition(" ") for line in lines[: end + 1])
    ]
    rewards = ["rwd"] * 3
    assert [step.partition("_")[0] for step, _ in steps] == [
        *("men", "adv", "clk", "cnv", "cnv", "ref", *rewards, "rwd"),
        *("adv", "clk", "cnv", "ref", *rewards, "cpn", "cnv", "ref", *rewards),
        *("rdm", "adv", "rdm", "adv", "In"),
    ]
    return steps


def is_told(came: list[tuple[str, str]], api: httpx.Client) -> None:
    """Every step is as the API tells it."""

    def get(path: str, **asked: str) -> Any:
        answer = api.get(path, params=asked)
        assert answer.is_success, answer.text
        return answer.json()

    of = {
        kind: [(step, said) for step, said in came if step.startswith(kind)]
        for kind in ("adv", "clk", "cnv", "ref", "rwd", "rdm")
    }
    mention = get(f"/v1/mentions/{came[0][0]}")
    assert came[0][1].endswith(f"{mention['sentiment']['label']}: “{mention['text']}”")

    fan, friend = (get(f"/v1/advocates/{step}") for step, _ in (came[1], came[10]))
    assert [(each["joined_by"], each["qualified"]) for each in (fan, friend)] == [
        ("mention", 1),
        ("purchase", 1),
    ]
    for each, (_, said) in zip((fan, friend), (came[1], came[10]), strict=True):
        path = httpx.URL(each["short_url"]).path
        assert said.endswith(f": link {each['link_id']} ({path}), code {each['code']}")
    for each, (step, _) in zip((fan, friend), of["clk"], strict=True):
        assert step in [click["id"] for click in get(f"/v1/links/{each['link_id']}/clicks")["data"]]

    orders = [get(f"/v1/conversions/{step}") for step, _ in of["cnv"]]
    for order, (_, said) in zip(orders, of["cnv"], strict=True):
        assert f": {lira(order['net'])} net, " in said
        assert ("went back" in said) == (order["refunded"] == order["amount"])
    assert [order["partner_id"] for order in orders] == [
        each["partner_id"] for each in (fan, fan, friend, friend)
    ]
    assert orders[2]["click_ids"] == [of["clk"][1][0]]
    assert orders[3]["coupons"] == [friend["code"]]

    first, second, back = (get(f"/v1/referrals/{step}") for step, _ in of["ref"])
    assert (first["state"], first["friend_id"], first["purchases"]) == ("rewarded", friend["id"], 2)
    assert friend["referral_id"] == first["id"]
    assert (second["state"], second["advocate_id"], second["purchases"]) == ("rewarded", friend["id"], 1)
    assert (back["state"], back["purchases"]) == ("invited", 0)

    rewards = [get("/v1/rewards", ids=step)["data"][0] for step, _ in of["rwd"]]
    for reward, (_, said) in zip(rewards, of["rwd"], strict=True):
        word = "taken back: refunded" if reward["status"] == "reversed" else reward["status"]
        assert f"for the {reward['side']}: {word}" in said
        assert reward["amount"] is None or said.startswith(lira(reward["amount"]))
    assert [each["status"] for each in rewards] == [
        *("available", "available", "redeemed", "available", *["pending"] * 3, *["reversed"] * 3)
    ]
    assert rewards[3]["amount"]["amount"] == round(orders[1]["net"]["amount"] * 0.05)

    spent = {each["id"]: each for each in get("/v1/rewards/redemptions")["data"]}
    points, voucher = ((spent[step], said) for step, said in of["rdm"])
    assert lira(points[0]["amount"]) in points[1]
    assert (voucher[0]["reward_id"], voucher[0]["advocate_id"]) == (rewards[2]["id"], friend["id"])
    assert re.search(r", code HOSGELDIN-\d{4} ", voucher[1])
    for each, (_, said) in zip((fan, friend), (came[-4], came[-2]), strict=True):
        for unit in get(f"/v1/advocates/{each['id']}/balance")["balances"]:
            for name in ("available", "pending", "redeemed"):
                amount = lira({"amount": unit[name], "currency": unit["currency"]})
                assert (f" {amount} {name}" in said) == (unit[name] != 0)

    kept = sum(order["net"]["amount"] for order in orders[:3])
    told = f"brought 2 customers in 2 generations, {lira({'amount': kept, 'currency': 'TRY'})} net."
    assert f" {came[0][0]} {told}" in f" {came[-1][1]}"
    assert came[-1][1].endswith("The ledger's sums are 0.00 TRY, 0 points.")
    assert [each["amount"] for each in get("/v1/ledger/totals")["sums"]] == [0, 0]
    assert get("/v1/ledger/check")["ok"]


def lira(amount: dict[str, Any]) -> str:
    """As the demo writes it."""
    if amount["currency"] == "points":
        return f"{amount['amount']:,} points"
    return f"{amount['amount'] / 100:,.2f} {amount['currency']}"


def listening(said: str) -> str:
    """The part about mentions and posts without its introduction, once it is as it should be."""
    heard = said[said.index("A month of mentions") : said.index("One mention, and whom it brought:")]
    heard = heard[heard.index("┏") :]
    table = heard.partition("A crisis of")[0]
    brands = re.findall(r"^│ (.+?) +│ +([\d,]+) │ +(\d+)% │", table, re.MULTILINE)
    assert [name for name, *_ in brands] == ["Telvecik Kahve", "Kehribarca", "Közlük Kahve"]
    assert sum(amount(count) for _, count, _ in brands) > 2_500
    assert 99 <= sum(int(share) for *_, share in brands) <= 101
    # Raw, corrected, and the interval about it.
    nets = re.findall(r"([+-]?\d\.\d\d) │ +([+-]?\d\.\d\d) │ +([+-]?\d\.\d\d) to ([+-]?\d\.\d\d)", heard)
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
