"""A transcript as WebVTT captions, with a NOTE wherever another voice or another's words begin."""

from rooms.domain.transcript import Line, Transcript
from translation.values import Input, OnAir

_VOICES = {
    Input.MACHINE: "machine voice",
    Input.INTERPRETER: "interpreter",
    Input.FLOOR: "the floor's own sound",
    Input.SLATE: "nobody (no sound)",
}
_WORDS = {
    "floor": "the speaker's words, recognised by machine",
    "machine": "machine translation",
    "interpreter": "the interpreter's words, recognised by machine",
}
SHORTEST_S = 0.1


def web_vtt(transcript: Transcript, *, title: str) -> str:
    """Times are session time."""
    blocks = ["WEBVTT", f"NOTE {_plain(title)}", f"NOTE language: {transcript.language}"]
    voices, words, spoke = list(transcript.voices), "", ""
    for line in transcript.lines:
        while voices and voices[0].since_s <= line.start_s:
            spoke = _plain(voices[0].who)
            blocks.append(_voice(voices.pop(0)))
        if (said := _said(line)) != words:
            words = said
            blocks.append(f"NOTE captions: {words}")
        heard = line.voice in (None, Input.MACHINE)
        if heard and (engine := _plain(line.speech_engine)) not in ("", spoke):
            spoke = engine
            blocks.append(f"NOTE spoken by: {spoke}")
        if line.said and heard:
            blocks.append(f"NOTE {line.id} was spoken shorter: {_plain(line.said)}")
        if line.doubts:
            blocks.append(f"NOTE {line.id} may be wrong: {_plain(', '.join(line.doubts))}")
        if line.text.strip():
            blocks.append(_cue(line))
    blocks += [_voice(voice) for voice in voices]
    return "\n\n".join(blocks) + "\n"


def _voice(voice: OnAir) -> str:
    who = voice.name if voice.input == Input.INTERPRETER else voice.who
    named = f" ({_plain(who)})" if who else ""
    return f"NOTE from {clock(voice.since_s)}: {_VOICES[voice.input]}{named}"


def _said(line: Line) -> str:
    """`machine translation (Apertium 3.8.3 (eng-spa)) of what PocketSphinx 5.1.1 recognised`"""
    by = _plain(line.recogniser)
    if line.by != "machine":
        return f"{_WORDS[line.by]} ({by})" if by else _WORDS[line.by]
    made_by = f" ({_plain(line.engine)})" if line.engine else ""
    return f"{_WORDS[line.by]}{made_by}{f' of what {by} recognised' if by else ''}"


def _cue(line: Line) -> str:
    end_s = max(line.end_s, line.start_s + SHORTEST_S)
    text = " ".join(line.text.split())
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    mark = " (not spoken)" if line.skipped and line.voice in (None, Input.MACHINE) else ""
    return f"{line.id}\n{clock(line.start_s)} --> {clock(end_s)}\n{text}{mark}"


def _plain(text: str) -> str:
    """A comment holds no line break and no arrow."""
    return " ".join(text.split()).replace("-->", "→")


def clock(seconds: float) -> str:
    """3723.5 -> 01:02:03.500"""
    whole_ms = max(0, round(seconds * 1000))
    minutes, ms = divmod(whole_ms, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{ms // 1000:02d}.{ms % 1000:03d}"
