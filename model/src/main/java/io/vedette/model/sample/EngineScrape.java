package io.vedette.model.sample;

import io.vedette.model.signal.Gauges;
import java.util.List;

/**
 * What one engine behind a target said. What the target counts without an engine label stands at its first engine.
 *
 * @param engine the engine's label; {@code 0} where it has none
 * @param modelName by the engine's own word; empty where it does not say
 */
public record EngineScrape(
        String engine,
        String modelName,
        List<CounterSample> counters,
        Gauges gauges,
        List<HistogramSample> histograms) {
    public EngineScrape {
        counters = List.copyOf(counters);
        histograms = List.copyOf(histograms);
    }
}
