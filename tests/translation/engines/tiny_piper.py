"""A tiny voice with Piper's interface and random weights: a noise for every phoneme, not speech.

Embedding, a length regulator that `scales` drives, and a transposed convolution up to the rate:
the outline of VITS, whose text encoder, flow and vocoder are left out.
"""

# ruff: noqa: RUF001 - phonemes are written in IPA

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

RATE_HZ = 16_000
HOP = 256
FRAMES = 4.0
"""A phoneme or pad is so many hops long at speed 1: 64 ms."""

PHONEMES = "_^$ .,:;!?abcdefhijklmnopqrstuvwxyzæçðøħŋɐɑɒɔɕəɛɡɣɪɫɹɾʁʃʊʌʎʒʔʰʲˈˌː̩̃βθχ"
WIDTH = 8


def tiny_voice(
    folder: Path, name: str, *, espeak_voice: str, speakers: int = 1, kind: str = "espeak"
) -> Path:
    """Writes `name.onnx` and `name.onnx.json`; the model's path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.onnx"
    onnx.save(_model(speakers), path)
    described = {
        "audio": {"sample_rate": RATE_HZ},
        "espeak": {"voice": espeak_voice},
        "phoneme_type": kind,
        "num_symbols": 256,
        "num_speakers": speakers,
        "speaker_id_map": {f"s{n}": n for n in range(speakers)} if speakers > 1 else {},
        "inference": {"noise_scale": 0.667, "length_scale": 1.0, "noise_w": 0.8},
        "phoneme_id_map": {point: [number] for number, point in enumerate(PHONEMES)},
    }
    path.with_name(f"{path.name}.json").write_text(json.dumps(described))
    return path


def length_s(ids: int, *, speed: float = 1.0) -> float:
    """Of the sound of so many ids."""
    return int(ids * FRAMES / speed) * HOP / RATE_HZ


def _model(speakers: int) -> onnx.ModelProto:
    random = np.random.default_rng(5)
    weights = {
        "voice": random.normal(0, 1, (256, WIDTH)),
        "speaker": random.normal(0, 1, (max(1, speakers), WIDTH)),
        "up": random.normal(0, 0.05, (WIDTH, 1, HOP)),
        "one_one": np.ones(2),
        "frames": np.array([FRAMES]),
    }
    starts = {"second": [1], "third": [2], "axis_1": [1]}
    node = helper.make_node
    nodes = [
        node("Gather", ["voice", "input"], ["embedded"]),  # 1, ids, width
        *([node("Gather", ["speaker", "sid"], ["who"]),
           node("Add", ["embedded", "who"], ["spoken"])] if speakers > 1
          else [node("Identity", ["embedded"], ["spoken"])]),
        node("Transpose", ["spoken"], ["turned"], perm=[0, 2, 1]),
        node("Slice", ["scales", "second", "third"], ["length_scale"]),
        node("Mul", ["length_scale", "frames"], ["stretch"]),
        node("Concat", ["one_one", "stretch"], ["sizes"], axis=0),
        node("Resize", ["turned", "", "sizes"], ["long"], mode="nearest"),
        node("ConvTranspose", ["long", "up"], ["raw"], strides=[HOP]),
        node("Tanh", ["raw"], ["wave"]),
        node("Unsqueeze", ["wave", "axis_1"], ["output"]),  # 1, 1, 1, samples
    ]  # fmt: skip
    inputs = [
        helper.make_tensor_value_info("input", TensorProto.INT64, [1, "ids"]),
        helper.make_tensor_value_info("input_lengths", TensorProto.INT64, [1]),
        helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
    ]
    if speakers > 1:
        inputs.append(helper.make_tensor_value_info("sid", TensorProto.INT64, [1]))
    made = helper.make_graph(
        nodes,
        "tiny voice",
        inputs,
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, 1, "samples"])],
        [
            *(numpy_helper.from_array(w.astype(np.float32), n) for n, w in weights.items()),
            *(numpy_helper.from_array(np.array(v, np.int64), n) for n, v in starts.items()),
        ],
    )
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)
