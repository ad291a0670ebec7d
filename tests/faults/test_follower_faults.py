"""kill -9 in the middle of a list of followers: nothing of it is there, and the same list goes in afterwards.

Seen red with a transaction for each batch: people of the first batches were there.
"""

import itertools
import json
import os
import signal
import subprocess
import threading

import httpx
import pytest

from tests.e2e.conftest import ROOT, home, serve, until

__all__ = ["home", "serve"]

PEOPLE = 600_000


def _key(server):
    command = [ROOT / "elci", "workspace", "create", "Brand", "--json"]
    env = {"PATH": os.environ["PATH"], "ELCI_HOME": str(server.home)}
    done = subprocess.run(
        command, env=env, cwd=server.home.parent, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)["api_key"]


def _content():
    numbers = iter(range(PEOPLE))
    while some := list(itertools.islice(numbers, 5_000)):
        yield "".join(f"{number}\n" for number in some).encode()


def _going_in(server):
    """Whether rows are being written: nobody sees them yet, but the table grows."""
    return server.query("select pg_relation_size('followers') > 1000000")


@pytest.mark.long
@pytest.mark.parametrize("part", ["api", "postgres"])
def test_a_part_is_killed(serve, home, part):
    server = serve(home)
    headers = {"Authorization": f"Bearer {_key(server)}"}
    account = {"platform": "instagram", "handle": "ece"}
    body = {"name": "Ece", "accounts": [account]}
    made = httpx.post(f"{server.url}/v1/influencers", json=body, headers=headers).json()

    def put():
        path = f"{server.url}/v1/influencers/{made['id']}/followers"
        return httpx.put(path, content=_content(), headers=headers, timeout=120)

    answers = []

    def send():
        try:
            answers.append(put().status_code)
        except httpx.HTTPError:
            answers.append(0)

    sending = threading.Thread(target=send)
    sending.start()
    until(lambda: _going_in(server), 60)
    for pid in server.children()[part]:
        os.kill(pid, signal.SIGKILL)
    sending.join()
    assert answers == [0] or answers[0] >= 500
    until(server.is_ready, 60)
    assert server.query("select count(*) from followers") == 0
    assert server.query("select count(*) from follower_sets") == 0
    again = put()
    assert (again.status_code, again.json()["size"]) == (200, PEOPLE)
    assert server.query("select max(ordinal) from followers") == PEOPLE - 1
    assert server.stop() == 0
