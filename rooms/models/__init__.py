"""What is remembered; one file a noun, thin. Verbs are in `rooms.domain`."""

from rooms.models.assignment import Assignment
from rooms.models.booth import Booth
from rooms.models.channel import Channel
from rooms.models.engine_wish import WISHED, EngineWish
from rooms.models.event import Event
from rooms.models.event_voice import EventVoice
from rooms.models.glossary_term import GlossaryTerm
from rooms.models.invitation import Invitation
from rooms.models.log_entry import LogEntry
from rooms.models.member import ORGANIZING, Member, Role
from rooms.models.member_invitation import MemberInvitation
from rooms.models.organization import Organization
from rooms.models.room import Room
from rooms.models.session import RUNNING, Session

__all__ = [
    "ORGANIZING",
    "RUNNING",
    "WISHED",
    "Assignment",
    "Booth",
    "Channel",
    "EngineWish",
    "Event",
    "EventVoice",
    "GlossaryTerm",
    "Invitation",
    "LogEntry",
    "Member",
    "MemberInvitation",
    "Organization",
    "Role",
    "Room",
    "Session",
]
