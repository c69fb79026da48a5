from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.translation.entries import segment, speaking, spoken, translation
from translation.path.speak import (
    Began,
    CatchUp,
    CatchUpSettings,
    Ended,
    Playout,
    Script,
)
from translation.values import Entry, Samples, Spoken


def script_of(*entries: Entry) -> Script:
    script = Script("es")
    for entry in entries:
        script.feed(entry)
    return script


def ramp(first: int, count: int) -> Samples:
    """Samples that all differ, none of them silence."""
    return np.arange(first, first + count, dtype=np.int16)


# Script: which line comes next


def test_script_goes_on_where_the_log_ends() -> None:
    script = script_of(
        segment(1), segment(2), speaking(1), translation(1), translation(2), spoken(1)
    )

    assert (script.next_id, script.last_id) == (2, 2)
    assert (script.segment(1), script.segment(2)) == (None, segment(2))
    assert (script.text(1), script.text(2)) == (None, translation(2))


def test_script_knows_only_its_own_language() -> None:
    script = script_of(segment(1), translation(1, language="fr"), spoken(1, language="fr"))

    assert (script.next_id, script.text(1), script.fresh) == (1, None, True)


def test_script_knows_which_line_a_predecessor_left_half_spoken() -> None:
    script = script_of(segment(1), segment(2), speaking(1), spoken(1), speaking(2, speed=1.2))

    assert script.next_id == 2
    assert script.begun(2) == speaking(2, speed=1.2)


def test_script_steps_over_a_line_that_was_skipped_while_the_one_before_was_on_air() -> None:
    script = script_of(segment(1), segment(2), segment(3), speaking(1), spoken(2))
    assert script.next_id == 1

    script.feed(spoken(1))

    assert script.next_id == 3


def test_script_of_a_late_channel_leaves_out_what_was_said_before_it() -> None:
    script = script_of(*(segment(n, start_s=n * 2.0) for n in range(1, 11)))

    script.start_after(14.0)

    assert script.next_id == 7
    assert script.segment(7) == segment(7, start_s=14.0)


def test_script_of_a_late_channel_leaves_it_out_after_a_restart_too() -> None:
    said = [segment(n, start_s=n * 2.0) for n in range(1, 11)]

    script = script_of(*said, speaking(7))

    assert (script.next_id, script.fresh) == (7, False)


def test_script_counts_what_waits_by_its_translation_or_else_its_source() -> None:
    script = script_of(
        segment(1), segment(2, "four"), segment(3, "seven"), translation(2, "cuatro")
    )

    assert script.waiting_s(1) == pytest.approx((len("cuatro") + len("seven")) / 15)


def test_script_knows_that_a_chinese_character_takes_as_long_as_three_letters() -> None:
    script = Script("zh")
    chinese = replace(translation(2, "我们今天看到了它"), language="zh")
    for entry in (segment(1), segment(2), chinese):
        script.feed(entry)

    assert script.waiting_s(1) == 8 / 5


ENTRIES = st.lists(
    st.builds(
        lambda make, number, language: (
            make(number) if make is segment else make(number, language=language)
        ),
        st.sampled_from([segment, translation, speaking, spoken]),
        st.integers(1, 12),
        st.sampled_from(["es", "fr"]),
    ),
    max_size=40,
)
"""Any log: also lines spoken before they were said, twice, and in any order."""


@given(ENTRIES)
def test_script_never_goes_back_and_never_offers_what_is_done(log: list[Entry]) -> None:
    script, done, reached = Script("es"), set(), [1]
    for entry in log:
        script.feed(entry)
        if isinstance(entry, Spoken) and entry.language == "es":
            done.add(entry.segment_id)
        reached.append(script.next_id)
        assert script.next_id not in done
    assert reached == sorted(reached)


