# ruff: noqa: RUF001 - cues in the letters of many languages
"""Whether a sentence says no. Pure.

    "he has no fever"  "tiene fiebre"       the negation is lost
    "he has no fever"  "no tiene fiebre"    nothing is wrong
    "he is unable to"  "él no puede"        nothing is wrong: `unable` may be a negation

A sentence negates for sure by a cue of the first kind, perhaps by one of the second. The two sides
differ where one negates for sure and the other not even perhaps. Cues are many but not all there
are, so a difference is a doubt, not a proof.
"""

import re
from functools import lru_cache

from translation.languages import language as known_language
from translation.path.words_of import folded

_WORDS: dict[str, tuple[str, str]] = {
    "en": (
        r"not|never|none|nobody|nothing|nowhere|cannot|\w+n't|no",
        r"isnt|dont|doesnt|cant|wont|unable|hardly|impossible|unless|lack\w*|den(?:y|ies|ied)|nor"
        r"|absence|free of|without|neither|barely|few|little|fail\w*|refus\w+|avoid\w*|un\w{4,}"
        r"|in\w{5,}|im\w{5,}|il\w{5,}|dis\w{4,}|non\w*|\w+less(?:ly)?|stop\w*|prevent\w*|miss\w*"
        r"|only|but|rather|instead|yet|any\w*|ever|until|empty|ban\w*|forb\w+|rare\w*|seldom|end\w*",
    ),
    "es": (
        r"no|nunca|jamás|nadie|nada|ningun[oa]s?|ningún",
        r"ni|tampoco|sin|imposible|nieg\w+|incapa\w+|inusual\w*|improbable\w*|sino|falta\w*|apenas|carec\w+|imped\w+",
    ),
    "fr": (
        r"pas|jamais|aucune?|rien|personne|ne|n'\w+",
        r"sans|ni|non|impossible|nie|plus|guère|nullement|inhabit\w+|improbable\w*|incapable\w*|peu|manqu\w+|guère|empêch\w+|refus\w+",
    ),
    "ca": (
        r"no|mai|ningú|cap",
        r"ni|res|tampoc|sense|impossible|pas|incapa\w+|inusual\w*|sinó|manca\w*|falta\w*|imped\w+",
    ),
    "pt": (
        r"não|nunca|jamais|ninguém|nenhuma?",
        r"nada|nem|sem|tampouco|impossível|nega\w*|incapa\w+|incomu\w+|improváve\w+|falta\w*|pouc\w+|imped\w+",
    ),
    "it": (
        r"non|nessun[oa]?|niente|nulla",
        r"no|mai|né|senza|neanche|nemmeno|neppure|impossibil\w+|nega\w*|incapac\w+|inutil\w+|insolit\w+|improbabil\w+"
        r"|manca\w*|poc\w+|priv[oaie]|smett\w+|scars\w+",
    ),
    "de": (
        r"nicht|nichts|nie|niemals|niemand\w*|kein\w*",
        r"ohne|weder|noch|nein|un\w{4,}|\w+los\w{0,2}|kaum|fehl\w+|wenig\w*|mangel\w*|nur|verh\w+|nirgend\w+",
    ),
    "nl": (
        r"niet|niets|nooit|niemand|geen",
        r"zonder|noch|nee|on\w{4,}|nergens|\w+loos|\w+loze|weinig|gebrek|amper|maar|nauwelijks",
    ),
    "pl": (
        r"nie|nigdy|nikt|nikogo|nic|niczego|żad\w+",
        r"bez\w*|ani|brak\w*|nie\w{4,}|mało|trudn\w+|zaledwie",
    ),
    "ro": (
        r"nu|n-\w+|niciodată|nimeni|nimic|niciun\w*|nicio",
        r"nici|fără|ba|imposibil\w*|incapabil\w*|ne\w{5,}|lips\w+|puțin\w*",
    ),
    "uk": (
        r"не|ніколи|ніхто|нікого|нічого|ніщо|жод\w+|нема\w*",
        r"ні|без\w*|неможлив\w+|не\w{4,}|ані|відсутн\w+|мало",
    ),
    "ru": (
        r"не|нет|никогда|никто|никого|ничего|ничто|никак\w+|нельзя",
        r"ни|без\w*|бес\w+|не\w{4,}|отсутств\w+|мало",
    ),
    "tr": (
        r"değil\w*|yok\w*|hiçbir\w*|asla|\w+m[ıiuü]yor\w*|\w+m[ae]z(?:d[ıi]\w*|lar|ler|s[ıi]n\w*)?"
        r"|\w+m[ae]d[ıi](?:lar|ler|m|k|n|n[ıi]z)?|\w+m[ae]y[ae]ca[kğ]\w*|\w+m[ae]m[ıi]ş\w*",
        r"hayır|hiç|ne|\w+s[ıiuü]z\w*|\w+m[ae]|\w+m[ae](?:m|den|dan|y[ei])\w*|sadece|yalnız\w*",
    ),
    "ar": (
        r"[وف]?(?:لا|لم|لن|ليس\w*|لست)",
        r"[وفبم]*(?:ما|غير|بدون|دون|بلا|عدم|كلا|أبدا|مش|مو|أي|إلا|عديم\w*|سوى|نفى|منع\w*|قليل\w*)"
        r"|يخلو|يفتقر|نقص",
    ),
    "fa": (
        r"نه|نیست\w*|نمی\w*|ندار\w+|نبود\w*|نکر\w+|نشد\w*|هیچ\w*|هرگز",
        r"نی\w+|ن\w{2,}|بدون|بی\w*|غیر\w*|عدم",
    ),
    "ur": (r"نہیں|نہ|مت", r"بغیر|بنا|غیر\w*|نا\w*|کبھی|بے|عدم"),
    "pa": (r"ਨਹੀਂ|ਨਹੀ|ਨਾ", r"ਬਿਨਾਂ|ਬਿਨਾ|ਨਾਂ|ਬਗੈਰ|ਕਦੇ|ਗੈਰ|ਨ"),
    "hi": (r"नहीं|नही|मत", r"न|ना|बिना|बगैर|असंभव|कभी|गैर|रहित|अ\w+|बे\w+"),
    "bn": (r"না|নয়|নেই|নি|নাই|নহে", r"ছাড়া|\w+নি|বিনা|কখনও|\w+না|অ\w+"),
    "gu": (r"નથી|નહીં|નહિ|નહોત\w*", r"ન|ના|વિના|વગર|મત|અ\w+|ક્યારેય|બિન"),
    "vi": (
        r"không|chưa|chẳng|chả|đừng",
        r"chớ|thiếu|vô|phi|bất|hiếm|ít|khó|trừ|mất|cấm|tránh|chỉ",
    ),
    "so": (
        r"ma|maan|maya|aan|aanan|aanay|aanu|uma|kuma|lama|mana",
        r"la'aan|laaan|waligii|ha|midna",
    ),
}
"""By plain tag: what negates for sure, what negates perhaps; each a whole word."""

