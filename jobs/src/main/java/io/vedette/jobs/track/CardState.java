package io.vedette.jobs.track;

import io.vedette.model.sample.Card;
import java.util.List;
import java.util.TreeMap;

/** State of one card behind a target. Lenient, unlike the records on the wire: what is missing is empty, zero or NaN. */
public final class CardState {
    /** As the newest scrape named it. */
    public Card card;

    public List<String> owners = List.of();
    public List<String> pods = List.of();
    /** First good scrape in which it was not there, or was told to be lost; 0 while it is there. */
    public long missingMillis;
    /** Whether that is a loss, which it is not where people have divided cards otherwise. */
    public boolean lost;

    /** Its series, as those of an engine are kept. */
    public ReplicaState series;
    /** What signs of events said last, by {@link #key}. */
    public TreeMap<String, Double> signs = new TreeMap<>();
    /** Counters that follow from signs, by {@link #key}. */
    public TreeMap<String, Double> totals = new TreeMap<>();

    public CardState(Card card, ReplicaState series) {
        this.card = card;
        this.series = series;
    }

    /** Where a card's sign stands: which counter, and what it counts. */
    static String key(int signal, String dimension) {
        return signal + "|" + dimension;
    }

    /** The card's name among those of its target. */
    String name() {
        return card.uuid().isEmpty() ? card.gpu() : card.uuid();
    }

    static String nameOf(Card card) {
        return card.uuid().isEmpty() ? card.gpu() : card.uuid();
    }

    public CardState copy() {
        CardState copy = new CardState(card, series.copy());
        copy.owners = owners;
        copy.pods = pods;
        copy.missingMillis = missingMillis;
        copy.lost = lost;
        copy.signs = new TreeMap<>(signs);
        copy.totals = new TreeMap<>(totals);
        return copy;
    }
}
