"""What the session's log tells a floor job that begins: where the one before it stopped."""

from dataclasses import dataclass, replace

from translation.ports import SessionLog
from translation.values import (
    Drained,
    Entry,
    FloorActivity,
    Plan,
    Segment,
    SessionState,
    Stage,
    Trouble,
)


@dataclass(frozen=True, slots=True)
class FloorLog:
    """`position`: up to which it was read. `drained`: all that was said before the pause or end is
    committed. `speaking`: nobody said that the floor has ceased to speak. `troubled`: the one
    before failed."""

    plan: Plan
    position: str = ""
    last_id: int = 0
    drained: bool = False
    speaking: bool = False
    troubled: bool = False

    @classmethod
    async def read(cls, log: SessionLog) -> "FloorLog | None":
        """None where there is no plan yet."""
        found: FloorLog | None = None
        position = ""
        while logged := await log.read(after=position):
            position = logged[-1].position
            for each in logged:
                found = found._after(each.entry) if found else _begun(each.entry)
        return replace(found, position=position) if found else None

    def _after(self, entry: Entry) -> "FloorLog":
        match entry:
            case Plan():
                drained = self.drained and entry.state != SessionState.LIVE
                return replace(self, plan=entry, drained=drained)
            case Segment():
                return replace(self, last_id=max(self.last_id, entry.id))
            case Drained():
                return replace(self, drained=True)
            case FloorActivity():
                return replace(self, speaking=entry.speaking)
            case Trouble(stage=Stage.LISTEN):
                return replace(self, troubled=bool(entry.message))
        return self


def _begun(entry: Entry) -> FloorLog | None:
    return FloorLog(entry) if isinstance(entry, Plan) else None
