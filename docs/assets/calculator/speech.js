/**
 * The answer read aloud by a voice that is on the device itself. Voices that work over the network would send the answer to
 * somebody else's server, so they are not used.
 */

export function supported() {
  return typeof speechSynthesis === "object" && typeof SpeechSynthesisUtterance === "function";
}

function localVoice(lang) {
  const voices = speechSynthesis.getVoices().filter((voice) => voice.localService && voice.lang.toLowerCase().replace("_", "-").startsWith(lang));
  return voices.find((voice) => /^(zh-cn|en-(gb|us))/i.test(voice.lang.replace("_", "-"))) ?? voices[0] ?? null;
}

/** Tells whether there is a voice, now and whenever the browser has found further ones. */
export function whenVoices(lang, tell) {
  if (!supported()) return;
  tell(Boolean(localVoice(lang)));
  speechSynthesis.addEventListener?.("voiceschanged", () => tell(Boolean(localVoice(lang))));
}

/** Sentences worth hearing, in order. */
export function spoken(explanation) {
  return [explanation.headline, ...explanation.warnings.map((warning) => warning.text), ...explanation.summary, ...explanation.next_steps.map((entry) => entry.text)];
}

export class Speaker {
  constructor(lang, onChange) {
    Object.assign(this, { lang, onChange, speaking: false });
    addEventListener("pagehide", () => this.stop());
  }

  start(sentences) {
    this.stop();
    const voice = localVoice(this.lang);
    if (!voice) return;
    sentences.forEach((sentence, index) => {
      const utterance = new SpeechSynthesisUtterance(sentence);
      utterance.voice = voice;
      utterance.lang = voice.lang;
      utterance.rate = 0.9;
      if (index === sentences.length - 1) utterance.onend = () => this.#set(false);
      utterance.onerror = () => this.#set(false);
      speechSynthesis.speak(utterance);
    });
    this.#set(true);
  }

  stop() {
    if (!supported()) return;
    speechSynthesis.cancel();
    this.#set(false);
  }

  #set(on) {
    if (this.speaking === on) return;
    this.speaking = on;
    this.onChange(on);
  }
}
