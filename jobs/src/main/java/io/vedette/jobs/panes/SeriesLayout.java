package io.vedette.jobs.panes;

import io.vedette.model.histogram.Bounds;
import io.vedette.model.signal.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which columns belong to which series. Series are only ever added, so that columns keep their meaning. Not thread-safe until it is {@link
 * SharedLayouts#of shared}: then it no longer changes.
 */
public final class SeriesLayout {
    private final List<SeriesKey> keys = new ArrayList<>();
    private final Map<SeriesKey, Integer> indices = new HashMap<>();
    private int[] offsets = new int[16];
    private int width;
    private boolean shared;
    private @Nullable Told told;

    /** What a replica told of, at the last time that one of this layout did: nearly all tell of the same series in the same order. */
    private record Told(int[] series, SeriesColumns columns) {}

    /** Index of a series, or −1 when it is not in the layout. */
    public int indexOf(SeriesKey key) {
        return indices.getOrDefault(key, -1);
    }

    /**
     * The same, faster where the guess is right.
     *
     * @param guess an index, which need not be one of the layout's
     */
    public int indexOf(Signal signal, String dimension, @Nullable Bounds bounds, int guess) {
        if (guess < keys.size() && keys.get(guess).is(signal, dimension, bounds)) {
            return guess;
        }
        return indexOf(new SeriesKey(signal, dimension, bounds));
    }

    /**
     * Index of a series, which is added when it is new.
     *
     * @throws IllegalStateException when it is new and the layout is shared
     */
    public int add(SeriesKey key) {
        Integer known = indices.get(key);
        if (known != null) {
            return known;
        }
        if (shared) {
            throw new IllegalStateException("a shared layout does not change");
        }
        int index = keys.size();
        if (index == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * index);
        }
        offsets[index] = width;
        keys.add(key);
        indices.put(key, index);
        width += key.width();
        return index;
    }

    /** Number of series. */
    public int size() {
        return keys.size();
    }

    public SeriesKey key(int index) {
        return keys.get(index);
    }

    /** First column of a series. */
    public int offset(int index) {
        return offsets[index];
    }

    /** Number of columns. */
    public int width() {
        return width;
    }

    /** Columns of the first so many series of an array, in its order. */
    public SeriesColumns columns(int[] series, int size) {
        Told before = told;
        if (before != null && Arrays.equals(before.series, 0, before.series.length, series, 0, size)) {
            return before.columns;
        }
        List<SeriesKey> chosen = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            chosen.add(key(series[i]));
        }
        Told now = new Told(Arrays.copyOf(series, size), new SeriesColumns(chosen));
        told = now;
        return now.columns;
    }

    /** Whether it no longer changes. */
    public boolean isShared() {
        return shared;
    }

    void share() {
        shared = true;
    }

    boolean hasSameSeries(SeriesLayout other) {
        return keys.equals(other.keys);
    }

    /** One that can be added to. */
    public SeriesLayout copy() {
        SeriesLayout copy = new SeriesLayout();
        keys.forEach(copy::add);
        return copy;
    }

    /** As it stands now, whatever is added to it later. */
    public SeriesLayout snapshot() {
        return shared ? this : copy();
    }
}
