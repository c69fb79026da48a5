"""The languages of the service, and each engine's code for them.

Tags are BCP-47. `name` is the language's own name in its own script (CLDR autonyms).
"""

from dataclasses import dataclass

from translation.errors import UnknownLanguage


@dataclass(frozen=True, slots=True)
class Language:
    """`apertium` and `espeak` are empty where the engine has nothing for the language."""

    tag: str
    name: str
    english_name: str
    direction: str = "ltr"
    apertium: str = ""
    espeak: str = ""


LANGUAGES: dict[str, Language] = {
    language.tag: language
    for language in (
        Language("en", "English", "English", apertium="eng", espeak="en-gb"),
        Language("es", "Español", "Spanish", apertium="spa", espeak="es"),
        Language("fr", "Français", "French", apertium="fra", espeak="fr-fr"),
        Language("ca", "Català", "Catalan", apertium="cat", espeak="ca"),
        Language("pt", "Português", "Portuguese", apertium="por", espeak="pt"),
        Language(
            "pt-BR", "Português (Brasil)", "Brazilian Portuguese", apertium="por_BR", espeak="pt-br"
        ),
        Language("it", "Italiano", "Italian", apertium="ita", espeak="it"),
        Language("de", "Deutsch", "German", espeak="de"),
        Language("nl", "Nederlands", "Dutch", apertium="nld", espeak="nl"),
        Language("ar", "العربية", "Arabic", direction="rtl", espeak="ar"),
    )
}


def language(tag: str) -> Language:
    """The language of a tag. Raises `UnknownLanguage`, naming the tag and what there is."""
    try:
        return LANGUAGES[tag]
    except KeyError:
        known = ", ".join(sorted(LANGUAGES))
        raise UnknownLanguage(
            f"“{tag}” is not a language of this service; known: {known}"
        ) from None