@given(st.lists(st.sampled_from(["say", "translate", "begin", "end", "skip"]), max_size=60))
def test_script_after_a_restart_is_where_it_was(deeds: list[str]) -> None:
    """A channel that steps on by itself, line by line, and one that reads the same log."""
    living, log, said, on_air = Script("es"), [], 0, 0

    def write(entry: Entry) -> None:
        log.append(entry)
        living.feed(entry)

    for deed in deeds:
        if deed == "say":
            said += 1
            write(segment(said, start_s=float(said)))
        elif deed == "end" and on_air:
            write(spoken(on_air))
            on_air = 0
        elif deed == "translate" and living.next_id <= said:
            write(translation(living.next_id))
        elif deed in ("begin", "skip") and not on_air and living.next_id <= said:
            number = living.next_id
            living.start_at(number + 1)
            if deed == "begin":
                on_air = number
            write(speaking(number) if deed == "begin" else spoken(number))

    restarted = script_of(*log)

    assert restarted.next_id == (on_air or living.next_id)
    assert restarted.last_id == living.last_id
    waiting = range(living.next_id, said + 1)
    assert [restarted.segment(n) for n in waiting] == [living.segment(n) for n in waiting]
    assert [restarted.text(n) for n in waiting] == [living.text(n) for n in waiting]


# CatchUp: how fast, or not at all


SHORT: dict[str, Any] = {"line_s": 0.7, "said_s": 1.0}
"""A line that takes no longer than what it renders."""


def test_catch_up_hurries_a_line_that_is_longer_than_what_was_said() -> None:
    said_in_2_s: dict[str, Any] = {"lag_s": 0.5, "waiting_s": 0.0, "said_s": 2.0}

    assert CatchUp().decide(**said_in_2_s, line_s=2.0) == 1.0
    assert CatchUp().decide(**said_in_2_s, line_s=2.4) == pytest.approx(1.2)
    assert CatchUp().decide(**said_in_2_s, line_s=6.0) == 1.35


def test_catch_up_keeps_the_voices_pace_while_nothing_waits() -> None:
    assert CatchUp().decide(lag_s=0.6, waiting_s=0, **SHORT) == 1.0


def test_catch_up_hurries_at_once_and_calms_down_by_steps() -> None:
    catch_up = CatchUp()

    speeds = [
        catch_up.decide(lag_s=lag_s, waiting_s=0, **SHORT) for lag_s in (0.6, 6.4, 0.6, 0.6, 0.6)
    ]

    assert speeds == [
        1.0,
        pytest.approx(1.5),
        pytest.approx(1.4),
        pytest.approx(1.3),
        pytest.approx(1.2),
    ]


def test_catch_up_skips_a_late_line_only_for_another_that_waits() -> None:
    assert CatchUp().decide(lag_s=12.1, waiting_s=1, **SHORT) is None
    assert CatchUp().decide(lag_s=12.1, waiting_s=0, **SHORT) == 1.5
    assert CatchUp().decide(lag_s=30.1, waiting_s=0, **SHORT) is None


LAGS_S = st.floats(-5, 60)
WAITING = st.floats(0, 130)
BACKLOGS = st.tuples(LAGS_S, WAITING)


@given(st.lists(BACKLOGS, min_size=1))
def test_catch_up_stays_within_its_bounds_and_skips_only_beyond_them(
    backlogs: list[tuple[float, float]],
) -> None:
    settings, catch_up = CatchUpSettings(), CatchUp()
    for lag_s, waiting in backlogs:
        speed = catch_up.decide(lag_s=lag_s, waiting_s=waiting, **SHORT)
        bound_s = settings.skip_after_s if waiting else settings.stale_s
        assert (speed is None) == (lag_s > bound_s)
        assert 1.0 <= (speed or 1.0) <= settings.fastest


