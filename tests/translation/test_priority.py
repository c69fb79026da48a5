import os
import threading
from collections.abc import Iterator

import pytest

from translation.priority import go_first, started_go_first

ORDINARY = os.SCHED_OTHER


@pytest.fixture(autouse=True)
def permitted() -> Iterator[None]:
    try:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    except PermissionError:
        pytest.skip("the system permits no real-time priority here")
    os.sched_setscheduler(0, ORDINARY, os.sched_param(0))
    yield
    os.sched_setscheduler(0, ORDINARY, os.sched_param(0))


def of_a_new_thread() -> int:
    policies: list[int] = []
    thread = threading.Thread(target=lambda: policies.append(os.sched_getscheduler(0)))
    thread.start()
    thread.join()
    return policies[0]


def test_who_goes_first_goes_alone() -> None:
    go_first()
    assert os.sched_getscheduler(0) == os.SCHED_RR | os.SCHED_RESET_ON_FORK
    assert of_a_new_thread() == ORDINARY


@pytest.mark.parametrize("first", [False, True])
def test_threads_that_are_started_meanwhile_go_first(first: bool) -> None:
    if first:
        go_first()
    before = os.sched_getscheduler(0)
    with started_go_first():
        assert of_a_new_thread() == os.SCHED_RR
    assert os.sched_getscheduler(0) == before
    assert of_a_new_thread() == ORDINARY
