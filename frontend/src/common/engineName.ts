const NAMES: Record<string, string> = {
  apertium: "Apertium",
  ctranslate2: "CTranslate2",
  deepgram: "Deepgram",
  elevenlabs: "ElevenLabs",
  "espeak-ng": "eSpeak NG",
  llm: "LLM",
  openai: "OpenAI API",
  piper: "Piper",
  pocketsphinx: "PocketSphinx",
  transformers: "Transformers",
  whisper: "Whisper",
};

/** What people call an engine; one of an install's own goes by the name of its class. */
export const engineName = (name: string): string => NAMES[name] ?? name.split(".").pop() ?? name;
