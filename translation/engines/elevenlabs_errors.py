"""What ElevenLabs answers when it does not speak, as our errors. Of its texts only the code is
told: they may quote what was said."""

import json
import re

from translation.errors import EngineBroken, EngineBusy, EngineError, EngineMissing

LONGEST_REST_S = 60.0

_BUSY = {
    "too_many_concurrent_requests",
    "concurrent_limit_exceeded",
    "rate_limit_exceeded",
    "system_busy",
    "max_active_conversations",
}
_REFUSED = {
    "invalid_api_key": "the key is refused; check ELEVENLABS_KEY",
    "missing_permissions": "the key may not make speech; give it that permission",
    "needs_authorization": "the key is refused; check ELEVENLABS_KEY",
    "quota_exceeded": "the account's credit is used up",
    "detected_unusual_activity": "the account is blocked; ask ElevenLabs",
    "voice_not_found": "there is no such voice; check SPEECH_VOICES",
    "voice_id_does_not_exist": "there is no such voice; check SPEECH_VOICES",
    "model_not_found": "there is no such model; check ELEVENLABS_MODEL",
    "unsupported_language": "the model does not speak this language; check ELEVENLABS_MODEL",
}


def told_error(code: str) -> EngineError:
    """Of an error message on the socket."""
    code = code if re.fullmatch(r"[a-z0-9_]{1,60}", code) else "unknown"
    if code in _BUSY:
        return EngineBusy(f"ElevenLabs is busy ({code})")
    if code in _REFUSED:
        return EngineMissing(f"ElevenLabs: {_REFUSED[code]}")
    return EngineBroken(f"ElevenLabs reported an error ({code})")


def refused_handshake(status: int, retry_after: str, body: str) -> EngineError:
    """Of an HTTP answer that is no WebSocket."""
    try:
        detail = json.loads(body)["detail"]
        code = str(detail["status"] if "status" in detail else detail["code"])
    except (ValueError, KeyError, TypeError):
        code = ""
    if status == 429:
        after_s = float(retry_after) if retry_after.replace(".", "", 1).isdigit() else 1.0
        after_s = min(after_s, LONGEST_REST_S)
        return EngineBusy(f"ElevenLabs is asked too often; again in {after_s:g} s", after_s=after_s)
    if code in _REFUSED:
        return told_error(code)
    if status in (401, 403):
        return EngineMissing("ElevenLabs: the key is refused; check ELEVENLABS_KEY")
    if status == 404:
        return EngineMissing("ElevenLabs: there is no such voice or address; check SPEECH_VOICES")
    return EngineBroken(f"ElevenLabs failed (HTTP {status})")
