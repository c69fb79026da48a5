"""The languages of the service, and each engine's code for them.

Tags are BCP-47. `name` is the language's own name in its own script (CLDR autonyms). Codes are
the engines' own lists: NLLB-200 (FLORES-200), M2M100, MADLAD-400, Whisper large-v3, eSpeak NG
1.51, Piper's published voices, ElevenLabs Flash v2.5, Deepgram Nova-3.
"""

from dataclasses import dataclass

from translation.errors import UnknownLanguage


@dataclass(frozen=True, slots=True)
class Language:
    """A code is empty where the engine has nothing for the language.

    `decimal_mark`: how a number's fraction is set off in writing.
    """

    tag: str
    name: str
    english_name: str
    direction: str = "ltr"
    whisper: str = ""
    apertium: str = ""
    nllb: str = ""
    m2m100: str = ""
    madlad: str = ""
    espeak: str = ""
    piper: str = ""
    elevenlabs: str = ""
    deepgram: str = ""
    decimal_mark: str = ","

    @property
    def plain(self) -> str:
        """The tag without its region: `pt-BR` -> `pt`."""
        return self.tag.partition("-")[0]

    @property
    def script(self) -> str:
        """ISO 15924: `Latn`."""
        return self.nllb.partition("_")[2]


DEEPGRAM = {
    **{tag: tag for tag in (
        "en", "es", "fr", "ca", "pt", "pt-PT", "pt-BR", "it", "de", "nl", "pl", "ro", "uk", "ru",
        "tr", "hi", "bn", "zh", "ja", "ko", "vi",
    )},
    "yue": "zh-HK",
}  # fmt: skip
"""Of its model Nova-3."""


def _language(tag: str, name: str, english_name: str, nllb: str, **fields: str) -> Language:
    """Whisper, M2M100 and MADLAD name a language by its plain tag unless it is said otherwise."""
    plain = tag.partition("-")[0]
    codes = {"whisper": plain, "m2m100": plain, "madlad": plain, **fields}
    codes["deepgram"] = DEEPGRAM.get(tag, "")
    return Language(tag, name, english_name, nllb=nllb, **codes)


