"""What a server that speaks the OpenAI protocol means by the status of its answer."""

from dataclasses import dataclass

from translation.errors import EngineBroken, EngineBusy, EngineError, EngineMissing

LONGEST_WAIT_S = 60.0
"""A server that wants to be left alone for longer is asked again after this."""


@dataclass(frozen=True, slots=True)
class Remedies:
    """What to do where the server refuses the `key`, knows nothing under that name (`unknown`), or
    does not want the request (`refused`)."""

    key: str
    unknown: str
    refused: str


def refusal(status: int, retry_after: str, url: str, remedies: Remedies) -> EngineError:
    """`retry_after`: the header, "" where there is none."""
    if status == 429:
        after_s = float(retry_after) if retry_after.replace(".", "", 1).isdigit() else 1.0
        after_s = min(after_s, LONGEST_WAIT_S)
        return EngineBusy(f"{url} is asked too often; again in {after_s:g} s", after_s=after_s)
    if status in (401, 403):
        return EngineMissing(f"{url} refuses the key; {remedies.key}")
    if status == 404:
        return EngineMissing(f"{url} knows no such {remedies.unknown}")
    if status < 500:
        return EngineError(f"{url} refuses the request (HTTP {status}); {remedies.refused}")
    return EngineBroken(f"{url} failed (HTTP {status})")
