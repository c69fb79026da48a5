"""Jobs are tested on a clock that jumps over waiting; leases, which Redis keeps, on a true one."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from translation.flow import SkippingLoop


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    if item.get_closest_marker("redis"):
        return {"real": asyncio.new_event_loop}
    return {"skipping": SkippingLoop}


@pytest_asyncio.fixture(autouse=True)
async def no_task_is_left_behind() -> AsyncIterator[None]:
    before = asyncio.all_tasks()
    yield
    me = asyncio.current_task()
    left = [task for task in asyncio.all_tasks() - before if task is not me]
    assert sorted(task.get_name() for task in left) == []
