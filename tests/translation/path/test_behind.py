from translation.path.behind import RECOVERED_S, TOO_SLOW, Behind

AFTER_S = RECOVERED_S + 1.0


def test_loss_is_said_once_and_its_end_once() -> None:
    behind = Behind()
    notes = [(0.0, 0.0), (0.4, 1.0), (0.9, 2.0), (0.9, 3.0), (0.9, 2.0 + AFTER_S), (0.9, 99.0)]
    assert [behind.note(lost_s, now_s) for lost_s, now_s in notes] == [
        None, TOO_SLOW, None, None, "", None,
    ]  # fmt: skip


def test_loss_that_begins_again_is_said_again() -> None:
    behind = Behind()
    notes = [(0.4, 0.0), (0.4, AFTER_S), (0.5, AFTER_S + 1.0)]
    assert [behind.note(*note) for note in notes] == [TOO_SLOW, "", TOO_SLOW]


def test_what_a_predecessor_said_is_taken_back_where_nothing_is_lost() -> None:
    behind = Behind()
    notes = [(0.0, 100.0), (0.0, 100.0 + AFTER_S), (0.0, 100.0 + 2 * AFTER_S)]
    assert [behind.note(*note) for note in notes] == [None, "", None]
