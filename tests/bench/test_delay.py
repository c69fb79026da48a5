import numpy as np

from tests.bench.delay import likest

RATE_HZ = 24_000


def test_a_sound_is_found_where_it_is_and_not_in_the_silence_after_it() -> None:
    dice = np.random.default_rng(3)
    sought = dice.normal(0, 3000, RATE_HZ)
    heard = 0.3 * sought + dice.normal(0, 300, RATE_HZ)
    within = np.concatenate([np.zeros(3000), heard, np.zeros(2 * RATE_HZ)])

    place, alike = likest(sought, within)

    assert place == 3000
    assert 0.8 < alike <= 1
