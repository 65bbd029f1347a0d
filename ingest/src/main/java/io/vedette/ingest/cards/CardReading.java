package io.vedette.ingest.cards;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What one card, or one MIG instance, says at one time.
 *
 * @param values what it does not have is left out
 */
public record CardReading(CardId id, Map<CardMetric, Double> values, List<CardProcess> processes) {
    public CardReading {
        EnumMap<CardMetric, Double> copy = new EnumMap<>(CardMetric.class);
        copy.putAll(values);
        values = Collections.unmodifiableMap(copy);
        processes = List.copyOf(processes);
    }

    /** The same without its processes, where they are those of its MIG instances. */
    public CardReading withoutProcesses() {
        return new CardReading(id, values, List.of());
    }
}
