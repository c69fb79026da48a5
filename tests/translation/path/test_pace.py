from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.path.pace import CONDENSED, STEP, Pace, Pacing, without_pauses
from translation.path.speak import CatchUp

WIDE, NARROW = (0.5, 2.0), (0.7, 1.2)
LINE: dict[str, Any] = {"line_s": 5.3, "said_s": 6.0}


def paces(*lags_s: float, speeds: tuple[float, float] = NARROW) -> list[float | None]:
    pace = Pace()
    decided = [pace.decide(lag_s=s, waiting_s=0.0, speeds=speeds, **LINE) for s in lags_s]
    return [one.speed if one else None for one in decided]


def test_an_engine_that_can_be_quick_does_what_catch_up_says() -> None:
    lags_s = (0.5, 1.1, 2.0, 0.5, 0.5, 40.0)
    catch_up = CatchUp()

    assert paces(*lags_s, speeds=WIDE) == [
        catch_up.decide(lag_s=s, waiting_s=0.0, **LINE) for s in lags_s
    ]


def test_an_engine_with_little_to_give_speaks_by_steps_up_to_its_fastest() -> None:
    assert paces(0.5, 0.8, 0.95, 1.3, 3.0) == [1.0, 1.0, 1.1, 1.2, 1.2]


def test_it_calms_down_by_one_step_and_only_when_a_step_less_would_do() -> None:
    """CatchUp itself comes down by 0.1 a line: 1.5, 1.4, 1.3 ... while the backlog is gone."""
    assert paces(3.6, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5) == [1.2, 1.2, 1.2, 1.2, 1.1, 1.0, 1.0]


def test_a_backlog_around_a_step_does_not_make_the_voice_waver() -> None:
    around = [0.94, 0.92, 0.95, 0.91] * 5

    changes = [one for one, other in pairwise(paces(*around)) if one != other]

    assert len(changes) <= 1


def test_pauses_go_only_where_the_engine_can_do_no_more() -> None:
    assert without_pauses(1.2, NARROW)
    assert not without_pauses(1.1, NARROW)
    assert not without_pauses(1.5, WIDE)
    assert not without_pauses(1.0, (1.0, 1.0))


def test_a_line_that_waited_long_is_condensed_before_any_is_skipped() -> None:
    def decided(lag_s: float, waiting_s: float = 13.0, line_s: float = 5.3) -> Pacing | None:
        return Pace().decide(
            lag_s=lag_s, waiting_s=waiting_s, line_s=line_s, said_s=5.0, speeds=NARROW
        )

    assert decided(4.9) == Pacing(1.2)
    assert decided(8.0) == Pacing(1.2, 0.7)
    assert decided(8.0, waiting_s=0) == Pacing(1.2)
    assert decided(8.0, line_s=2.0) == Pacing(1.2)
    assert decided(12.1) is None


@given(
    st.lists(st.tuples(st.floats(-5, 60), st.floats(0, 130)), min_size=1),
    st.tuples(st.floats(0.3, 1.0), st.floats(1.0, 3.0)),
)
def test_a_pace_is_one_the_engine_can_speak(
    backlogs: list[tuple[float, float]], speeds: tuple[float, float]
) -> None:
    pace, catch_up = Pace(), CatchUp()
    for lag_s, waiting in backlogs:
        decided = pace.decide(lag_s=lag_s, waiting_s=waiting, speeds=speeds, **LINE)
        wanted = catch_up.decide(lag_s=lag_s, waiting_s=waiting, **LINE)
        assert (decided is None) == (wanted is None)
        if decided is None:
            continue
        assert max(1.0, speeds[0]) <= decided.speed <= max(1.0, speeds[1])
        assert decided.share in (None, CONDENSED)


@given(st.lists(st.floats(0, 11), min_size=2, max_size=30))
def test_a_voice_comes_down_by_no_more_than_a_step_a_line(lags_s: list[float]) -> None:
    speeds = [speed for speed in paces(*lags_s) if speed is not None]

    assert all(before - after <= STEP + 1e-6 for before, after in pairwise(speeds))


def test_fixed_speed_engines_keep_it() -> None:
    assert paces(0.5, 3.0, 9.0, speeds=(1.0, 1.0)) == [1.0, 1.0, pytest.approx(1.0)]
