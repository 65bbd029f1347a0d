package io.vedette.model.sample;

import io.vedette.model.signal.Gauges;
import java.util.List;

/**
 * What one card was seen to do.
 *
 * @param owners instances of the targets whose processes hold the card, sorted
 * @param pods that the card was given to, sorted
 * @param counters cumulative ones
 * @param signs from which other counters follow
 */
public record CardScrape(
        Card card,
        List<String> owners,
        List<String> pods,
        List<CounterSample> counters,
        List<CardSign> signs,
        Gauges gauges) {
    public CardScrape {
        owners = List.copyOf(owners);
        pods = List.copyOf(pods);
        counters = List.copyOf(counters);
        signs = List.copyOf(signs);
    }
}
