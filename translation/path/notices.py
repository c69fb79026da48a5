"""The spoken notice that a machine's voice comes, in each language of the service.

Japanese in kana: eSpeak NG reads no kanji.
"""

NOTICES: dict[str, str] = {
    "en": "Machine voice.",
    "es": "Voz automática.",
    "fr": "Voix de synthèse.",
    "ca": "Veu automàtica.",
    "pt": "Voz automática.",
    "pt-PT": "Voz automática.",
    "pt-BR": "Voz automática.",
    "it": "Voce automatica.",
    "de": "Computerstimme.",
    "nl": "Computerstem.",
    "pl": "Głos automatyczny.",
    "ro": "Voce automată.",
    "uk": "Автоматичний голос.",
    "ru": "Автоматический голос.",
    "tr": "Makine sesi.",
    "ar": "صوت آلي.",
    "fa": "صدای ماشینی.",
    "ur": "مشینی آواز",
    "pa": "ਮਸ਼ੀਨੀ ਆਵਾਜ਼।",
    "hi": "मशीनी आवाज़।",
    "bn": "যান্ত্রিক কণ্ঠ।",
    "gu": "મશીની અવાજ.",
    "zh": "机器语音。",
    "yue": "機器語音。",
    "ja": "じどうおんせいです。",
    "ko": "기계 음성입니다.",
    "vi": "Giọng máy.",
    "so": "Codka mashiinka.",
}


def notice(language: str) -> str:
    """What is said before the machine speaks; "" for a language that has none."""
    return NOTICES.get(language, "")
