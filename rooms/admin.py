"""For operators: everything there is, found and mended. Sessions are run from the organizer's
page: a change here is told to no job."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.http import HttpRequest

from rooms.domain.engines import check_wish
from rooms.domain.errors import RoomsError
from rooms.models import (
    Assignment,
    Booth,
    Channel,
    EngineWish,
    Event,
    GlossaryTerm,
    Invitation,
    LogEntry,
    Member,
    MemberInvitation,
    Organization,
    Room,
    Session,
)
from translation.choice import Slot, Wish, chain_of

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    Inline = admin.TabularInline[Any, Any]
    WishModelForm = ModelForm[EngineWish]
else:
    ModelAdmin, Inline, WishModelForm = admin.ModelAdmin, admin.TabularInline, ModelForm


class Members(Inline):
    model = Member
    extra = 0
    autocomplete_fields = ("user",)


class MemberInvitations(Inline):
    model = MemberInvitation
    extra = 0
    fields = ("label", "role", "expires_at")

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class Rooms(Inline):
    model = Room
    extra = 0


class WishForm(WishModelForm):
    class Meta:
        model = EngineWish
        fields = ("slot", "language", "chain")

    def clean(self) -> dict[str, Any]:
        """A wish as the API would take it."""
        given = super().clean() or self.cleaned_data
        if {"slot", "language", "chain"} <= given.keys():
            try:
                check_wish(Wish(Slot(given["slot"]), given["language"], chain_of(given["chain"])))
            except RoomsError as error:
                raise ValidationError(error.message) from None
        return given


class Wishes(Inline):
    model = EngineWish
    form = WishForm
    extra = 0


class Channels(Inline):
    model = Channel
    extra = 0


@admin.register(Organization)
class OrganizationAdmin(ModelAdmin):
    list_display = ("name", "slug", "created_at")
    search_fields = ("name", "slug")
    inlines = (Members, MemberInvitations, Wishes)


@admin.register(Event)
class EventAdmin(ModelAdmin):
    list_display = ("title", "slug", "organization", "starts_at", "listed")
    list_filter = ("listed", "organization")
    search_fields = ("title", "slug")
    inlines = (Rooms, Wishes)


@admin.register(Session)
class SessionAdmin(ModelAdmin):
    list_display = ("title", "room", "state", "source_language", "epoch", "ended_at")
    list_filter = ("state",)
    search_fields = ("title", "id")
    readonly_fields = ("id", "state", "epoch", "ended_at", "archived_at")
    inlines = (Channels,)


@admin.register(Invitation)
class InvitationAdmin(ModelAdmin):
    list_display = ("id", "session", "label", "expires_at")
    search_fields = ("id", "label")
    autocomplete_fields = ("session",)


class Assignments(Inline):
    model = Assignment
    extra = 0
    fields = ("name", "show_name", "retour", "expires_at", "claimed_at", "removed_at")
    readonly_fields = ("claimed_at",)

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Booth)
class BoothAdmin(ModelAdmin):
    list_display = ("name", "session", "language")
    search_fields = ("name", "session__title", "session__id")
    autocomplete_fields = ("session",)
    inlines = (Assignments,)


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(ModelAdmin):
    list_display = ("term", "language", "event", "concept", "do_not_translate")
    list_filter = ("language",)
    search_fields = ("term", "concept")
    autocomplete_fields = ("event",)


@admin.register(LogEntry)
class LogEntryAdmin(ModelAdmin):
    """What was said is not for operators: only that something was logged, and when."""

    list_display = ("session", "position", "kind", "segment", "language", "at_s")
    list_filter = ("kind",)
    fields = list_display

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
