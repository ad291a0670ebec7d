from datetime import date

import pytest

from service.demo.records import Account, Influencer
from service.demo.sample import influencers

AS_OF = date(2025, 9, 15)


@pytest.fixture(scope="session")
def sample() -> list[Influencer]:
    return list(influencers(AS_OF))


@pytest.fixture(scope="session")
def accounts(sample: list[Influencer]) -> list[Account]:
    return [account for influencer in sample for account in influencer.accounts]
