package io.vedette.model.frame;

import io.vedette.model.histogram.Bounds;
import io.vedette.model.signal.Signal;
import java.io.IOException;
import java.util.List;

/** Statistics of a gauge, as they stand on the wire. */
record GaugeStatsMessage(long signal, Longs windows, Longs means, Longs maxima, Longs counts) implements SignalMessage {
    static GaugeStatsMessage read(ProtoReader in) throws IOException {
        long signal = 0;
        Longs windows = new Longs();
        Longs means = new Longs();
        Longs maxima = new Longs();
        Longs counts = new Longs();
        int end = in.begin();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> signal = in.number();
                case 2 -> in.numbers(windows);
                case 3 -> in.reals(means);
                case 4 -> in.reals(maxima);
                case 5 -> in.numbers(counts);
                default -> in.skip();
            }
        }
        in.end(end);
        return new GaugeStatsMessage(signal, windows, means, maxima, counts);
    }

    @Override
    public Signal.Kind kind() {
        return Signal.Kind.GAUGE;
    }

    @Override
    public void into(Signal signal, List<OpenWindow> windows, List<Bounds> bounds) {
        SignalMessage.expect(means, windows.size(), "means");
        SignalMessage.expect(maxima, windows.size(), "maxima");
        SignalMessage.expect(counts, windows.size(), "counts of a gauge's values");
        for (int i = 0; i < windows.size(); i++) {
            GaugeStats stats = new GaugeStats(means.getDouble(i), maxima.getDouble(i), Math.toIntExact(counts.get(i)));
            windows.get(i).gauges().put(signal, stats);
        }
    }
}
