# ruff: noqa: RUF001 - sentences in the letters of many languages
"""Every language of the list: from the floor's sound to a voice, or refused with the reason.

Recognition and translation are tiny random models of the real architecture: what they write is
nonsense. The voice is eSpeak NG as it is.
"""

import asyncio
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from tests.servers import require
from tests.translation.engines.tiny_seq2seq import tiny
from tests.translation.engines.tiny_whisper import tiny_whisper
from tests.translation.parallel import parallel
from tests.translation.path.written_sound import Loudness
from translation.audio import level_db, read_sound, write_wav
from translation.engines.ctranslate2_seq2seq import CTranslate2Seq2Seq
from translation.engines.espeak import ESpeak
from translation.engines.espeak_text import readable
from translation.engines.seq2seq import Family
from translation.engines.whisper import Whisper
from translation.errors import PairUnsupported
from translation.jobs.engines import Engines
from translation.jobs.rehearsal import check, rehearse
from translation.languages import LANGUAGES, said_in_s
from translation.ports import PLAIN
from translation.values import Segment, Sound, Speaking, Translation

pytestmark = [pytest.mark.slow, pytest.mark.programs]

SENTENCES = {
    "en": "Good morning, today we have 25 guests and I am very happy.",
    "es": "Buenos días, hoy tenemos 25 invitados y estoy muy contento.",
    "fr": "Bonjour, nous avons 25 invités aujourd'hui et j'en suis très heureux.",
    "ca": "Bon dia, avui tenim 25 convidats i estic molt content.",
    "pt": "Bom dia, hoje temos 25 convidados e estou muito contente.",
    "it": "Buongiorno, oggi abbiamo 25 ospiti e sono molto contento.",
    "de": "Guten Morgen, heute haben wir 25 Gäste und ich freue mich sehr.",
    "nl": "Goedemorgen, vandaag hebben we 25 gasten en ik ben heel blij.",
    "pl": "Dzień dobry, dziś mamy 25 gości i bardzo się cieszę.",
    "ro": "Bună ziua, astăzi avem 25 de invitați și sunt foarte bucuros.",
    "uk": "Добрий день, сьогодні у нас 25 гостей, це 3.5% від усіх.",
    "ru": "Добрый день, сегодня у нас 25 гостей, и я очень рад.",
    "tr": "Günaydın, bugün 25 misafirimiz var ve çok mutluyum.",
    "ar": "صباح الخير، لدينا اليوم 25 ضيفًا وأنا سعيد جدًا.",
    "fa": "صبح بخیر، امروز ۲۵ مهمان داریم و من خیلی خوشحالم.",
    "ur": "صبح بخیر، آج ہمارے پاس 25 مہمان ہیں اور میں بہت خوش ہوں۔",
    "pa": "ਸਤ ਸ੍ਰੀ ਅਕਾਲ, ਅੱਜ ਸਾਡੇ ਕੋਲ 25 ਮਹਿਮਾਨ ਹਨ ਅਤੇ ਮੈਂ ਬਹੁਤ ਖੁਸ਼ ਹਾਂ।",
    "hi": "नमस्ते, आज हमारे यहाँ 25 मेहमान हैं और मैं बहुत खुश हूँ।",
    "bn": "সুপ্রভাত, আজ আমাদের ২৫ জন অতিথি আছেন এবং আমি খুব খুশি।",
    "gu": "નમસ્તે, આજે આપણી પાસે 25 મહેમાનો છે અને હું ખૂબ ખુશ છું.",
    "zh": "早上好，今天我们有25位客人，人数增加了3.5%，我很高兴。",
    "yue": "早晨，今日我哋有25位客人，多咗3.5%，我好開心。",
    "ja": "おはようございます。今日はお客様が25人で、3.5%増えて、とても嬉しいです。",
    "ko": "안녕하세요, 오늘 손님이 25분이고 3.5% 늘어서 매우 기쁩니다.",
    "vi": "Xin chào, hôm nay chúng ta có 25 khách và tôi rất vui.",
}
TAGS = list(LANGUAGES)


def sentence(tag: str) -> str:
    return SENTENCES[LANGUAGES[tag].plain]


