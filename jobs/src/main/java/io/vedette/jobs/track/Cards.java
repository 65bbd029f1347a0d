package io.vedette.jobs.track;

import io.vedette.jobs.panes.PaneHistory;
import io.vedette.jobs.panes.SharedLayouts;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Frame.Release;
import io.vedette.model.sample.Card;
import io.vedette.model.sample.CardScrape;
import io.vedette.model.sample.TargetScrape;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cards behind a target: they come with the scrapes that show them. One that a good scrape no longer shows is lost, and stays so for a day; not so an
 * instance of a divided card, or a card that has just been divided: instances come and go as people wish.
 */
final class Cards {
    /** How long a card that is gone is told to be lost. */
    static final long LOST_MILLIS = 24 * 3_600_000L;
    /** How long what is not lost may be missing. */
    private static final long MISSING_MILLIS = 60_000;

    private final int[] windowPanes;
    private final CardFrames frames;
    private final SharedLayouts layouts = new SharedLayouts();

    Cards(int[] windowPanes, CardFrames frames) {
        this.windowPanes = windowPanes;
        this.frames = frames;
    }

    /** What a scrape does to a card. */
    record Step(CardState card, ScrapeStep series) {}

    /** What a scrape does to each card of its target. A card that is seen for the first time gets a state of its own. */
    List<Step> steps(TargetState state, TargetScrape scrape, long time, TrackOutput out) {
        if (state.cards.isEmpty() && scrape.cards().isEmpty()) {
            return List.of();
        }
        for (CardScrape card : scrape.cards()) {
            find(state, card.card());
        }
        List<Step> steps = new ArrayList<>(state.cards.size());
        for (CardState card : state.cards) {
            CardScrape seen = find(scrape, card);
            if (seen == null) {
                if (scrape.isGood() && card.missingMillis == 0) {
                    card.missingMillis = time;
                    card.lost = !card.card.isInstance() && !isDivided(state, card);
                }
                Gauges gauges = scrape.isGood() && card.lost ? Gauges.none().with(Signal.LOST, 1) : Gauges.none();
                steps.add(new Step(card, ScrapeStep.unseen(card.series, time, gauges)));
            } else {
                card.card = seen.card();
                card.owners = seen.owners();
                card.pods = seen.pods();
                card.lost = seen.gauges().get(Signal.LOST) == 1;
                card.missingMillis = !card.lost ? 0 : card.missingMillis > 0 ? card.missingMillis : time;
                steps.add(new Step(
                        card,
                        ScrapeStep.ofCard(
                                card.series,
                                CardSigns.counted(card, seen, time),
                                time,
                                state.processStartMillis,
                                scrape.processStartMillis(),
                                layouts,
                                out)));
            }
        }
        return steps;
    }

    private static @Nullable CardScrape find(TargetScrape scrape, CardState state) {
        for (CardScrape card : scrape.cards()) {
            if (CardState.nameOf(card.card()).equals(state.name())) {
                return card;
            }
        }
        return null;
    }

    private void find(TargetState state, Card card) {
        String name = CardState.nameOf(card);
        if (state.cards.stream().noneMatch(known -> known.name().equals(name))) {
            ReplicaState series = new ReplicaState(new PaneHistory(
                    windowPanes, Windows.CARD_GAUGES.length, TargetTracker.nextTick(state) / Frame.TICK_MILLIS));
            state.cards.add(new CardState(card, series));
            state.cards.sort(Comparator.comparing(CardState::name));
        }
    }

    /** Lets go of what is missing but not lost, and of what has been lost for long. */
    void forgetVanished(TargetState state, long time, long appendMillis, TrackOutput out) {
        List<CardState> gone = state.cards.stream()
                .filter(card -> card.missingMillis > 0
                        && time - card.missingMillis >= (card.lost ? LOST_MILLIS : MISSING_MILLIS))
                .toList();
        if (!gone.isEmpty()) {
            frames.last(state, gone, TargetTracker.nextTick(state), appendMillis, Release.GONE, out);
            state.cards.removeAll(gone);
        }
    }

    /** Whether instances of a card are there. */
    private static boolean isDivided(TargetState state, CardState card) {
        String uuid = card.card.uuid();
        return !uuid.isEmpty()
                && state.cards.stream()
                        .anyMatch(other -> other.card.parent().equals(uuid)
                                || other.card.uuid().startsWith(uuid + '/'));
    }
}
