package io.vedette.model.exposition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one body as they came, column by column, before it is known what families they form: a {@code TYPE} or
 * {@code _created} line may stand behind the samples that it is about.
 */
final class SampleBuffer {

    private static final int INITIAL_CAPACITY = 64;

    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> idsByName = new HashMap<>();
    private int[] firstLines = new int[INITIAL_CAPACITY];

    private int size;
    private int[] nameIds = new int[INITIAL_CAPACITY];
    private int[] lines = new int[INITIAL_CAPACITY];
    private Labels[] labels = new Labels[INITIAL_CAPACITY];
    private @Nullable String[] boundTexts = new @Nullable String[INITIAL_CAPACITY];
    private double[] bounds = new double[INITIAL_CAPACITY];
    private double[] values = new double[INITIAL_CAPACITY];
    private long[] timestamps = new long[INITIAL_CAPACITY];

    /**
     * Adds a sample.
     *
     * @param boundText {@code le}, which is not among the labels, of a name that ends in {@code _bucket}; null if none
     * @param bound {@code boundText} as a number; NaN if it isn't one
     */
    void add(
            int line,
            String name,
            Labels sampleLabels,
            @Nullable String boundText,
            double bound,
            double value,
            long timestampMillis) {
        if (size == nameIds.length) {
            grow();
        }
        nameIds[size] = size > 0 && names.get(nameIds[size - 1]).equals(name) ? nameIds[size - 1] : idOf(name, line);
        lines[size] = line;
        labels[size] = sampleLabels;
        boundTexts[size] = boundText;
        bounds[size] = bound;
        values[size] = value;
        timestamps[size] = timestampMillis;
        size++;
    }

    private int idOf(String name, int line) {
        Integer known = idsByName.get(name);
        if (known != null) {
            return known;
        }
        int id = names.size();
        names.add(name);
        idsByName.put(name, id);
        if (id == firstLines.length) {
            firstLines = Arrays.copyOf(firstLines, 2 * id);
        }
        firstLines[id] = line;
        return id;
    }

    private void grow() {
        int capacity = 2 * size;
        nameIds = Arrays.copyOf(nameIds, capacity);
        lines = Arrays.copyOf(lines, capacity);
        labels = Arrays.copyOf(labels, capacity);
        boundTexts = Arrays.copyOf(boundTexts, capacity);
        bounds = Arrays.copyOf(bounds, capacity);
        values = Arrays.copyOf(values, capacity);
        timestamps = Arrays.copyOf(timestamps, capacity);
    }

    int size() {
        return size;
    }

    /** The distinct names, in the order of their first sample; a sample's {@link #nameId} is an index into them. */
    List<String> names() {
        return names;
    }

    int firstLine(int nameId) {
        return firstLines[nameId];
    }

    int nameId(int sample) {
        return nameIds[sample];
    }

    int line(int sample) {
        return lines[sample];
    }

    Labels labels(int sample) {
        return labels[sample];
    }

    @Nullable
    String boundText(int sample) {
        return boundTexts[sample];
    }

    double bound(int sample) {
        return bounds[sample];
    }

    double value(int sample) {
        return values[sample];
    }

    long timestampMillis(int sample) {
        return timestamps[sample];
    }
}
