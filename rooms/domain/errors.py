"""Why a verb was refused; each with the code and the sentence that the API answers.

RoomsError
├── Unknown             404  unknown_event, unknown_room, unknown_session, unknown_organization,
│                            unknown_invitation, unknown_assignment, unknown_language,
│                            unknown_term, unknown_engine, unknown_member, unknown_person,
│                            language_not_offered
├── SignInFirst         401  sign_in
├── NotYours            403  not_yours, owners_only, not_in_booth, removed
├── InvitationRefused   401  invitation_unknown, invitation_expired, invitation_used
├── NotNow              409  wrong_state, session_not_started, room_busy, event_running,
│                            session_running, session_has_transcript, room_has_transcript,
│                            source_language_stays, pair_unsupported, engine_unavailable,
│                            original_stays, full, no_detection, one_language, already_member,
│                            last_owner; and what a channel refuses (translation.values.Refusal)
├── Ended               410  session_ended
├── TooLarge            413  too_large
└── Invalid             422  invalid, ends_before_start, bad_file, glossary_full
"""


class RoomsError(Exception):
    """Root of the tree. `code` and `values` (what the sentence speaks of, by name) are for
    programs, which say it in their reader's language; the message is for people."""

    status = 400

    def __init__(self, code: str, message: str, **values: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.values = values


class Unknown(RoomsError):
    status = 404


class SignInFirst(RoomsError):
    status = 401

    def __init__(self) -> None:
        super().__init__("sign_in", "Sign in first.")


class NotYours(RoomsError):
    status = 403

    def __init__(
        self,
        code: str = "not_yours",
        message: str = "Only owners and organizers of this organization may do this.",
    ) -> None:
        super().__init__(code, message)


class InvitationRefused(RoomsError):
    status = 401


class NotNow(RoomsError):
    status = 409


class Ended(RoomsError):
    status = 410

    def __init__(self) -> None:
        super().__init__("session_ended", "This session has ended.")


class TooLarge(RoomsError):
    status = 413

    def __init__(self, message: str) -> None:
        super().__init__("too_large", message)


class Invalid(RoomsError):
    status = 422

    def __init__(self, message: str, *, code: str = "invalid", **values: str) -> None:
        super().__init__(code, message, **values)
