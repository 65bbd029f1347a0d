package io.vedette.model.exposition;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The labels of a series, sorted by name, no name twice, without the metric's name. Immutable and compact: one array
 * beside the object. A label with an empty value is the same as none, as in Prometheus, and is never held.
 */
public final class Labels implements Comparable<Labels> {

    public static final Labels EMPTY = new Labels(new String[0]);

    private final String[] namesAndValues;
    private final int hash;

    private Labels(String[] namesAndValues) {
        this.namesAndValues = namesAndValues;
        this.hash = Arrays.hashCode(namesAndValues);
    }

    /**
     * Labels of name, value, name, value, …, in any order.
     *
     * @throws IllegalArgumentException for an odd count, an empty name or a name given twice
     */
    public static Labels of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a label name without a value: " + Arrays.toString(namesAndValues));
        }
        Labels labels = EMPTY;
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (labels.get(namesAndValues[i]) != null) {
                throw new IllegalArgumentException("label given twice: " + namesAndValues[i]);
            }
            labels = labels.with(namesAndValues[i], namesAndValues[i + 1]);
        }
        return labels;
    }

    /** Takes over an array that is already sorted by name and has no name twice and no empty value. */
    static Labels ofSorted(String[] namesAndValues) {
        return namesAndValues.length == 0 ? EMPTY : new Labels(namesAndValues);
    }

    public int size() {
        return namesAndValues.length / 2;
    }

    /** The name of label {@code index}, counted from 0 in the order of the names. */
    public String name(int index) {
        return namesAndValues[2 * index];
    }

    /** The value of label {@code index}, counted from 0 in the order of the names; never empty. */
    public String value(int index) {
        return namesAndValues[2 * index + 1];
    }

    /** The value of a label, or null where there is no such label. */
    public @Nullable String get(String name) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i].equals(name)) {
                return namesAndValues[i + 1];
            }
        }
        return null;
    }

    /**
     * These labels with one added or replaced; removed if the value is empty.
     *
     * @throws IllegalArgumentException for an empty name
     */
    public Labels with(String name, String value) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a label's name must not be empty, its value is: " + value);
        }
        Labels others = without(name);
        if (value.isEmpty()) {
            return others;
        }
        int at = 0;
        while (at < others.namesAndValues.length && others.namesAndValues[at].compareTo(name) < 0) {
            at += 2;
        }
        String[] copy = new String[others.namesAndValues.length + 2];
        System.arraycopy(others.namesAndValues, 0, copy, 0, at);
        copy[at] = name;
        copy[at + 1] = value;
        System.arraycopy(others.namesAndValues, at, copy, at + 2, others.namesAndValues.length - at);
        return new Labels(copy);
    }

    /** These labels without one; these very labels if it isn't among them. */
    public Labels without(String name) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i].equals(name)) {
                String[] copy = new String[namesAndValues.length - 2];
                System.arraycopy(namesAndValues, 0, copy, 0, i);
                System.arraycopy(namesAndValues, i + 2, copy, i, copy.length - i);
                return ofSorted(copy);
            }
        }
        return this;
    }

    /** Whether these are exactly the first {@code length} strings of a sorted array of names and values. */
    boolean matches(String[] sorted, int length) {
        return Arrays.equals(namesAndValues, 0, namesAndValues.length, sorted, 0, length);
    }

    /** By name, then value, of the first label that differs; fewer labels first. */
    @Override
    public int compareTo(Labels other) {
        return Arrays.compare(namesAndValues, other.namesAndValues);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Labels labels
                        && hash == labels.hash
                        && Arrays.equals(namesAndValues, labels.namesAndValues));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** As in PromQL without braces: {@code engine="0",model_name="x"}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < size(); i++) {
            String value = value(i).replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
            text.append(i == 0 ? "" : ",")
                    .append(name(i))
                    .append("=\"")
                    .append(value)
                    .append('"');
        }
        return text.toString();
    }
}
