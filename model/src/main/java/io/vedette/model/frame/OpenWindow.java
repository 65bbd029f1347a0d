package io.vedette.model.frame;

import io.vedette.model.histogram.Histogram;
import io.vedette.model.signal.Signal;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** A window that is being filled from the wire. Not thread-safe. */
record OpenWindow(
        long durationMillis,
        long coveredMillis,
        Map<Signal, SortedMap<String, Double>> growth,
        Map<Signal, List<Histogram.Part>> parts,
        Map<Signal, GaugeStats> gauges) {
    static OpenWindow read(ProtoReader in) throws IOException {
        long durationMillis = 0;
        long coveredMillis = 0;
        int end = in.begin();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> durationMillis = in.number();
                case 2 -> coveredMillis = in.number();
                default -> in.skip();
            }
        }
        in.end(end);
        return new OpenWindow(
                durationMillis,
                coveredMillis,
                new EnumMap<>(Signal.class),
                new EnumMap<>(Signal.class),
                new EnumMap<>(Signal.class));
    }

    Window close() {
        Map<Signal, Histogram> histograms = new EnumMap<>(Signal.class);
        parts.forEach((signal, of) -> histograms.put(signal, Histogram.of(of)));
        return new Window(durationMillis, coveredMillis, growth, histograms, gauges);
    }
}
