package io.vedette.model.histogram;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The finite upper bounds of a histogram's buckets, ascending; a last bucket up to +Inf follows them. Immutable; compared by value. */
public final class Bounds implements Comparable<Bounds> {
    private final double[] finite;
    private final int hash;
    /** Found when it is first asked for: frames are written with the same bounds again and again. */
    @SuppressWarnings("NullableOptional") // null until then
    private @Nullable Optional<DecimalBounds> decimal;

    private Bounds(double[] finite) {
        this.finite = finite;
        this.hash = Arrays.hashCode(finite);
    }

    /**
     * Bounds from ascending finite numbers; none at all makes a single bucket.
     *
     * @throws IllegalArgumentException when they do not ascend or are not finite
     */
    public static Bounds of(double... finite) {
        for (int i = 0; i < finite.length; i++) {
            if (!Double.isFinite(finite[i]) || (i > 0 && !(finite[i] > finite[i - 1]))) {
                throw new IllegalArgumentException("bounds must ascend and be finite: " + Arrays.toString(finite));
            }
        }
        return new Bounds(finite.clone());
    }

    /** Number of finite bounds. */
    public int size() {
        return finite.length;
    }

    /** Number of buckets: one more than finite bounds. */
    public int buckets() {
        return finite.length + 1;
    }

    /** Upper bound of a bucket; +Inf for the last. */
    public double upper(int bucket) {
        return bucket < finite.length ? finite[bucket] : Double.POSITIVE_INFINITY;
    }

    /** Lower bound of a bucket; that of the first is 0, or its upper bound where that is not positive. */
    public double lower(int bucket) {
        return bucket > 0 ? finite[bucket - 1] : finite.length == 0 ? 0 : Math.min(0, finite[0]);
    }

    /** The finite bounds, as a copy. */
    public double[] toArray() {
        return finite.clone();
    }

    /** The bounds as decimals; empty when they are none. */
    public Optional<DecimalBounds> decimal() {
        Optional<DecimalBounds> known = decimal;
        if (known == null) {
            known = DecimalBounds.of(finite);
            decimal = known;
        }
        return known;
    }

    @Override
    public int compareTo(Bounds other) {
        return Arrays.compare(finite, other.finite);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Bounds that && hash == that.hash && Arrays.equals(finite, that.finite));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return Arrays.toString(finite);
    }
}
