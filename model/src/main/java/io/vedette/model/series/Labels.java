package io.vedette.model.series;

import io.vedette.model.entity.Entity;
import io.vedette.model.entity.EntityKind;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Labels of a series, sorted by name, each name once, none empty (to Prometheus an empty label is none). Immutable. */
public final class Labels {
    /** Names that series give a meaning of their own; a target's label of such a name is left out. */
    public static final Set<String> RESERVED = Set.of(
            "instance",
            "engine",
            "model_name",
            "role",
            "node",
            "gpu",
            "uuid",
            "window",
            "quantile",
            "reason",
            "source",
            "xid",
            "le");

    public static final Labels NONE = new Labels(new TreeMap<>());

    private final String[] names;
    private final String[] values;

    private Labels(NavigableMap<String, String> labels) {
        labels.values().removeIf(String::isEmpty);
        this.names = labels.keySet().toArray(String[]::new);
        this.values = labels.values().toArray(String[]::new);
    }

    public static Labels of(Map<String, String> labels) {
        return labels.isEmpty() ? NONE : new Labels(new TreeMap<>(labels));
    }

    /**
     * What an entity's series are told apart by: its identity, what else is known of it, and its own labels where they are not {@link #RESERVED}. Of the
     * replica that owns a card only the instance stands there: the rest may be looked up by it.
     */
    public static Labels of(Entity entity) {
        NavigableMap<String, String> labels = all(entity);
        if (entity.kind() == EntityKind.GPU) {
            labels.keySet().removeAll(Set.of("engine", "model_name", "role"));
        }
        return new Labels(labels);
    }

    /** All that is known of an entity: what alerts on it are told apart and matched by. */
    public static Labels ofAlerts(Entity entity) {
        return new Labels(all(entity));
    }

    private static NavigableMap<String, String> all(Entity entity) {
        NavigableMap<String, String> labels = new TreeMap<>(entity.labels());
        labels.keySet().removeAll(RESERVED);
        labels.put("instance", entity.instance());
        labels.put("engine", entity.engine());
        labels.put("model_name", entity.modelName());
        labels.put("role", entity.role());
        labels.put("node", entity.node());
        labels.put("gpu", entity.gpu());
        labels.put("uuid", entity.uuid());
        return labels;
    }

    public int size() {
        return names.length;
    }

    public String name(int index) {
        return names[index];
    }

    public String value(int index) {
        return values[index];
    }

    /** The value of a label; empty when there is none of that name. */
    public String get(String name) {
        int index = Arrays.binarySearch(names, name);
        return index < 0 ? "" : values[index];
    }

    public void forEach(BiConsumer<String, String> visitor) {
        for (int i = 0; i < names.length; i++) {
            visitor.accept(names[i], values[i]);
        }
    }

    /** These labels and others; where both have a name, the other's value stands. */
    public Labels and(Labels others) {
        if (others.size() == 0) {
            return this;
        }
        NavigableMap<String, String> both = new TreeMap<>();
        forEach(both::put);
        others.forEach(both::put);
        return new Labels(both);
    }

    /** Writes these labels as in PromQL without braces, {@code engine="0",instance="gpu-7:8000"}: sorted, escaped. */
    public void render(StringBuilder out) {
        render(out, NONE);
    }

    /** Writes these and other labels together, as {@code and(others).render(out)} would. */
    public void render(StringBuilder out, Labels others) {
        int i = 0;
        int j = 0;
        while (i < size() || j < others.size()) {
            int order = i == size() ? 1 : j == others.size() ? -1 : names[i].compareTo(others.names[j]);
            if (i + j > 0) {
                out.append(',');
            }
            if (order < 0) {
                pair(out, names[i], values[i]);
            } else {
                pair(out, others.names[j], others.values[j]);
                j++;
            }
            if (order <= 0) {
                i++;
            }
        }
    }

    private static void pair(StringBuilder out, String name, String value) {
        out.append(name).append("=\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '"' -> out.append("\\\"");
                case '\n' -> out.append("\\n");
                default -> out.append(c);
            }
        }
        out.append('"');
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Labels that && Arrays.equals(names, that.names) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(names) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        render(text);
        return text.append('}').toString();
    }
}
