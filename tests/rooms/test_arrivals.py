"""Who is on the way to a room counts for a while, whatever moment it is."""

from rooms.domain.arrivals import ARRIVING_S, arrive, arriving, turn_away

EARLY_S, LATE_S = 5.0 * ARRIVING_S, 6.0 * ARRIVING_S - 0.1


def test_whoever_arrives_is_counted_with_those_before() -> None:
    assert [arrive("hall", EARLY_S).before for _ in range(3)] == [0, 1, 2]
    assert arrive("another", EARLY_S).before == 0
    assert arriving(["hall", "another", "empty"], EARLY_S) == {"hall": 3, "another": 1, "empty": 0}


def test_an_arrival_counts_for_one_to_two_windows() -> None:
    arrive("hall", LATE_S)
    assert arriving(["hall"], LATE_S + ARRIVING_S) == {"hall": 1}
    assert arriving(["hall"], LATE_S + 2 * ARRIVING_S) == {"hall": 0}


def test_who_is_turned_away_later_is_taken_back_where_they_were_counted() -> None:
    arrival = arrive("hall", LATE_S)
    turn_away(arrival)
    assert arriving(["hall"], LATE_S + 0.2) == {"hall": 0}
    assert arrive("hall", LATE_S + 0.2).before == 0