@given(st.lists(BACKLOGS, max_size=5), BACKLOGS, BACKLOGS)
def test_catch_up_is_never_slower_with_more_to_say(
    before: list[tuple[float, float]], one: tuple[float, float], other: tuple[float, float]
) -> None:
    less = min(one[0], other[0]), min(one[1], other[1])
    more = max(one[0], other[0]), max(one[1], other[1])

    def speed(backlog: tuple[float, float]) -> float | None:
        catch_up = CatchUp()
        for lag_s, waiting in [*before, backlog]:
            decided = catch_up.decide(lag_s=lag_s, waiting_s=waiting, **SHORT)
        return decided

    calm, hurried = speed(less), speed(more)
    assert calm is None or hurried is None or calm <= hurried


# Playout: what the track plays


def test_playout_gives_silence_where_there_is_nothing() -> None:
    samples, events = Playout(1000).pull(4)

    assert (samples.tolist(), events) == ([0, 0, 0, 0], [])


def test_playout_follows_one_line_with_the_next_without_a_gap() -> None:
    playout = Playout(1000)
    for number, first in ((1, 1), (2, 11)):
        playout.open(number)
        playout.put(ramp(first, 3))
        playout.close()

    samples, events = playout.pull(8)

    assert samples.tolist() == [1, 2, 3, 11, 12, 13, 0, 0]
    assert events == [Began(1), Ended(1), Began(2), Ended(2)]


def test_playout_waits_in_silence_for_a_line_that_still_grows() -> None:
    playout = Playout(1000)
    playout.open(1)
    playout.put(ramp(1, 2))

    assert (playout.pull(3)[0].tolist(), playout.idle) == ([1, 2, 0], False)
    playout.put(ramp(3, 2))
    playout.close()

    samples, events = playout.pull(3)
    assert (samples.tolist(), events, playout.idle) == ([3, 4, 0], [Ended(1)], True)


def test_playout_is_not_idle_before_the_end_of_its_last_line_was_told() -> None:
    playout = Playout(1000)
    playout.open(1)
    playout.put(ramp(1, 2))
    playout.pull(2)

    playout.close()

    assert (playout.waiting_s, playout.idle) == (0.0, False)
    assert (playout.pull(1)[1], playout.idle) == ([Ended(1)], True)


def test_playout_knows_what_is_on_air_and_how_much_of_it_was_heard() -> None:
    playout = Playout(1000)
    assert playout.position is None
    playout.open(7, skip_s=0.5)
    playout.put(ramp(1, 100))

    playout.pull(20)

    assert [playout.position, playout.waiting_s] == [(7, 0.52), 0.08]


DEEDS = st.lists(
    st.one_of(
        st.just("open"),
        st.just("close"),
        st.tuples(st.just("put"), st.integers(0, 30)),
        st.tuples(st.just("pull"), st.integers(0, 40)),
    ),
    max_size=60,
)


@given(DEEDS)
def test_playout_plays_every_sample_once_and_in_order(
    deeds: list[str | tuple[str, int]],
) -> None:
    playout = Playout(1000)
    put, played, events = 0, [], []
    lines, empty, is_open = 0, set(), False

    def pull(count: int) -> None:
        samples, told = playout.pull(count)
        assert len(samples) == count
        played.extend(samples.tolist())
        events.extend(told)

    for deed in deeds:
        match deed:
            case "open" if not is_open:
                lines, is_open = lines + 1, True
                empty.add(lines)
                playout.open(lines)
            case "close" if is_open:
                is_open = False
                playout.close()
            case ("put", int(count)) if is_open:
                playout.put(ramp(put + 1, count))
                put += count
                if count:
                    empty.discard(lines)
            case ("pull", int(count)):
                pull(count)
    if is_open:
        playout.close()
    pull(put + 1)

    assert [sample for sample in played if sample] == list(range(1, put + 1))
    numbers = range(1, lines + 1)
    assert [e.segment_id for e in events if isinstance(e, Ended)] == list(numbers)
    assert [e.segment_id for e in events if isinstance(e, Began)] == [
        number for number in numbers if number not in empty
    ]
    told = [e.segment_id for e in events]
    assert told == sorted(told)
    assert all(isinstance(b, Ended) for a, b in pairwise(events) if a.segment_id == b.segment_id)
    assert playout.idle
