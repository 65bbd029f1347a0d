package io.vedette.model.frame;

import io.vedette.model.histogram.Bounds;
import io.vedette.model.signal.Signal;
import java.io.IOException;
import java.util.List;

/** Statistics of a gauge, as they stand on the wire. */
record GaugeStatsMessage(long signal, Longs windows, EitherNumbers means, EitherNumbers maxima, Longs counts)
        implements SignalMessage {
    static GaugeStatsMessage read(ProtoReader in) throws IOException {
        long signal = 0;
        Longs windows = new Longs();
        EitherNumbers means = new EitherNumbers();
        EitherNumbers maxima = new EitherNumbers();
        Longs counts = new Longs();
        int end = in.begin();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> signal = in.number();
                case 2 -> in.numbers(windows);
                case 3 -> in.signed(means.fixed());
                case 4 -> in.reals(means.exact());
                case 5 -> in.signed(maxima.fixed());
                case 6 -> in.reals(maxima.exact());
                case 7 -> in.numbers(counts);
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
        SignalMessage.expect(means.size(), windows.size(), "means");
        SignalMessage.expect(maxima.size(), windows.size(), "maxima");
        SignalMessage.expect(counts.size(), windows.size(), "counts of a gauge's values");
        for (int i = 0; i < windows.size(); i++) {
            GaugeStats stats = new GaugeStats(means.get(i), maxima.get(i), Math.toIntExact(counts.get(i)));
            windows.get(i).gauges().put(signal, stats);
        }
    }
}
