"""How a channel does: for its listeners every second and at every change, and for its booth and
the organizer."""

from dataclasses import asdict
from typing import Any

from translation.engines.duty import duty_of
from translation.jobs.air import Air
from translation.jobs.course import Course
from translation.jobs.machine import Machine
from translation.values import AlarmKind, Input


def state_of(air: Air, course: Course, machine: Machine, publisher: str) -> dict[str, Any]:
    """What listeners are told beside the sound. `publisher`: the identity that they hear."""
    on_air, program = air.standing.on_air, air.program
    interpreter = air.standing.assigned(program.who)
    return {
        "kind": "state",
        "session": course.plan.state.value,
        "floor": "speaking" if course.floor_speaking else "silent",
        "input": program.input.value,
        "who": machine.who if program.input == Input.MACHINE else "",
        "name": interpreter.name if interpreter else "",
        "since_s": on_air.since_s if on_air else None,
        "reason": on_air.reason.value if on_air else "",
        "sound_unfit": any(kind == AlarmKind.SOUND_UNFIT for kind, _ in air.standing.alarms),
        "lag_s": _lag_s(air, machine),
        "publisher": publisher,
    }


def vitals_of(air: Air, machine: Machine, language: str) -> dict[str, object]:
    """A job's report, less what its captions tell."""
    standing, facts = air.standing, air.facts()
    on_air, channel = standing.on_air, standing.channel
    return {
        "owned": True,
        "input": air.program.input.value,
        "who": on_air.who if on_air else "",
        "reason": on_air.reason.value if on_air else "",
        "since_s": on_air.since_s if on_air else None,
        "turn": asdict(standing.turn) if standing.turn else None,
        "holder": standing.holder,
        "forced": standing.forced,
        "policy": channel.policy.value if channel else "",
        "handover": asdict(standing.handover) if standing.handover else None,
        "microphones": [
            {"id": who, **asdict(microphone)} for who, microphone in facts.microphones.items()
        ],
        "alarms": [
            {"kind": kind.value, "who": who, "since_s": since_s}
            for (kind, who), since_s in standing.alarms.items()
        ],
        "level_db": round(air.desk.level_db, 1),
        "machine_able": facts.machine.able,
        "backlog_s": round(machine.playout.waiting_s, 2),
        "lag_s": _lag_s(air, machine),
        "speed": machine.speed,
        "skipped": machine.skipped,
        **duty_of(machine.voice, language).facts(),
    }


def _lag_s(air: Air, machine: Machine) -> float | None:
    return machine.lag_s if air.program.input == Input.MACHINE else None
