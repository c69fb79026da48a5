"""How a session is doing, for whoever runs it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rooms.domain.commands import session_time_s
from rooms.models import Session
from rooms.parts import parts
from translation.values import SessionState, Stage, Translation, Trouble

LOOK_BACK = 2000
"""So many entries of the log are searched for troubles."""

PATIENCE_S = 10.0
"""A warm process begins within a second."""

NO_PROCESS = (
    "All processes are busy with other sessions, so this one waits. End one that is over, or start"
    " the service with more (JOB_PROCESSES)."
)


@dataclass(frozen=True)
class SessionStatus:
    """`floor` and `channels` (by language) as the jobs report them, `translation` as the tasks do;
    empty where none reports."""

    floor: Mapping[str, Any]
    translation: Mapping[str, Any]
    channels: Mapping[str, Mapping[str, Any]]
    listeners: Mapping[str, int]
    troubles: list[Trouble]


def session_status(*, session: Session) -> SessionStatus:
    if session.epoch is None:
        return SessionStatus({}, {}, {}, {}, [])
    vitals = parts().vitals.read(session.id)
    return SessionStatus(
        floor=vitals.get("floor") or {},
        translation=vitals.get("translation") or {},
        channels=vitals.get("channels") or {},
        listeners=parts().attention.listeners(session.id),
        troubles=[*_unplaced(session), *_troubles(session)],
    )


def _unplaced(session: Session) -> list[Trouble]:
    if session.state != SessionState.LIVE or parts().jobs.waits_s(session.id) < PATIENCE_S:
        return []
    return [Trouble(Stage.PLACE, "", NO_PROCESS, session_time_s(session))]


def _troubles(session: Session) -> list[Trouble]:
    """What is broken now: of each stage and language the last word, unless it is “works again”.
    A translation says so too: the tasks that translate do not remember what failed before."""
    last: dict[tuple[str, str], Trouble] = {}
    for logged in parts().log(session.id).read_last(LOOK_BACK):
        match logged.entry:
            case Trouble() as trouble:
                last[trouble.stage, trouble.language] = trouble
            case Translation() as made:
                last.pop((Stage.TRANSLATE, made.language), None)
    return [trouble for trouble in last.values() if trouble.message]
