"""For operators: everything there is, found and mended. Running sessions are run from the
organizer's page: a change here tells no job."""

from typing import TYPE_CHECKING

from django.contrib import admin

from rooms.models import Channel, Event, Invitation, LogEntry, Member, Organization, Room, Session

if TYPE_CHECKING:
    OrganizationAdminBase = admin.ModelAdmin[Organization]
    EventAdminBase = admin.ModelAdmin[Event]
    SessionAdminBase = admin.ModelAdmin[Session]
    InvitationAdminBase = admin.ModelAdmin[Invitation]
    LogEntryAdminBase = admin.ModelAdmin[LogEntry]
    MemberInlineBase = admin.TabularInline[Member, Organization]
    RoomInlineBase = admin.TabularInline[Room, Event]
    ChannelInlineBase = admin.TabularInline[Channel, Session]
