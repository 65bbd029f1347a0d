package io.vedette.jobs.track;

import io.vedette.model.sample.CardScrape;
import io.vedette.model.sample.CardSign;
import io.vedette.model.sample.CounterSample;
import io.vedette.model.sample.EngineScrape;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Makes counters of signs of events: the time in which something was so, events that a moving window gained, newest events that are others than before. */
final class CardSigns {
    private static final Comparator<CounterSample> BY_SIGNAL = Comparator.<CounterSample>comparingInt(
                    sample -> sample.signal().number())
            .thenComparing(CounterSample::dimension);

    private final CardState state;
    private final double elapsedSeconds;

    private CardSigns(CardState state, double elapsedSeconds) {
        this.state = state;
        this.elapsedSeconds = elapsedSeconds;
    }

    /**
     * A card's scrape as one with counters only, in the form in which differences are taken; remembers what is to be compared with the next.
     *
     * @param timeMillis of the scrape
     */
    static EngineScrape counted(CardState state, CardScrape scrape, long timeMillis) {
        long before = state.series.lastGoodMillis;
        CardSigns signs = new CardSigns(state, before == 0 ? 0 : (timeMillis - before) / 1000.0);
        List<CounterSample> counters = new ArrayList<>(scrape.counters());
        for (CardSign sign : scrape.signs()) {
            signs.take(sign);
        }
        state.totals.forEach((key, total) -> {
            int bar = key.indexOf('|');
            Signal.ofNumber(Integer.parseInt(key.substring(0, bar)))
                    .filter(signal -> scrape.signs().stream().anyMatch(sign -> sign.signal() == signal))
                    .ifPresent(signal -> counters.add(new CounterSample(signal, key.substring(bar + 1), total, 0, 0)));
        });
        counters.sort(BY_SIGNAL);
        Gauges gauges = scrape.gauges();
        return new EngineScrape(
                state.name(), "", counters, gauges.has(Signal.LOST) ? gauges : gauges.with(Signal.LOST, 0), List.of());
    }

    private void take(CardSign sign) {
        int signal = sign.signal().number();
        String key = CardState.key(signal, sign.dimension());
        switch (sign.kind()) {
            case STATE -> add(key, sign.value() > 0 ? elapsedSeconds : 0);
            case RISE -> {
                // What a new series shows at a card that is known has happened since the last look.
                double before = state.signs.getOrDefault(key, 0.0);
                boolean known = state.series.lastGoodMillis > 0;
                add(key, known ? Math.max(0, sign.value() - before) : 0);
                state.signs.put(key, sign.value());
            }
            case LAST -> {
                add(CardState.key(signal, ""), 0);
                Double before = state.signs.put(key, sign.value());
                if (before != null && before != sign.value() && sign.value() > 0) {
                    add(CardState.key(signal, String.format(Locale.ROOT, "%.0f", sign.value())), 1);
                }
            }
        }
    }

    private void add(String key, double amount) {
        state.totals.merge(key, amount, Double::sum);
    }
}
