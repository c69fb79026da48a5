"""Integrated loudness by somebody else: FFmpeg's `ebur128` filter, which comes with PyAV."""

from fractions import Fraction

import av

from translation.values import Samples


def lufs(samples: Samples, rate_hz: int) -> float:
    """Mono. -70 is silence."""
    graph = av.filter.Graph()
    source = graph.add_abuffer(
        sample_rate=rate_hz, format="s16", layout="mono", time_base=Fraction(1, rate_hz)
    )
    measure, sink = graph.add("ebur128", "metadata=1"), graph.add("abuffersink")
    source.link_to(measure)
    measure.link_to(sink)
    graph.configure()
    frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
    frame.sample_rate, frame.pts = rate_hz, 0
    source.push(frame)
    source.push(None)
    integrated = -70.0
    while True:
        try:
            measured = sink.pull()
        except (av.EOFError, av.BlockingIOError):
            return integrated
        integrated = float(measured.metadata.get("lavfi.r128.I", integrated))
