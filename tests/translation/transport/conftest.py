"""What needs no server is tested on a clock that jumps over waiting."""

import asyncio
from collections.abc import Callable

import pytest

from translation.flow import SkippingLoop


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    if item.get_closest_marker("livekit"):
        return {"real": asyncio.new_event_loop}
    return {"skipping": SkippingLoop}
