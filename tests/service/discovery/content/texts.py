"""Influencers with texts, made through the API."""

from collections.abc import Sequence

import httpx

from tests.service.discovery.api import influencer, made

COFFEE = [
    "Sabah kahvesi ve tarif #kahve #kahvekeyfi",
    "Filtre kahve demleme notları #kahve",
    "Kahvaltı sofrası hazır #kahvaltı",
]
GAMES = ["Yeni oyun incelemesi #oyun", "Akşam yayındayız #oyun #espor", "Ekran kartı testi #oyun"]
YOGA = ["Sabah yoga akışı #yoga", "Nefes ve yoga #yoga", "Yoga matı önerisi #yoga #sağlık"]
THEMES = {"coffee": ("Kahve üzerine", COFFEE), "games": ("Oyun yayını", GAMES), "yoga": ("Yoga", YOGA)}


async def writer(
    client: httpx.AsyncClient, name: str, bio: str | None, captions: Sequence[str] = (), **fields
) -> str:
    """The id of a new influencer who posts these captions, the first the newest."""
    made_id = await influencer(client, name, bio=bio, **fields)
    if captions:
        posts = [
            {
                "platform_id": f"{name}-{at}",
                "caption": caption,
                "published_at": f"2026-03-{20 - 3 * at:02}T10:00:00Z",
            }
            for at, caption in enumerate(captions)
        ]
        await made(client, f"/v1/influencers/{made_id}/posts", {"posts": posts}, status=200)
    return made_id


async def market(client: httpx.AsyncClient, each: int = 4) -> dict[str, list[str]]:
    """`each` influencers of every theme, by theme."""
    return {
        theme: [
            await writer(client, f"{theme}{at}", f"{bio} {at}", captions, followers=1_000 * (at + 1), er=0.03)
            for at in range(each)
        ]
        for theme, (bio, captions) in THEMES.items()
    }
