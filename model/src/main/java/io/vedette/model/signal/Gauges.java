package io.vedette.model.signal;

import java.util.Arrays;
import java.util.function.ObjDoubleConsumer;

/** Values of gauge signals at one moment; a gauge that was not seen is absent. Immutable. */
public final class Gauges {
    private static final Signal[] SIGNALS = Arrays.stream(Signal.values())
            .filter(s -> s.kind() == Signal.Kind.GAUGE)
            .toArray(Signal[]::new);
    private static final int[] INDEX = new int[128];
    private static final Gauges NONE = new Gauges(absent());

    static {
        Arrays.fill(INDEX, -1);
        for (int i = 0; i < SIGNALS.length; i++) {
            INDEX[SIGNALS[i].number()] = i;
        }
    }

    private final double[] values;

    private Gauges(double[] values) {
        this.values = values;
    }

    private static double[] absent() {
        double[] values = new double[SIGNALS.length];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    public static Gauges none() {
        return NONE;
    }

    /** The value of a gauge signal, or NaN when absent. */
    public double get(Signal gauge) {
        return values[index(gauge)];
    }

    public boolean has(Signal gauge) {
        return !Double.isNaN(get(gauge));
    }

    /** The same values but for one; NaN makes it absent. */
    public Gauges with(Signal gauge, double value) {
        double[] changed = values.clone();
        changed[index(gauge)] = value;
        return new Gauges(changed);
    }

    /** Visits what is present, in the order of {@link Signal}. */
    public void forEach(ObjDoubleConsumer<Signal> visitor) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                visitor.accept(SIGNALS[i], values[i]);
            }
        }
    }

    private static int index(Signal gauge) {
        int index = INDEX[gauge.number()];
        if (index < 0) {
            throw new IllegalArgumentException(gauge + " is no gauge");
        }
        return index;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects values; not thread-safe. */
    public static final class Builder {
        private final double[] values = absent();

        private Builder() {}

        public Builder set(Signal gauge, double value) {
            values[index(gauge)] = value;
            return this;
        }

        public Gauges build() {
            return new Gauges(values.clone());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Gauges that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        forEach((signal, value) -> text.append(text.length() > 1 ? ", " : "")
                .append(signal.signalName())
                .append('=')
                .append(value));
        return text.append('}').toString();
    }
}