@pytest.fixture
def voice() -> ESpeak:
    return ESpeak(program=require(shutil.which("espeak-ng"), "eSpeak NG"))


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A Whisper and an NLLB."""
    folder = tmp_path_factory.mktemp("models")
    return tiny_whisper(folder / "whisper"), tiny(folder / "nllb", Family.NLLB)


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sound that the models take for speech, then silence."""
    random = np.random.default_rng(1)
    tones = np.repeat(random.uniform(0.0, 1.0, 30), 1600)
    hiss = (random.standard_normal(len(tones)) * 3000 * tones).clip(-32768, 32767)
    sound = np.concatenate([hiss.astype(np.int16), np.zeros(16_000 * 2, np.int16)])
    path = tmp_path_factory.mktemp("talk") / "talk.wav"
    write_wav(path, Sound(sound, 16_000))
    return path


@pytest.mark.parametrize("source", TAGS)
def test_a_floor_is_recognised_translated_and_spoken(
    source: str, models: tuple[Path, Path], talk: Path, voice: ESpeak, tmp_path: Path
) -> None:
    spoken = [tag for tag in TAGS if tag in voice.abilities.languages]
    target = spoken[(TAGS.index(source) + 5) % len(spoken)]
    whisper, nllb = models

    def translator() -> CTranslate2Seq2Seq:
        return CTranslate2Seq2Seq(model=nllb, commercial=False)

    check(
        source=source, targets=[target], recognition="whisper", translator=translator(),
        speech=voice.abilities.languages,
    )  # fmt: skip
    work = rehearse(
        sound=talk, source=source, targets=[target], translator=translator, pace=0.0,
        engines=Engines(
            lambda tag, _: Whisper(tag, model=whisper), Loudness, lambda *_: voice
        ),
        progress=lambda *_: None,
    )  # fmt: skip

    entries = [logged.entry for logged in asyncio.run(work.log.read())]
    segments = [entry for entry in entries if isinstance(entry, Segment)]
    made = [entry for entry in entries if isinstance(entry, Translation)]
    said = [entry for entry in entries if isinstance(entry, Speaking)]
    assert {segment.language for segment in segments} == {source}
    assert [one.segment_id for one in made] == [segment.id for segment in segments]
    assert {one.engine for one in made} == {"NLLB-200 (CTranslate2) nllb"}
    assert {line.engine.split()[0] for line in said} == {"eSpeak"}
    work.sinks[target].write(tmp_path / "heard.wav")
    assert level_db(read_sound(tmp_path / "heard.wav", 24_000).samples) > -60


@pytest.mark.parametrize("tag", [tag for tag in TAGS if tag != "so"])
async def test_a_sentence_takes_as_long_as_its_language_needs(tag: str, voice: ESpeak) -> None:
    text = sentence(tag)
    sounds = [sound async for sound in voice.speak(text, language=tag, speed=1.0)]
    seconds = sum(sound.duration_s for sound in sounds)

    assert 0.5 < seconds / said_in_s(text, tag) < 2.0


@pytest.mark.parametrize("tag", [tag for tag in TAGS if tag != "so"])
def test_no_word_of_a_language_is_read_as_english(tag: str, voice: ESpeak) -> None:
    if tag != "en":
        assert "(en)" not in phonemes(voice, tag, sentence(tag))


@pytest.mark.parametrize("tag", ["uk", "ru", "ar", "hi", "zh", "ja", "ko"])
def test_in_another_script_hardly_a_word_is_read_as_english(tag: str, voice: ESpeak) -> None:
    """FLORES, without what stands in Latin letters."""
    said = parallel("flores", "en", tag)[:150]
    texts = [re.sub("[A-Za-zÀ-žＡ-ｚ]+", " ", text) for _, text in said]
    assert phonemes(voice, tag, *texts).count("(en)") < 0.03 * len(texts)


async def test_somali_is_refused_with_the_reason(voice: ESpeak) -> None:
    assert "so" not in voice.abilities.languages
    with pytest.raises(PairUnsupported, match="“so”: it has no voice for it"):
        async for _ in voice.speak("Subax wanaagsan.", language="so", speed=1.0):
            pass


def phonemes(voice: ESpeak, tag: str, *texts: str) -> str:
    done = subprocess.run(
        ["espeak-ng", "-q", "--ipa", "-b", "1", "-v", voice.voice(tag, PLAIN), "--stdin"],
        input="\n\n".join(readable(text, tag) for text in texts),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout
