"""What a worker's children do before they have a job."""

import gc
from collections.abc import Iterator

import pytest

from interpret.jobs import settle


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_what_is_loaded_is_never_looked_through_again() -> None:
    """A collection that goes through all of it holds up the loop for a tenth of a second."""
    loaded = [[number] for number in range(1000)]
    assert any(each is loaded for each in gc.get_objects())

    settle()

    assert not any(each is loaded for each in gc.get_objects())
    assert gc.get_freeze_count() > len(loaded)
