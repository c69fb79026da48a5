"""Errors of the path. Each says whether trying again can help, and names the value and the remedy.

InterpretError
├── EngineError            an engine could not do its work on this input
│   ├── EngineMissing      a program, package, model or key is not there       (never retry)
│   ├── EngineTimeout      it did not answer in time                           (retry)
│   ├── EngineBusy         it wants to be asked later                           (retry)
│   └── EngineBroken       it crashed or answered nonsense, and is restarted   (retry)
├── UnknownLanguage        a tag that is no language of ours                   (never retry)
├── PairUnsupported        no engine goes from this language to that one       (never retry)
├── BudgetSpent            a session may not spend more on this engine         (never retry)
├── BadTermbase            a file of terms that cannot be read                 (never retry)
├── BadVoices              a choice of voices that cannot be read              (never retry)
├── BadSound               a sound that cannot be read or holds no speech      (never retry)
├── LogError               the session log refused or could not be reached
│   ├── LogUnreachable     Redis does not answer                               (retry)
│   └── NotOwner           somebody else owns this job now                     (never retry)
└── TransportError         the LiveKit room could not be reached or was lost   (retry)
"""


class InterpretError(Exception):
    """Root of the tree. `retryable` says whether the same call may succeed later."""

    retryable = False


class EngineError(InterpretError):
    pass


class EngineMissing(EngineError):
    pass


class EngineTimeout(EngineError):
    retryable = True


class EngineBusy(EngineError):
    """`after_s`: how long to leave it alone."""

    retryable = True

    def __init__(self, message: str, *, after_s: float = 1.0) -> None:
        super().__init__(message)
        self.after_s = after_s


class EngineBroken(EngineError):
    retryable = True


class UnknownLanguage(InterpretError):
    pass


class PairUnsupported(InterpretError):
    pass


class BudgetSpent(InterpretError):
    pass


class BadTermbase(InterpretError):
    pass


class BadVoices(InterpretError):
    pass


class BadSound(InterpretError):
    pass


class LogError(InterpretError):
    pass


class LogUnreachable(LogError):
    retryable = True


class NotOwner(LogError):
    pass


class TransportError(InterpretError):
    retryable = True


def as_ours(error: Exception, what: str = "the engine") -> InterpretError:
    """What was raised by `what`, as one of these. Others' errors may hold what was said, so of
    them nothing but the name is told."""
    if isinstance(error, InterpretError):
        return error
    return EngineBroken(f"{what} failed ({type(error).__name__})")
