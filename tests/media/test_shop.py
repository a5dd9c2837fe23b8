"""What the shop must hear, it hears: in order, even if it was away."""

from bofen.gateways.streams.protocol import PublishStarted, PublishStopped
from bofen.media.shop import Shop
from tests.media.conftest import SECRET, Open, until


def tell(shop: Shop, number: int) -> None:
    if number % 2:
        shop.tell("publish_stopped", "a", push_id=str(number), session="s", reason="left")
    else:
        shop.tell("publish_started", "a", push_id=str(number), session="s")


async def test_what_was_told_while_the_shop_was_away_arrives_in_order(open_studio: Open) -> None:
    studio = await open_studio()
    studio.shop.is_broken = True
    shop = Shop(f"http://127.0.0.1:{studio.port}", SECRET, pause_s=0.02)
    for number in range(6):
        tell(shop, number)

    studio.shop.is_broken = False
    await until(lambda: len(studio.shop.told) == 6)
    await shop.close()

    told = [e for e in studio.shop.told if isinstance(e, PublishStarted | PublishStopped)]
    assert [event.push_id for event in told] == list("012345")


async def test_closing_does_not_wait_for_a_shop_that_is_gone() -> None:
    shop = Shop("http://127.0.0.1:9", SECRET, pause_s=60)
    tell(shop, 0)

    await shop.close(patience_s=0.05)
