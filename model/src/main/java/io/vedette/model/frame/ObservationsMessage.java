package io.vedette.model.frame;

import io.vedette.model.histogram.Bounds;
import io.vedette.model.histogram.Histogram;
import io.vedette.model.signal.Signal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Observations in buckets of the same bounds, as they stand on the wire.
 *
 * @param boundsNumber which of the frame's bounds, from 1; 0 for none
 */
record ObservationsMessage(long signal, Longs windows, int boundsNumber, Longs gaps, Longs counts, Longs sums)
        implements SignalMessage {
    static ObservationsMessage read(ProtoReader in) throws IOException {
        long signal = 0;
        Longs windows = new Longs();
        int boundsNumber = 0;
        Longs gaps = new Longs();
        Longs counts = new Longs();
        Longs sums = new Longs();
        int end = in.begin();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> signal = in.number();
                case 2 -> in.numbers(windows);
                case 3 -> boundsNumber = in.small();
                case 4 -> in.numbers(gaps);
                case 5 -> in.numbers(counts);
                case 6 -> in.signed(sums);
                default -> in.skip();
            }
        }
        in.end(end);
        return new ObservationsMessage(signal, windows, boundsNumber, gaps, counts, sums);
    }

    @Override
    public Signal.Kind kind() {
        return Signal.Kind.HISTOGRAM;
    }

    @Override
    public long unpacked(List<Bounds> bounds) {
        return boundsNumber == 0 ? 1 : boundsIn(bounds).buckets();
    }

    private Bounds boundsIn(List<Bounds> bounds) {
        if (boundsNumber < 1 || boundsNumber > bounds.size()) {
            throw FrameFormatException.invalid("no bounds have the number " + boundsNumber);
        }
        return bounds.get(boundsNumber - 1);
    }

    @Override
    public void into(Signal signal, List<OpenWindow> windows, List<Bounds> bounds) {
        for (OpenWindow window : windows) {
            window.parts().computeIfAbsent(signal, s -> new ArrayList<>());
        }
        if (boundsNumber > 0) {
            SignalMessage.expect(counts.size(), (long) gaps.size() * windows.size(), "counts");
            SignalMessage.expect(sums.size(), windows.size(), "sums");
            Bounds of = boundsIn(bounds);
            int[] buckets = buckets(of.buckets());
            for (int i = 0; i < windows.size(); i++) {
                long[] dense = new long[of.buckets()];
                for (int j = 0; j < buckets.length; j++) {
                    dense[buckets[j]] = FixedWire.read(counts.get(j * windows.size() + i));
                }
                windows.get(i)
                        .parts()
                        .computeIfAbsent(signal, s -> new ArrayList<>())
                        .add(new Histogram.Part(of, dense, FixedWire.read(sums.get(i))));
            }
        }
    }

    private int[] buckets(int most) {
        int[] buckets = new int[gaps.size()];
        int next = 0;
        for (int i = 0; i < buckets.length; i++) {
            long gap = gaps.get(i);
            if (!(gap >= 0 && gap < most - next)) {
                throw FrameFormatException.invalid("a count beyond the last of " + most + " buckets");
            }
            buckets[i] = next + (int) gap;
            next = buckets[i] + 1;
        }
        return buckets;
    }
}
