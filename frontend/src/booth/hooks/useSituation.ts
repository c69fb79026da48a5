import { useMemo } from "react";
import { useNow } from "../../common/useNow";
import { alarmsOf, factsOf, sessionTimeS } from "../../live/state";
import { useLive } from "../../live/store";
import { holdsIt, listensIn, mayListenIn, viewOf } from "../handover";
import type { BoothParts } from "../parts";
import { airOf, isDouble, isOnAir, microphoneOf, partnerOf, partnerState } from "../situation";
import { turnOf } from "../turn";

interface Chosen {
  /** She chose retour, or not to; null: she did not say. */
  retour: boolean | null;
  coughing: boolean;
}

/**
 * What the booth is in: of all that the session holds only what concerns it, so that other channels'
 * reports render nothing here.
 *
 * @example
 * const { air, turn, language } = useSituation(parts, { retour, coughing });
 */
export function useSituation(parts: BoothParts, { retour: chosen, coughing }: Chosen) {
  const { known, stage, microphone } = parts;
  const { store, connection } = parts.live;
  const meId = known.me.id;
  const own = known.language.tag;
  const source = known.session.source_language.tag;

  const isKnown = useLive(store, (state) => state.known);
  const session = useLive(store, (state) => state.session) ?? known.session;
  const live = useLive(store, (state) => state.channels);
  const floorLanguage = useLive(store, (state) => state.floorLanguage) ?? known.floor_language;
  const ownFacts = useLive(store, (state) => factsOf(state, own));
  const sourceFacts = useLive(store, (state) => factsOf(state, source));
  const logged = useLive(store, (state) => state.alarms);
  const countdownS = useLive(store, (state) => state.countdownS) ?? known.countdown_s;
  const glossary = useLive(store, (state) => state.glossary);
  const messages = useLive(store, (state) => state.chat);
  const nowS = sessionTimeS(store.state, useNow(true));

  // A page that does not know better works for the channel that she holds.
  const retour = known.me.retour && (chosen ?? holdsIt(sourceFacts, meId));
  const language = retour ? source : own;
  const facts = retour ? sourceFacts : ownFacts;
  const channels = isKnown ? live : known.channels;
  const channel = channels.find((each) => each.language.tag === language);
  const target = channel?.language ?? (retour ? known.session.source_language : known.language);
  const colleagues = channels.find((each) => each.language.tag === own)?.booth?.interpreters ?? [];
  const members = colleagues.map(({ id }) => id);
  const partnerId = partnerOf(facts, members, meId);

  const connected = connection === "open";
  const air = airOf({ facts, meId, state: session.state, connected });
  const mic = microphoneOf({
    there: microphone.stream !== null && stage.phase === "on",
    muted: stage.muted,
    coughing,
  });
  const alarms = useMemo(
    () => alarmsOf({ facts: { [own]: ownFacts }, alarms: logged }, own),
    [ownFacts, logged, own],
  );
  return {
    ...{ meId, own, source, session, channels, floorLanguage, language, target, facts, retour },
    ...{ colleagues, partnerId, connected, air, mic, alarms, countdownS, glossary, messages },
    partner: colleagues.find(({ id }) => id === partnerId) ?? null,
    partnerState: partnerId ? partnerState(facts, partnerId) : null,
    double: isDouble(ownFacts, members, meId, mic),
    handover: viewOf(facts, meId, nowS),
    /** Seconds since what is on air changed. */
    changedS: isOnAir(air) ? Math.max(0, nowS - facts.since_s) : null,
    turn: turnOf(facts, nowS, channel?.turn_s ?? 1800),
    holds: holdsIt(facts, meId),
    /** One of her channels counts on her, so that talking into a muted microphone is a mistake. */
    isAwaited: [ownFacts, sourceFacts].some((each) => holdsIt(each, meId) || each.forced === meId),
    listenIn: listensIn(facts, meId),
    prepare: mayListenIn(facts, meId),
  };
}