_PARTS: dict[str, tuple[str, str]] = {
    "zh": (
        r"不|没|沒|未|并非|而非|无法|無法",
        r"无|無|非|别|別|勿|否|免|缺|难|少|禁|拒",
    ),
    "yue": (r"唔|冇|未|不|沒|没", r"無|非|咪|莫|缺|難|少"),
    "ja": (
        r"ません|ない(?!で?しょう)|なかった|なく(?!て[はも])",
        r"ず|ぬ|なし|無|不|非|いいえ|まい|未|な[くけい]|欠|難|禁|困",
    ),
    "ko": (r"않|없|아니|못하|못했|말[고아지]", r"안 |못|불가|무관|말라|금지|어렵|어려|뿐|비정상"),
}
"""Where words are not set apart: any of these, anywhere."""

_NOT_NEGATIVE = {
    "zh": r"不同|不仅|不過|不过|不断|不久|不少|不但|不管|差不多|不得不|未来|不论|不止|不只|要不"
    r"|不如|不错|非常",
    "yue": r"不同|不過|不斷|不少|不但|不論|未來|差唔多|唔同",
    "ja": r"なければなら|なくてはなら|少ない|少なく|かもしれな|すぎない|だけでな|なくなっ|なくとも"
    r"|間違いな|に違いな",
    "ko": r"뿐만 아니라|뿐 아니라|밖에 없|지 않을까|할 수밖에",
    "en": r"no doubt|not only|no\. ?\d|no longer than|no more than|no less than|whether or not"
    r"|nonetheless",
    "fr": r"ne serait-ce|n'importe|pas seulement|ne\b[^.]{1,30}\bque",
    "es": r"no sólo|no solo|no obstante|sin embargo",
    "vi": r"không gian|không khí|hàng không|không quân|trên không|không chỉ|không những|bầu không",
    "de": r"nicht nur",
    "it": r"non solo|non è che",
    "pt": r"não só|não apenas",
    "nl": r"niet alleen",
    "pl": r"nie tylko",
    "ru": r"не только",
    "uk": r"не тільки|не лише",
    "ro": r"nu numai|nu doar",
    "ca": r"no només|no obstant",
    "ar": r"لا سيما|ولا سيما|لا يزال|لا تزال|ما لا يقل|لا بد",
}
"""Made with a cue, but no negation; a negation perhaps."""

_LETTER = r"[\w\u0900-\u0dff]"
"""Vowel signs of Indian scripts are no `\\w`, but part of a word."""


@lru_cache(maxsize=64)
def _patterns(plain: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    """For sure; perhaps."""
    if plain in _PARTS:
        sure, perhaps = _PARTS[plain]
        return re.compile(sure), re.compile(perhaps)
    if plain not in _WORDS:
        return None
    return _whole_words(_WORDS[plain][0]), _whole_words(_WORDS[plain][1])


def _whole_words(cues: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!{_LETTER})(?<!')(?:{folded(cues)})(?!{_LETTER})")


def negates(text: str, language: str) -> bool | None:
    """True: for sure; None: perhaps, or nothing is known about the language; False: no."""
    plain = known_language(language).plain
    patterns = _patterns(plain)
    if patterns is None:
        return None
    sure, perhaps = patterns
    text = folded(text)
    left, excepted = (
        re.subn(_NOT_NEGATIVE[plain], " ", text) if plain in _NOT_NEGATIVE else (text, 0)
    )
    if sure.search(left):
        return True
    return None if excepted or perhaps.search(left) else False


def changed(source: str, target: str, source_language: str, target_language: str) -> bool:
    """One side says no for sure, the other surely not."""
    said, made = negates(source, source_language), negates(target, target_language)
    return said is not None and made is not None and said != made
