package io.vedette.model.frame;

import io.vedette.model.histogram.Bounds;
import io.vedette.model.signal.Signal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Growth of a counter, as it stands on the wire. */
record GrowthMessage(long signal, Longs windows, List<String> dimensions, EitherNumbers values)
        implements SignalMessage {
    static GrowthMessage read(ProtoReader in) throws IOException {
        long signal = 0;
        Longs windows = new Longs();
        List<String> dimensions = new ArrayList<>();
        EitherNumbers values = new EitherNumbers();
        int end = in.begin();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> signal = in.number();
                case 2 -> in.numbers(windows);
                case 3 -> dimensions.add(in.string());
                case 4 -> in.signed(values.fixed());
                case 5 -> in.reals(values.exact());
                default -> in.skip();
            }
        }
        in.end(end);
        return new GrowthMessage(signal, windows, dimensions, values);
    }

    @Override
    public Signal.Kind kind() {
        return Signal.Kind.COUNTER;
    }

    @Override
    public void into(Signal signal, List<OpenWindow> windows, List<Bounds> bounds) {
        SignalMessage.expect(values.size(), (long) dimensions.size() * windows.size(), "values of a counter");
        for (int i = 0; i < windows.size(); i++) {
            SortedMap<String, Double> growth = windows.get(i).growth().computeIfAbsent(signal, s -> new TreeMap<>());
            for (int j = 0; j < dimensions.size(); j++) {
                growth.put(dimensions.get(j), values.get(j * windows.size() + i));
            }
        }
    }
}