LANGUAGES: dict[str, Language] = {
    language.tag: language
    for language in (
        _language(
            "en", "English", "English", "eng_Latn", apertium="eng", espeak="en-gb",
            piper="en_GB", elevenlabs="en", decimal_mark=".",
        ),
        _language(
            "es", "Español", "Spanish", "spa_Latn", apertium="spa", espeak="es",
            piper="es_ES", elevenlabs="es",
        ),
        _language(
            "fr", "Français", "French", "fra_Latn", apertium="fra", espeak="fr-fr",
            piper="fr_FR", elevenlabs="fr",
        ),
        _language(
            "ca", "Català", "Catalan", "cat_Latn", apertium="cat", espeak="ca", piper="ca_ES"
        ),
        _language(
            "pt", "Português", "Portuguese", "por_Latn", apertium="por", espeak="pt",
            piper="pt_PT", elevenlabs="pt",
        ),
        _language(
            "pt-PT", "Português (Portugal)", "European Portuguese", "por_Latn", apertium="por",
            espeak="pt", piper="pt_PT", elevenlabs="pt",
        ),
        _language(
            "pt-BR", "Português (Brasil)", "Brazilian Portuguese", "por_Latn", apertium="por_BR",
            espeak="pt-br", piper="pt_BR", elevenlabs="pt",
        ),
        _language(
            "it", "Italiano", "Italian", "ita_Latn", apertium="ita", espeak="it",
            piper="it_IT", elevenlabs="it",
        ),
        _language(
            "de", "Deutsch", "German", "deu_Latn", espeak="de", piper="de_DE", elevenlabs="de"
        ),
        _language(
            "nl", "Nederlands", "Dutch", "nld_Latn", espeak="nl",
            piper="nl_NL", elevenlabs="nl",
        ),
        _language(
            "pl", "Polski", "Polish", "pol_Latn", espeak="pl", piper="pl_PL", elevenlabs="pl"
        ),
        _language(
            "ro", "Română", "Romanian", "ron_Latn", espeak="ro", piper="ro_RO", elevenlabs="ro"
        ),
        _language(
            "uk", "Українська", "Ukrainian", "ukr_Cyrl", espeak="uk",
            piper="uk_UA", elevenlabs="uk",
        ),
        _language(
            "ru", "Русский", "Russian", "rus_Cyrl", espeak="ru", piper="ru_RU", elevenlabs="ru"
        ),
        _language(
            "tr", "Türkçe", "Turkish", "tur_Latn", espeak="tr", piper="tr_TR", elevenlabs="tr"
        ),
        _language(
            "ar", "العربية", "Arabic", "arb_Arab", direction="rtl", espeak="ar",
            piper="ar_JO", elevenlabs="ar", decimal_mark=".",
        ),
        _language(
            "fa", "فارسی", "Persian", "pes_Arab", direction="rtl", espeak="fa", piper="fa_IR",
            decimal_mark=".",
        ),
        _language(
            "ur", "اردو", "Urdu", "urd_Arab", direction="rtl", espeak="ur", decimal_mark="."
        ),
        _language("pa", "ਪੰਜਾਬੀ", "Punjabi", "pan_Guru", espeak="pa", decimal_mark="."),
        _language(
            "hi", "हिन्दी", "Hindi", "hin_Deva", espeak="hi", piper="hi_IN", elevenlabs="hi",
            decimal_mark=".",
        ),
        _language("bn", "বাংলা", "Bengali", "ben_Beng", espeak="bn", decimal_mark="."),
        _language("gu", "ગુજરાતી", "Gujarati", "guj_Gujr", espeak="gu", decimal_mark="."),
        _language(
            "zh", "中文", "Chinese (Mandarin)", "zho_Hans",
            espeak="cmn-latn-pinyin", piper="zh_CN", elevenlabs="zh", decimal_mark=".",
        ),
        _language(
            "yue", "粵語", "Cantonese", "yue_Hant", m2m100="", espeak="yue", decimal_mark="."
        ),
        _language(
            "ja", "日本語", "Japanese", "jpn_Jpan", espeak="ja", elevenlabs="ja",
            decimal_mark=".",
        ),
        _language(
            "ko", "한국어", "Korean", "kor_Hang", espeak="ko", elevenlabs="ko", decimal_mark="."
        ),
        _language(
            "vi", "Tiếng Việt", "Vietnamese", "vie_Latn", espeak="vi", piper="vi_VN",
            elevenlabs="vi",
        ),
        _language("so", "Soomaali", "Somali", "som_Latn", decimal_mark="."),
    )
}  # fmt: skip

UNSPACED = frozenset({"zh", "yue", "ja"})
"""Written without spaces between words."""

DENSE = UNSPACED | {"ko"}
"""A character says about as much as three letters of an alphabet."""

LETTERS_PER_S = 15.0
"""Of speech at its own pace, about."""


def letters(text: str, tag: str) -> int:
    """How long a text is, in letters of an alphabet."""
    return len(text.strip()) * (3 if language(tag).plain in DENSE else 1)


def said_in_s(text: str, tag: str) -> float:
    """How long it takes to say a text, about."""
    return letters(text, tag) / LETTERS_PER_S


def language(tag: str) -> Language:
    """The language of a tag. Raises `UnknownLanguage`, naming the tag and what there is."""
    try:
        return LANGUAGES[tag]
    except KeyError:
        known = ", ".join(sorted(LANGUAGES))
        raise UnknownLanguage(
            f"“{tag}” is not a language of this service; known: {known}"
        ) from None


def coded(engine: str) -> frozenset[str]:
    """The tags for which an engine has a code: `coded("nllb")`."""
    return frozenset(tag for tag, entry in LANGUAGES.items() if getattr(entry, engine))
